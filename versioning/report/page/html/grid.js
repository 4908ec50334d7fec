// The grids as widgets: each is one stop of the Tab key, and the arrow keys go from
// cell to cell.
function makeGrid(family) {
  family.table.setAttribute('role', 'grid');
  for (const row of family.rows) {
    for (const cell of row.cells) {
      const button = document.createElement('button');
      button.type = 'button';
      button.tabIndex = -1;
      button.textContent = cell.td.textContent;
      button.setAttribute('aria-label', label(cell));
      button.setAttribute('aria-haspopup', 'dialog');
      cell.td.replaceChildren(button);
    }
  }
  rove(family);
}

// label is the cell's name for those who hear it.
function label(cell) {
  return `${cell.row.name} at ${cell.row.family.stages[cell.stage]}: ${data.verdicts[cell.verdict].name}` +
    (cell.signs & OTHERWISE ? ', answers a query otherwise' : '') + (cell.signs & LIVE ? ', a live Worker does otherwise' : '') + (cell.signs & FINDINGS ? ', has findings' : '');
}

const isShown = cell => cell.row.shown !== false && !isHidden(cell) && !cell.row.family.section.hidden;
const buttonOf = cell => cell.td.firstElementChild;

// rove makes the cell the one that the Tab key gets to: where there is none that is
// shown, the first one.
function rove(family, cell) {
  const old = family.current;
  cell = cell || (old && isShownIn(old) ? old : firstShown(family));
  if (old && old !== cell && buttonOf(old)) buttonOf(old).tabIndex = -1;
  family.current = cell;
  if (cell && buttonOf(cell)) buttonOf(cell).tabIndex = 0;
}

const isShownIn = cell => cell.row.shown !== false && !isHidden(cell);

function firstShown(family) {
  for (const row of family.rows) {
    const cell = row.shown !== false && row.cells.find(cell => !isHidden(cell));
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
    const other = rows[i].shown !== false && rows[i].cells.find(c => c.stage === cell.stage);
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

const cellAt = target => cellOf.get(target.closest('td'));

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
    const cell = cellAt(event.target);
    if (cell) openCell(cell);
  });
}

function focusCell(cell) {
  buttonOf(cell).focus({preventScroll: true});
  reveal(cell);
}

// reveal scrolls the cell from under the sticky heads of its grid.
function reveal(cell) {
  const grid = cell.td.closest('.grid');
  const head = cell.row.family.table.tHead.offsetHeight, name = cell.row.tr.cells[0].offsetWidth;
  cell.td.style.scrollMargin = `${head + 8}px 8px 8px ${Math.min(name + 8, grid.clientWidth - cell.td.offsetWidth)}px`;
  cell.td.scrollIntoView({block: 'nearest', inline: 'nearest'});
}
