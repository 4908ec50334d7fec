package acceptance

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

const (
	focused     = `(() => { const e = document.activeElement; const c = cellOf.get(e.closest('td')); return c ? c.name : e.id || e.innerText.trim() || e.tagName })()`
	firstCell   = "patching/initial.completed@initial"
	controlled  = "Control+"
	fragmentNow = `location.hash`
)

// TestPageKeyboard walks through the page as somebody without a mouse does.
func TestPageKeyboard(t *testing.T) {
	t.Parallel()
	p := open(t, pageOf(t, explained(t, "patching", "activation")...), 1280, 800)
	require.Equal(t, "Skip to the matrices", p.tabTo("Skip to the matrices"))
	p.press(kb.Enter)
	require.Equal(t, "#Matrices", eval[string](p, fragmentNow))
	require.Equal(t, firstCell, p.tabTo(firstCell), "the grid is a stop of the Tab key")

	for _, step := range []struct{ key, want, why string }{
		{kb.ArrowRight, "patching/initial.completed@patched", "to the next stage"},
		{kb.ArrowDown, "patching/initial.cancelled@patched", "to the next recording"},
		{kb.End, "patching/initial.cancelled@patch-complete", "to the last stage"},
		{kb.ArrowRight, "patching/initial.cancelled@patch-complete", "there is nothing right of it"},
		{kb.PageDown, "patching/patched+patch-deprecated.completed@patch-complete", "ten recordings down, whatever headings are between"},
		{kb.PageUp, "patching/initial.cancelled@patch-complete", "and up again"},
		{kb.ArrowUp, "patching/initial.completed@patch-complete", "to the recording before"},
		{kb.ArrowUp, "patching/initial.completed@patch-complete", "there is nothing above it"},
		{controlled + kb.End, "patching/patch-deprecated.failed@patch-complete", "to the last of all"},
		{controlled + kb.Home, firstCell, "to the first of all"},
		{kb.ArrowLeft, firstCell, "there is nothing left of it"},
		{kb.End, "patching/initial.completed@patch-complete", "which is the cell that is read next"},
	} {
		p.press(step.key)
		require.Equal(t, step.want, eval[string](p, focused), step.why)
	}
	require.Equal(t, 1, eval[int](p, `document.querySelectorAll('.matrix')[0].querySelectorAll('[tabindex="0"]').length`), "one stop for a grid")

	p.press(kb.Enter)
	require.True(t, eval[bool](p, `panel.open && panel.matches(':modal')`), "what is behind is out of reach")
	require.Equal(t, "#patching/initial.completed@patch-complete", eval[string](p, fragmentNow))
	require.Equal(t, "PanelName", eval[string](p, focused), "one hears which cell it is")
	for range 12 {
		p.press(kb.Tab)
		require.True(t, eval[bool](p, `document.activeElement === document.body || panel.contains(document.activeElement)`), "the focus stays in the panel")
	}
	p.press(kb.Escape)
	require.False(t, eval[bool](p, `panel.open`))
	p.await(focused, "patching/initial.completed@patch-complete", "the focus comes back")
	p.await(fragmentNow, "", "and the address names no cell") // the panel has told it that it is closed

	p.press(kb.Enter)
	p.run(`document.querySelector('[data-do=next]').focus()`)
	p.press(kb.Enter)
	require.Equal(t, "patching/initial.cancelled@patch-deprecated", eval[string](p, `$('PanelName').textContent`), "the next one to look at")
	p.press(kb.Escape)
	p.await(focused, "patching/initial.cancelled@patch-deprecated", "the cell that was read last")
	second := eval[string](p, `families[1].rows[0].cells[0].name`)
	require.Equal(t, second, p.tabTo(second), "Tab leaves the grid")
	p.innocent()
}

// TestPageKeyboardFiltered walks where rows and columns are hidden.
func TestPageKeyboardFiltered(t *testing.T) {
	t.Parallel()
	p := open(t, pageOf(t, explained(t, "patching")...)+"#?find=waiting", 1280, 800)
	require.Equal(t, "patching/initial.waiting@initial", p.tabTo("patching/initial.waiting@initial"), "the first one that is shown")
	p.press(kb.ArrowDown)
	require.Equal(t, "patching/patch-complete.waiting@initial", eval[string](p, focused), "what is hidden is no place to be")
	p.run(`setFilter({stage: 'patched'})`)
	p.run(`families[0].current.td.firstElementChild.focus()`)
	p.press(kb.ArrowRight)
	require.Equal(t, "patching/initial.waiting@patched", eval[string](p, focused), "there is one column")
}

// tabTo presses Tab until the focus is where it should be, or has been everywhere.
func (p *tab) tabTo(want string) (at string) {
	p.t.Helper()
	for range 80 {
		p.press(kb.Tab)
		if at = eval[string](p, focused); at == want {
			return at
		}
	}
	return at
}

// TestPageAddress opens links to cells and goes back.
func TestPageAddress(t *testing.T) {
	t.Parallel()
	file := pageOf(t, explained(t, "patching", "activation")...)
	const cell = "patching/initial+patched.completed@patch-complete"
	p := open(t, file+"#"+cell, 1280, 800)
	require.Equal(t, cell, eval[string](p, `panel.open && $('PanelName').textContent`), "a link opens a cell")
	p.press(kb.Escape)
	p.await(focused, cell, "and leads to it") // the panel has told that it is closed

	p = open(t, file, 1280, 800)
	p.run(`openCell(byName.get('` + cell + `'))`)
	p.do(chromedp.NavigateBack())
	require.False(t, eval[bool](p, `panel.open`), "Back closes the panel, as a phone has it")
	entries := eval[int](p, `history.length`)
	for range 3 {
		p.run(`openCell(byName.get('` + cell + `'))`)
		p.press(kb.Escape)
	}
	require.Equal(t, entries, eval[int](p, `history.length`), "Back need not go through all that was read")

	p = open(t, file+"#patching/initial.completed@nowhere", 1280, 800)
	require.False(t, eval[bool](p, `panel.open`))
	require.Equal(t, "There is no cell patching/initial.completed@nowhere in this page.", eval[string](p, `$('Status').textContent`))

	p = open(t, file+"#family:activation", 1280, 800)
	require.Less(t, eval[float64](p, `Math.abs(document.getElementById('family:activation').getBoundingClientRect().top)`), 200.0, "the links of the summary")

	p = open(t, file+"#patching/initial.completed@patched?verdict=safe&family=patching", 1280, 800)
	require.True(t, eval[bool](p, `panel.open && filter.family === 'patching' && filter.verdicts.has('safe')`), "cell and filters")
	p.run(`document.querySelector('.examples a').click()`)
	p.innocent()
}
