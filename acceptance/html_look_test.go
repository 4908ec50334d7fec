package acceptance

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// everyVerdict is a matrix with a cell of each verdict, for their colours. No replay
// gives all of them in one family.
func everyVerdict() *matrix.Matrix {
	f := &versioning.Family{Name: "every-verdict", Doc: "One cell of each verdict."}
	row := matrix.Row{Recording: "a.recording", Lineage: []string{"safe"}, Scenario: "recording", Events: 3}
	for _, info := range replay.Verdicts() {
		f.Stages = append(f.Stages, versioning.Stage{Name: string(info.Verdict)})
		row.Cells = append(row.Cells, matrix.Cell{Family: f.Name, Recording: row.Recording, Stage: string(info.Verdict),
			Result: replay.Result{Verdict: info.Verdict, Moved: replay.Nondeterministic,
				Cause: cause.Cause{Kind: cause.Unclassified, Failure: &cause.Failure{Text: info.Doc}}}})
	}
	return &matrix.Matrix{Family: f, Rows: []matrix.Row{row}}
}

// contrasts computes, for each visible text of the page, its contrast with what is
// behind it, as WCAG 2 defines it, and returns those below 4.5, which is level AA.
const contrasts = `(() => {
	const channel = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
	const parse = s => s.match(/[\d.]+/g).map(Number);
	const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
	const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) { if (c.length > 3 && c[3] < 1) throw new Error('translucent'); return c } } return [255, 255, 255] };
	const low = []; let seen = 0;
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const text = walker.currentNode.data.trim(), e = walker.currentNode.parentElement;
		if (!text || e.closest('script, noscript, :disabled') || !e.checkVisibility({contentVisibilityAuto: false})) continue;
		const a = luminance(parse(getComputedStyle(e).color)), b = luminance(behind(e));
		const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		seen++;
		if (ratio < 4.5) low.push(text + ': ' + ratio.toFixed(2));
	}
	return {seen, low: [...new Set(low)]};
})()`

type contrast struct {
	Seen int
	Low  []string
}

// TestPageContrast holds that every text can be read, in light and dark, printed,
// in the panel, and where a filter has taken the colour.
func TestPageContrast(t *testing.T) {
	t.Parallel()
	file := pageOf(t, append(explained(t, "patching", "cutover"), everyVerdict(), everySeverity())...)
	for _, scheme := range []string{"light", "dark"} {
		for _, tt := range []struct{ fragment, medium, why string }{
			{"", "", "all verdicts and transitions"},
			{"#?verdict=drift", "", "cells without their colour"},
			{"#patching/initial.completed@patch-complete", "", "a cell that breaks"},
			{"#cutover/before.waiting@moved-in-place", "", "a drift with its values"},
			{"", "print", "on paper"},
		} {
			t.Run(scheme+tt.medium+tt.fragment, func(t *testing.T) {
				t.Parallel()
				p := open(t, file+tt.fragment, 1280, 800, media(tt.medium, scheme))
				p.run(`document.querySelectorAll('details').forEach(d => { d.open = true })`)
				got := eval[contrast](p, contrasts)
				require.Greater(t, got.Seen, 100, tt.why)
				require.Empty(t, got.Low, tt.why)
				dark := eval[bool](p, `getComputedStyle(document.documentElement).getPropertyValue('--page').trim() !== '#ffffff'`)
				require.Equal(t, scheme == "dark" && tt.medium == "", dark, "paper is white")
			})
		}
	}
}

// beside computes the contrast of what an element is painted with, "backgroundColor" or such, with the page.
const beside = `((selector, property) => {
	const channel = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
	const luminance = s => { const [r, g, b] = s.match(/[\d.]+/g).map(Number); return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b) };
	const a = luminance(getComputedStyle(document.querySelector(selector))[property]), b = luminance(getComputedStyle(document.documentElement).backgroundColor);
	return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
})`

