'use strict';
// The cells of the page, from the data element and the tables that are there.
const $ = id => document.getElementById(id);
const data = JSON.parse($('Data').textContent);
const text = i => data.texts[i || 0];
const OTHERWISE = 1, LIVE = 2, FINDINGS = 4, TROUBLED = 8;

const families = [], cells = [], byName = new Map();
{
  const sections = document.querySelectorAll('.family'), lines = document.querySelectorAll('.summary tbody tr');
  data.families.forEach((f, i) => {
    const section = sections[i], table = section.querySelector('.matrix');
    const family = {name: text(f.name), section, table, line: lines[i], rows: [], stages: f.stages.map(s => text(s.name)), docs: f.stages.map(s => text(s.doc)), shown: '', folds: [], headings: []};
    const trs = table.querySelectorAll('tr.r');
    f.rows.forEach((r, j) => {
      const tr = trs[j];
      const row = {family, tr, name: text(r.name), about: text(r.about), cells: [], at: j};
      for (const [stage, verdict, signs, story] of r.cells) {
        const cell = {row, stage, verdict, signs, story, td: tr.cells[stage + 1], order: cells.length, off: false};
        cell.name = `${family.name}/${row.name}@${family.stages[stage]}`;
        row.cells.push(cell);
        cells.push(cell);
        if (!byName.has(cell.name)) byName.set(cell.name, cell);
      }
      family.rows.push(row);
    });
    families.push(family);
  });
}
const cellOf = new Map(cells.map(cell => [cell.td, cell]));

// number writes 2160 as 2,160, like the rest of the page.
const number = n => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

// make makes an element; strings become text, never markup.
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== '' && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== '' && child !== null && child !== undefined));
  return element;
}
