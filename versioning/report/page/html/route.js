// The address: #CELL?FILTERS, so that a link opens a cell or a filtered page.
function encode(name) {
  return encodeURIComponent(name).replace(/%(2B|40|2F|3A|2C)/g, decodeURIComponent).replace(/[!'()*]/g, c => '%' + c.charCodeAt(0).toString(16).toUpperCase());
}

function address(cell) {
  const query = new URLSearchParams();
  if (filter.find) query.set('find', filter.find);
  if (filter.family) query.set('family', filter.family);
  if (filter.stage) query.set('stage', filter.stage);
  if (filter.verdicts.size) query.set('verdict', [...filter.verdicts].join(','));
  if (filter.problems) query.set('problems', '1');
  const rest = query.size ? '?' + query : '';
  return '#' + (cell ? encode(cell.name) : '') + rest;
}

// remember writes what is shown into the address.
function remember() { history.replaceState(history.state, '', address(open)); }

function decode(part) {
  try { return decodeURIComponent(part); } catch { return part; }
}

// nameIn is the cell in an address.
const nameIn = hash => decode(hash.slice(1).split('?')[0]);

// route shows what the address says.
function route() {
  const hash = location.hash.slice(1), mark = hash.indexOf('?');
  const name = nameIn(location.hash);
  if (mark >= 0) {
    const query = new URLSearchParams(hash.slice(mark + 1)), known = new Set(data.verdicts.map(v => v.name));
    filter = {
      find: query.get('find') || '',
      family: families.some(f => f.name === query.get('family')) ? query.get('family') : '',
      stage: families.some(f => f.stages.includes(query.get('stage'))) ? query.get('stage') : '',
      verdicts: new Set((query.get('verdict') || '').split(',').filter(v => known.has(v))),
      problems: query.get('problems') === '1',
    };
    applyFilter();
  }
  const cell = byName.get(name);
  if (cell) {
    show(cell);
  } else {
    if (panel.open) panel.close();
    const place = name && document.getElementById(name);
    if (place && place.matches('.finding')) { openAround(place); place.scrollIntoView(); }
    if (place && place.matches('.family')) { place.classList.add('rendered'); place.scrollIntoView(); }
    if (name.includes('@')) $('Status').textContent = `There is no cell ${name} in this page.`;
  }
}

// openAround opens the element and all that it is folded into.
function openAround(element) {
  for (; element; element = element.parentElement) if (element.localName === 'details') element.open = true;
}

function show(cell) {
  bring(cell);
  showCell(cell);
  if (panel.open) return;
  panel.showModal();
  document.body.classList.add('reading');
  $('PanelName').focus();
}

// bring unfolds the cell behind the panel. The page is scrolled to it when the panel is closed, and not
// before: what a link opens is there at once, whatever has to be laid out above the cell.
function bring(cell) {
  cell.row.family.section.classList.add('rendered');
  if (cell.row.fold && cell.row.shown !== false) { cell.row.fold.asked = true; setFold(cell.row.fold, true); rove(cell.row.family, cell); }
}

// openCell is for a person; Back closes the panel again. An address that a closed
// panel has left is used again, so that Back need not go through all that was read.
function openCell(cell) {
  if (byName.has(nameIn(location.hash)) || history.state && history.state.closed) history.replaceState({opened: true}, '', address(cell));
  else history.pushState({opened: true}, '', address(cell));
  showCell(cell);
  panel.showModal();
  document.body.classList.add('reading');
  $('PanelName').focus();
}

// troubled are the cells to look at that are shown.
const troubled = () => cells.filter(cell => cell.signs & TROUBLED && !cell.off && isShown(cell));

function turn(direction) {
  const list = troubled(), at = open.order;
  const to = direction > 0 ? list.find(cell => cell.order > at) : list.findLast(cell => cell.order < at);
  if (!to) return;
  showCell(to);
  history.replaceState(history.state, '', address(to));
  const button = panel.querySelector(`[data-do=${direction > 0 ? 'next' : 'previous'}]`);
  if (button.disabled) $('PanelName').focus();
}

function listenPanel() {
  panel.addEventListener('close', () => {
    const cell = open;
    if (panel.open) return; // again, before this was heard
    document.body.classList.remove('reading');
    if (!cell) return;
    cell.td.classList.remove('open');
    open = null;
    if (byName.get(nameIn(location.hash)) === cell) history.replaceState({closed: true}, '', address());
    if (isShown(cell)) focusCell(cell);
  });
  panel.addEventListener('click', event => {
    if (event.target === panel) panel.close();
    const button = event.target.closest('[data-do]');
    if (!button) return;
    if (button.dataset.do === 'close') panel.close();
    if (button.dataset.do === 'next') turn(1);
    if (button.dataset.do === 'previous') turn(-1);
  });
  addEventListener('hashchange', route);
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('details:not([open])')) { details.open = true; details.dataset.closed = ''; }
  });
  addEventListener('afterprint', () => {
    for (const details of document.querySelectorAll('details[data-closed]')) { details.open = false; delete details.dataset.closed; }
  });
}
