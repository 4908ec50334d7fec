// Everything works without what follows, but for the panel and the filters.
document.documentElement.classList.add('scripted');
families.forEach(makeGrid);
listen();
listenGrid();
listenPanel();
for (const part of document.querySelectorAll('.filters, .legend')) part.hidden = cells.length === 0;
applyFilter();
route();