// TestPageEdges holds that what stands for a severity can be told from the page, as WCAG 2 wants it of
// what is no text: 3 to 1. Amber on a dark page is what is lost first.
func TestPageEdges(t *testing.T) {
	t.Parallel()
	file := pageOf(t, everySeverity())
	for _, scheme := range []string{"dark", "light"} {
		p := open(t, file, 1280, 800, media("", scheme))
		if scheme == "dark" {
			for _, verdict := range []replay.Verdict{replay.Drift, replay.Nondeterministic} {
				require.GreaterOrEqual(t, eval[float64](p, beside+`('.matrix .v-`+string(verdict)+`', 'backgroundColor')`), 3.0, "%s", verdict)
			}
		}
		for _, severity := range []string{"lost", "stuck", "changed", "note"} {
			require.GreaterOrEqual(t, eval[float64](p, beside+`('.s-`+severity+`', 'borderLeftColor')`), 3.0, "%s: %s", scheme, severity)
		}
	}
}

// TestPageColours holds that each verdict has a colour of its own, and a symbol
// that says it without.
func TestPageColours(t *testing.T) {
	t.Parallel()
	for _, scheme := range []string{"light", "dark"} {
		p := open(t, pageOf(t, everyVerdict()), 1280, 800, media("", scheme))
		cells := eval[map[string]string](p, `Object.fromEntries(cells.map(c => [c.td.textContent, getComputedStyle(c.td).backgroundColor]))`)
		require.Len(t, cells, len(replay.Verdicts()), "symbols")
		colours := map[string]bool{}
		for _, info := range replay.Verdicts() {
			colours[cells[info.Symbol]] = true
		}
		require.Len(t, colours, len(replay.Verdicts()), "%s: %v", scheme, cells)
	}
}

// TestPageOnPhone holds that nothing is wider than a phone but what scrolls by
// itself, and that fingers can hit what is there.
func TestPageOnPhone(t *testing.T) {
	t.Parallel()
	file := pageOf(t, explained(t, "interleavings", "patching")...)
	wide := `[...document.querySelectorAll('body *')].filter(e => !e.closest('.grid, pre, .unseen, .skip') && e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + '.' + e.className)`
	for _, fragment := range []string{"", "#interleavings/base.completed@loop", "#?verdict=nondeterministic&family=interleavings"} {
		p := open(t, file+fragment, 390, 844)
		require.LessOrEqual(t, eval[int](p, `document.documentElement.scrollWidth`), 390, fragment)
		require.Empty(t, eval[[]string](p, wide), fragment)
	}
	p := open(t, file, 390, 844)
	require.True(t, eval[bool](p, `(() => { const g = document.querySelector('.grid'); return g.scrollWidth > g.clientWidth })()`), "the grid scrolls in itself")
	require.True(t, eval[bool](p, `(() => { const g = document.querySelector('.grid'), th = g.querySelector('tbody .r th'), left = th.getBoundingClientRect().left; g.scrollLeft = 300; return g.scrollLeft > 100 && Math.abs(th.getBoundingClientRect().left - left) < 3 })()`),
		"the names of the recordings stay")
	require.GreaterOrEqual(t, eval[float64](p, `Math.min(...[...document.querySelectorAll('.matrix button, .fields button, .legend button')].filter(b => b.checkVisibility()).map(b => b.getBoundingClientRect().height))`), 24.0, "WCAG 2.2, 2.5.8")
	p.run(`openCell(byName.get('interleavings/base.completed@loop'))`)
	require.Equal(t, 390.0, eval[float64](p, `panel.getBoundingClientRect().width`), "the panel has the whole screen")
	require.Equal(t, "block", eval[string](p, `getComputedStyle(panel.querySelector('.sides td.call')).display`), "history and code stand below each other")
}

