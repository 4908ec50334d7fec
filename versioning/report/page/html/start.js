// Everything works without what follows, but for the panel and the filters.
families.forEach(makeGrid);
listen();
listenGrid();
listenPanel();
for (const part of document.querySelectorAll('.filters, .legend')) part.hidden = cells.length === 0;
applyFilter();
document.documentElement.classList.add('scripted');
route();
