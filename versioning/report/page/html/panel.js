// The panel of a cell: what its explanation says, and history and code side by side.
const panel = $('Panel');
let open = null;

const marks = {'=': 'the same', '!=': 'not the same', '-': 'only in the history', '+': 'only in the code', '~': 'allowed to differ', '?': 'not compared'};

function showCell(cell) {
  if (open) open.td.classList.remove('open');
  open = cell;
  cell.td.classList.add('open');
  rove(cell.row.family, cell);
  const verdict = data.verdicts[cell.verdict], story = data.stories[cell.story];
  $('PanelName').textContent = cell.name;
  const list = troubled();
  const at = list.findIndex(c => c.order >= cell.order);
  panel.querySelector('[data-do=previous]').disabled = at === 0 || list.length === 0;
  panel.querySelector('[data-do=next]').disabled = !list.some(c => c.order > cell.order);
  $('PanelBody').replaceChildren(
    make('p', {class: 'says'}, make('span', {class: `cell v-${verdict.name}`}, verdict.symbol), make('span', {}, make('b', {}, verdict.name), `: ${story.headline ? text(story.headline) : verdict.doc}`)),
    ...paragraph('', story.place, 'where'), ...paragraph('', story.meaning),
    ...part('Why', story.why), ...part({safe: 'Result', unstable: 'What differs'}[verdict.name] || 'What changed', story.what, 'what'),
    ...sides(story),
    ...part('What to do', story.do), ...code(story.code),
    ...part('Who notices', story.notice), ...list_('What a live Worker does next', story.next),
    ...list_('Observed live', story.live), ...part('Where it waits', story.park),
    ...list_('Answers otherwise', story.changes), ...list_('Queries', story.answers),
    ...list_('Finding', story.findings), ...list_('Note', story.notes), ...list_('Allowed', story.allowed), ...part('The SDK says', story.sdk, 'where'),
    ...about(cell));
  $('PanelBody').scrollTop = panel.scrollTop = 0;
}

function paragraph(heading, i, style) {
  return i ? [...(heading ? [make('h3', {}, heading)] : []), make('p', {class: style}, text(i))] : [];
}
const part = paragraph;
const list_ = (heading, list) => !list ? [] : [make('h3', {}, heading),
  list.length === 1 ? make('p', {}, text(list[0])) : make('ul', {}, ...list.map(i => make('li', {}, text(i))))];
const code = i => i ? [make('pre', {class: 'code', tabindex: 0, role: 'region', 'aria-label': 'Go code'}, text(i))] : [];

// about says which execution and which code it is.
function about(cell) {
  const {row} = cell, stage = row.family.stages[cell.stage], doc = row.family.docs[cell.stage];
  return [make('h3', {}, 'About'), make('ul', {},
    make('li', {}, 'Recording ', make('b', {}, row.name), row.about ? `: ${row.about}` : ''),
    make('li', {}, 'Stage ', make('b', {}, stage), doc ? `: ${doc}` : ''),
    ...inTerminal(cell))];
}

function inTerminal(cell) {
  const command = data.explain ? text(data.explain[cell.name]) : `${data.command} explain ${quoted(cell.name)}`;
  return command ? [make('li', {}, 'In a terminal: ', make('code', {}, command))] : [];
}

// quoted is the word as a shell takes it.
const quoted = word => /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