// TestPagePrinted prints the page: everything is there, and nothing that can only
// be clicked.
func TestPagePrinted(t *testing.T) {
	t.Parallel()
	file := pageOf(t, explained(t, "patching", "interleavings")...)
	p := open(t, file, 1280, 800)
	pdf, err := chromedp.Run(p.ctx, chromedp.PrintToPDF(chromedp.PDFPrintBackground()))
	require.NoError(t, err)
	require.True(t, bytes.HasPrefix(pdf, []byte("%PDF-")))
	require.Greater(t, bytes.Count(pdf, []byte("/Type /Page\n")), 3, "grids and findings take pages")
	if *screenshots != "" {
		require.NoError(t, os.WriteFile(filepath.Join(*screenshots, "print.pdf"), pdf, 0o644))
	}

	// A4 at 96 dots an inch, without its margins.
	p = open(t, file, 718, 1046, media("print", "light"))
	visible := `[...document.querySelectorAll('input, select, .legend button, .fields button, .turn button, .skip')].filter(e => e.checkVisibility()).map(e => e.outerHTML)`
	require.Empty(t, eval[[]string](p, visible), "controls")
	require.True(t, eval[bool](p, `[...document.querySelectorAll('.findings li, .finding .do, .steps li, .coverage pre')].every(e => e.getBoundingClientRect().height > 0 && e.checkVisibility())`), "what is folded is unfolded")
	require.Empty(t, eval[[]string](p, `[...document.querySelectorAll('.grid')].filter(g => g.scrollWidth > innerWidth || g.scrollHeight > g.clientHeight + 1).map(g => g.innerText)`), "no grid is cut off")
	require.Empty(t, eval[[]string](p, `[...document.querySelectorAll('.findings *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.innerText)`), "no finding is wider than the paper")
	require.Contains(t, eval[string](p, `document.body.innerText`), "commands and events do not match", "the legend")

	p = open(t, file+"#patching/initial.completed@patch-complete", 718, 1046, media("print", "light"))
	text := eval[string](p, `document.body.innerText`)
	require.Contains(t, text, "Put this branch of the code back before you deploy", "an open explanation is what is printed")
	require.False(t, eval[bool](p, `document.querySelector('main').checkVisibility()`), "and nothing else")
	require.LessOrEqual(t, eval[int](p, `document.documentElement.scrollWidth`), 718)
}

// TestPageWithoutScripts reads the page where nothing may run.
func TestPageWithoutScripts(t *testing.T) {
	t.Parallel()
	matrices := explained(t, "patching")
	p := open(t, pageOf(t, matrices...), 1280, 800, command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	p.innocent()
	require.False(t, eval[bool](p, `document.documentElement.classList.contains('scripted')`), "nothing ran")
	rows := eval[[]string](p, `[...document.querySelectorAll('.matrix tbody tr.r')].map(tr => [...tr.cells].map(c => c.textContent.trim()).join(' '))`)
	require.Len(t, rows, len(matrices[0].Rows))
	for _, row := range matrices[0].Rows {
		i := slices.IndexFunc(rows, func(text string) bool { return strings.HasPrefix(text, row.Recording+" ") })
		require.GreaterOrEqual(t, i, 0, row.Recording)
		for _, c := range row.Cells {
			require.Contains(t, rows[i], c.Verdict.Info().Symbol)
		}
	}
	require.True(t, eval[bool](p, `[...document.querySelectorAll('.matrix, .legend-text, .steps, noscript p')].every(e => e.checkVisibility())`), "the grid can be read")
	require.Empty(t, eval[[]string](p, `[...document.querySelectorAll('button, input, select')].filter(e => e.checkVisibility()).map(e => e.outerHTML)`), "no control that does nothing")
	require.True(t, strings.HasPrefix(eval[string](p, `document.title`), `Do not deploy "patch-complete"`), "the title is the answer")
	require.True(t, eval[bool](p, `[...document.querySelectorAll('.finding[open] .told')].length > 0`), "and so can the findings")
}
