// Rows in which the same happens are one row until somebody opens it.
function makeFold(tbody, rows) {
  const th = tbody.querySelector('.fold > th'), button = make('button', {type: 'button', 'aria-expanded': 'false'}, ...th.childNodes);
  const fold = {tbody, rows, button, asked: false, open: false, all: button.textContent};
  th.replaceChildren(button);
  button.addEventListener('click', () => { setFold(fold, !fold.open); fold.asked = fold.open; rove(rows[0].family); });
  for (const row of rows) row.fold = fold;
  return fold;
}

function setFold(fold, open) {
  if (open === fold.open) return;
  fold.open = open;
  if (open) fold.rows.forEach(equip);
  fold.tbody.classList.toggle('unfolded', open);
  fold.button.setAttribute('aria-expanded', open);
}

// A search opens what it finds, if that is not much.
const mostFound = 50;

// refold shows how many rows of each fold the filters leave, and hides headings of nothing.
function refold(family, searching) {
  for (const fold of family.folds) {
    const left = fold.rows.reduce((n, row) => n + row.shown, 0);
    fold.tbody.hidden = left === 0;
    fold.button.firstChild.textContent = left === fold.rows.length ? fold.all : `${number(left)} of ${fold.all}`;
    setFold(fold, fold.asked || searching && left > 0 && left <= mostFound);
  }
  for (const {heading, rows} of family.headings) heading.hidden = !rows.some(row => row.shown);
}

// isOut is whether the row is neither hidden by a filter nor folded.
const isOut = row => row.shown !== false && (!row.fold || row.fold.open);

// stands is whether the row is out, or the one that stands for all of its fold.
const stands = row => isOut(row) || row.shown !== false && row.fold.rows.find(other => other.shown !== false) === row;