function sides(story) {
  if (!story.table) return [];
  const seen = new Set();
  let pointed = false;
  const points = story.pointed ? text(story.pointed) : 'first divergence';
  const file = mostlyIn(data.tables[story.table - 1]);
  const table = make('table', {class: 'sides'},
    make('caption', {class: 'unseen'}, 'History and code side by side'),
    make('thead', {}, make('tr', {}, ...['event', 'history', '', file ? `code in ${file}` : 'code', 'line'].map((name, i) =>
      make('th', {scope: 'col'}, i === 2 ? make('span', {class: 'unseen'}, 'compared') : name)))));
  for (const task of data.tables[story.table - 1]) {
    const body = make('tbody', {}, make('tr', {class: task.first ? 'first' : ''},
      make('th', {colspan: 5, scope: 'rowgroup'}, ...(task.first ? [here(points)] : []), text(task.heading))));
    pointed = pointed || task.first;
    for (const line of task.lines || []) {
      if (line.hidden) {
        body.append(make('tr', {class: 'hidden'}, make('td', {}), make('td', {colspan: 4}, `… ${text(line.hidden)}`)));
        continue;
      }
      if (line.mark) seen.add(line.mark);
      pointed = pointed || line.first;
      body.append(sideRow(line, file));
      if (line.values) body.append(make('tr', {class: line.first ? 'first' : ''}, make('td', {}), make('td', {colspan: 4}, ...line.values.map(value))));
    }
    table.append(body);
  }
  const key = make('p', {class: 'key'}, ...(pointed ? [make('span', {}, make('b', {}, '>>'), ` ${points}`)] : []),
    ...Object.keys(marks).filter(mark => seen.has(mark)).map(mark => make('span', {}, make('b', {}, mark), ` ${marks[mark]}`)));
  return [make('h3', {}, 'History and code'), key, table, ...(story.unreached ? [make('p', {class: 'muted'}, text(story.unreached))] : [])];
}

const here = points => make('span', {class: 'here'}, make('span', {'aria-hidden': true}, '>> '), make('span', {class: 'unseen'}, `${points} `));

// mostlyIn is the file that most lines of code are in: it is named once for all.
function mostlyIn(tasks) {
  const files = new Map();
  for (const task of tasks) for (const line of task.lines || []) {
    const file = fileOf(text(line.source));
    if (file) files.set(file, (files.get(file) || 0) + 1);
  }
  return [...files.keys()].reduce((best, file) => files.get(file) > (files.get(best) || 0) ? file : best, '');
}

const fileOf = source => source.slice(0, Math.max(0, source.lastIndexOf(':')));

function sideRow(line, file) {
  const loud = line.mark && line.mark !== '=';
  return make('tr', {class: [loud ? 'loud' : '', line.first ? 'first' : ''].join(' ').trim()},
    make('td', {class: 'event'}, ...(line.first ? [here('first divergence')] : []), ...(line.event ? [make('span', {class: 'narrow'}, 'event '), String(line.event)] : [])),
    make('td', {class: 'history'}, text(line.history)),
    make('td', {class: 'mark'}, ...(line.mark ? [make('span', {'aria-hidden': true, title: marks[line.mark]}, line.mark), make('span', {class: 'unseen'}, marks[line.mark])] : [])),
    make('td', {class: 'call'}, text(line.code)),
    make('td', {class: 'source'}, ...place(text(line.source), file)));
}

// place is a line of code, on a wide page without the file that the heading names,
// and of other files without the folder.
function place(source, file) {
  const mine = fileOf(source);
  if (!file || !mine) return [source];
  const left = mine === file ? file.length : mine.lastIndexOf('/') + 1;
  return [make('span', {class: 'narrow'}, source.slice(0, left)), make('span', {title: source}, source.slice(left))];
}

// value shows both values of a difference, with what differs in them marked.
function value([field, recorded, now, reason]) {
  const a = text(recorded), b = text(now);
  if (!a && !b) return make('div', {class: 'muted'}, text(field));
  let from = 0, to = 0;
  const least = Math.min(a.length, b.length);
  while (from < least && a[from] === b[from]) from++;
  while (to < least - from && a[a.length - 1 - to] === b[b.length - 1 - to]) to++;
  const shown = s => [s.slice(0, from), make('mark', {}, s.slice(from, s.length - to)), s.slice(s.length - to)];
  return make('dl', {class: 'values'}, make('div', {class: 'field'}, text(field), ...(reason ? [` (allowed: ${text(reason)})`] : [])),
    make('dt', {}, 'history'), make('dd', {}, ...shown(a)), make('dt', {}, 'code'), make('dd', {}, ...shown(b)));
}
