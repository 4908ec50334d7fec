package acceptance

import (
	"testing"
)

func TestPictures(t *testing.T) {
	if *screenshots == "" {
		t.Skip()
	}
	dark := media("", "dark")
	file := "/tmp/html-scratch/all.html"
	p := open(t, file, 1280, 800)
	p.innocent()
	p.picture("light")
	t.Log(eval[float64](p, `performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd`))
	p.run(`document.querySelector('#Matrices').scrollIntoView()`)
	p.picture("light-grid")
	open(t, file, 1280, 800, dark).picture("dark")
	open(t, file+"#patching/initial.completed@patch-complete", 1280, 800).picture("panel")
	open(t, file+"#patching/initial.completed@patch-complete", 1280, 800, dark).picture("panel-dark")
	open(t, file, 390, 844).picture("phone")
	q := open(t, file+"#?family=interleavings", 390, 844)
	q.run(`document.querySelector('#Matrices').scrollIntoView()`)
	q.picture("phone-grid")
	open(t, file+"#patching/initial.completed@patch-complete", 390, 844).picture("phone-panel")
	pr := open(t, file+"#?family=patching", 1000, 1400, media("print", "light"))
	pr.picture("print")
}
