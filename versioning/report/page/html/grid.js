// The grids as widgets: each is one stop of the Tab key, and the arrow keys go from
// cell to cell.
function makeGrid(family) {
  family.table.setAttribute('role', 'grid');
  let heading;
  const rowOf = new Map(family.rows.map(row => [row.tr, row]));
  for (const tbody of family.table.tBodies) {
    if (tbody.classList.contains('under')) {
      family.headings.push(heading = {heading: tbody, rows: []});
      continue;
    }
    const rows = [...tbody.querySelectorAll('tr.r')].map(tr => rowOf.get(tr));
    if (heading) heading.rows.push(...rows);
    if (tbody.classList.contains('folded')) family.folds.push(makeFold(tbody, rows));
    else rows.forEach(equip);
  }
  rove(family);
}

// equip makes buttons of the cells of a row: of one that is folded when it is opened.
function equip(row) {
  if (row.equipped) return;
  row.equipped = true;
  for (const cell of row.cells) {
    const button = document.createElement('button');
    button.type = 'button';
    button.tabIndex = -1;
    button.setAttribute('aria-label', label(cell));
    button.setAttribute('aria-haspopup', 'dialog');
    button.append(...cell.td.childNodes);
    cell.td.append(button);
    cell.button = button;
  }
}

// label is the cell's name for those who hear it.
function label(cell) {
  return `${cell.row.name} at ${cell.row.family.stages[cell.stage]}: ${data.verdicts[cell.verdict].name}` + (effectOf(cell) ? `, ${effectOf(cell)}` : '') +
    (cell.signs & OTHERWISE ? ', answers a query otherwise' : '') + (cell.signs & LIVE ? ', a live Worker does otherwise' : '') + (cell.signs & FINDINGS ? ', has findings' : '');
}

const isShown = cell => stands(cell.row) && !isHidden(cell) && !cell.row.family.section.hidden;
const buttonOf = cell => isOut(cell.row) ? cell.button : cell.row.fold && cell.row.fold.button;
const effectOf = cell => { const effect = cell.td.querySelector('.effect'); return effect ? effect.textContent : ''; };

// rove makes the cell the one that the Tab key gets to: where there is none that is
// shown, the first one.
function rove(family, cell) {
  const old = family.current;
  cell = cell || (old && isShownIn(old) ? old : firstShown(family));
  if (old && old !== cell && old.button) old.button.tabIndex = -1;
  family.current = cell;
  if (cell && cell.button) cell.button.tabIndex = 0;
}

const isShownIn = cell => isOut(cell.row) && !isHidden(cell);

function firstShown(family) {
  for (const row of family.rows) {
    const cell = isOut(row) && row.cells.find(cell => !isHidden(cell));
    if (cell) return cell;
  }
}

// step is the next cell that is shown in a direction, or the cell itself.
function step(cell, across, down) {
  const {rows} = cell.row.family;
  if (across) {
    const {cells} = cell.row;
    for (let i = cells.indexOf(cell) + across; i >= 0 && i < cells.length; i += across) {
      if (!isHidden(cells[i])) return cells[i];
    }
    return cell;
  }
  for (let i = cell.row.at + down; i >= 0 && i < rows.length; i += down) {
    const other = isOut(rows[i]) && rows[i].cells.find(c => c.stage === cell.stage);
    if (other) return other;
  }
  return cell;
}

function repeat(n, cell, across, down) {
  while (n-- > 0) cell = step(cell, across, down);
  return cell;
}

const keys = {
  ArrowRight: cell => step(cell, 1, 0),
  ArrowLeft: cell => step(cell, -1, 0),
  ArrowDown: cell => step(cell, 0, 1),
  ArrowUp: cell => step(cell, 0, -1),
  Home: cell => repeat(cell.row.cells.length, cell, -1, 0),
  End: cell => repeat(cell.row.cells.length, cell, 1, 0),
  PageDown: cell => repeat(10, cell, 0, 1),
  PageUp: cell => repeat(10, cell, 0, -1),
};

const cellAt = target => cellOf.get(target.closest('.r > td'));

function listenGrid() {
  $('Matrices').addEventListener('keydown', event => {
    const cell = cellAt(event.target);
    if (!cell || event.altKey || event.metaKey || event.shiftKey || !keys[event.key]) return;
    event.preventDefault();
    let to = keys[event.key](cell);
    const {rows} = cell.row.family;
    if (event.ctrlKey && event.key === 'Home') to = keys.Home(repeat(rows.length, cell, 0, -1));
    if (event.ctrlKey && event.key === 'End') to = keys.End(repeat(rows.length, cell, 0, 1));
    focusCell(to);
  });
  $('Matrices').addEventListener('focusin', event => {
    const cell = cellAt(event.target);
    if (cell) rove(cell.row.family, cell);
  });
  $('Matrices').addEventListener('click', event => {
    const cell = cellAt(event.target) || standIn(event.target.closest('.fold > td'));
    if (cell) openCell(cell);
  });
}

// standIn is the first cell of a fold that is shown, for the cell that stands for all of them.
function standIn(td) {
  const fold = td && families.flatMap(family => family.folds).find(fold => fold.tbody.contains(td));
  const row = fold && fold.rows.find(row => row.shown !== false);
  return row && row.cells.find(cell => cell.td.cellIndex === td.cellIndex);
}

function focusCell(cell) {
  const button = buttonOf(cell);
  if (!button) return;
  button.focus({preventScroll: true});
  if (button === cell.button) reveal(cell);
  else button.scrollIntoView({block: 'nearest'});
}

// reveal scrolls the cell from under the sticky heads of its grid.
function reveal(cell) {
  const grid = cell.td.closest('.grid');
  const head = cell.row.family.table.tHead.offsetHeight, name = cell.row.tr.cells[0].offsetWidth;
  cell.td.style.scrollMargin = `${head + 8}px 8px 8px ${Math.min(name + 8, grid.clientWidth - cell.td.offsetWidth)}px`;
  cell.td.scrollIntoView({block: 'nearest', inline: 'nearest'});
}
