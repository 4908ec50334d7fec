// What is shown. A filter hides rows and columns; cells of other verdicts in the
// rows that stay lose their colour, so that the grid stays a grid.
const nothing = () => ({find: '', family: '', stage: '', verdicts: new Set(), problems: false});
let filter = nothing();

const haystacks = [];
// haystack is what a search finds of a story.
function haystack(story) {
  if (haystacks[story] === undefined) {
    const s = data.stories[story];
    haystacks[story] = [s.place, s.what, s.why, s.do].map(text).join('\n').toLowerCase();
  }
  return haystacks[story];
}

function found(row, words) {
  if (row.words === undefined) row.words = `${row.family.name}/${row.name}\n${row.about}`.toLowerCase();
  return words.every(word => row.words.includes(word) || row.cells.some(cell => !isHidden(cell) && haystack(cell.story).includes(word)));
}

const isHidden = cell => filter.stage !== '' && cell.row.family.stages[cell.stage] !== filter.stage;

// applyFilter shows what fits and counts it.
function applyFilter() {
  const words = filter.find.toLowerCase().split(/\s+/).filter(Boolean);
  const counts = new Array(data.verdicts.length).fill(0);
  let shownCells = 0, shownFamilies = 0;
  const chosen = data.verdicts.map(v => filter.verdicts.has(v.name));
  const picky = filter.verdicts.size > 0;
  for (const family of families) {
    let any = false;
    if ((!filter.family || filter.family === family.name) && (!filter.stage || family.stages.includes(filter.stage))) {
      showColumns(family);
      for (const row of family.rows) {
        const candidates = filter.stage ? row.cells.filter(cell => !isHidden(cell)) : row.cells;
        let fits = candidates.length > 0 && (!filter.problems || candidates.some(cell => cell.signs & TROUBLED)) && (!words.length || found(row, words));
        if (fits) {
          for (const cell of candidates) counts[cell.verdict]++;
          fits = !picky || candidates.some(cell => chosen[cell.verdict]);
        }
        row.tr.hidden = !fits;
        row.shown = fits;
        if (!fits) continue;
        any = true;
        for (const cell of candidates) {
          const off = picky && !chosen[cell.verdict];
          if (off !== cell.off) cell.td.classList.toggle('off', cell.off = off);
          if (!off) shownCells++;
        }
      }
    }
    if (any) refold(family, words.length > 0);
    family.section.hidden = !any;
    if (family.line) family.line.hidden = !any;
    if (any) shownFamilies++;
    if (any) rove(family);
  }
  for (const finding of document.querySelectorAll('.finding')) finding.hidden = filter.family !== '' && finding.dataset.family !== filter.family;
  $('Matrices').toggleAttribute('data-verdicts', picky);
  $('Nothing').hidden = shownCells > 0 || cells.length === 0;
  showControls(counts);
  const all = shownCells === cells.length;
  $('Status').textContent = all ? `All ${number(cells.length)} cells are shown.` :
    `${number(shownCells)} of ${number(cells.length)} cells, in ${number(shownFamilies)} of ${number(families.length)} families.`;
}

function showColumns(family) {
  if (family.shown === filter.stage) return;
  family.shown = filter.stage;
  const hide = family.stages.map(stage => filter.stage !== '' && stage !== filter.stage);
  for (const tr of family.table.rows) {
    if (tr.cells.length > 1) hide.forEach((hidden, i) => { tr.cells[i + 1].hidden = hidden; });
  }
}

// showControls makes the controls say what the filter is, and how many cells each
// verdict has among those that the other filters leave.
function showControls(counts) {
  if ($('Find').value !== filter.find) $('Find').value = filter.find;
  $('Problems').setAttribute('aria-pressed', filter.problems);
  for (const button of document.querySelectorAll('[data-verdict]')) {
    button.setAttribute('aria-pressed', filter.verdicts.has(button.dataset.verdict));
    button.querySelector('.count').textContent = number(counts[data.verdicts.findIndex(v => v.name === button.dataset.verdict)]);
  }
  $('Family').value = filter.family;
  const list = families.filter(f => !filter.family || f.name === filter.family);
  const stages = [...new Set(list.flatMap(f => f.stages))];
  if (stages.join('\n') !== $('Stage').dataset.list) {
    $('Stage').dataset.list = stages.join('\n');
    $('Stage').replaceChildren(new Option('All stages', ''), ...stages.map(s => new Option(s, s)));
  }
  $('Stage').value = filter.stage;
}

// setFilter changes a part of the filter, and the address.
function setFilter(part) {
  Object.assign(filter, part);
  const family = families.find(f => f.name === filter.family);
  if (family && filter.stage && !family.stages.includes(filter.stage)) filter.stage = '';
  applyFilter();
  remember();
}

function listen() {
  $('Family').parentElement.hidden = families.length < 2;
  $('Stage').parentElement.hidden = new Set(families.flatMap(f => f.stages)).size < 2;
  $('Family').append(...families.map(f => new Option(f.name, f.name)));
  $('Find').addEventListener('input', () => setFilter({find: $('Find').value}));
  $('Family').addEventListener('change', () => setFilter({family: $('Family').value}));
  $('Stage').addEventListener('change', () => setFilter({stage: $('Stage').value}));
  $('Problems').addEventListener('click', () => setFilter({problems: !filter.problems}));
  for (const button of document.querySelectorAll('[data-verdict]')) {
    button.addEventListener('click', () => {
      const verdicts = new Set(filter.verdicts);
      if (!verdicts.delete(button.dataset.verdict)) verdicts.add(button.dataset.verdict);
      setFilter({verdicts});
    });
  }
  for (const button of document.querySelectorAll('[data-do=reset]')) {
    button.addEventListener('click', () => { setFilter(nothing()); $('Find').focus(); });
  }
}
