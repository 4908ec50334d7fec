// Everything works without what follows, but for the panel and the filters.
document.documentElement.classList.add('scripted');
families.forEach(makeGrid);
listen();
listenGrid();
listenPanel();
document.querySelector('.filters').hidden = cells.length === 0;
applyFilter();
route();
