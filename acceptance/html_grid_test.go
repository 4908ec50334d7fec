package acceptance

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// TestPageGroups holds that rows stand below the worst of their findings, that open executions are
// marked in words, and that a cell says what becomes of the execution.
func TestPageGroups(t *testing.T) {
	t.Parallel()
	p := open(t, pageOf(t, everySeverity()), 1280, 800)
	lines := eval[[]string](p, `[...document.querySelectorAll('.matrix tbody tr')].map(tr => tr.innerText.replace(/\s+/g, ' ').trim())`)
	want := []struct{ begins, ends string }{
		{"NONDET", "1 recording, all open"}, {"v1.lost open", "NONDET completes"},
		{"NONDET another activity", "3 recordings, 1 open"}, {"v1.stuck-a open", "NONDET stuck"}, {"v1.stuck-b closed", "NONDET stuck"}, {"v1.stuck-c closed", "NONDET stuck"},
		{"DRIFT another timeout", "1 recording, none open"}, {"v1.changed closed", "DRIFT changes"},
		{"safe * unread", "1 recording, all open"}, {"v1.note open", "safe *"},
		{"In no finding", "1 recording, none open"}, {"v1.fine closed", "safe"},
	}
	require.Len(t, lines, len(want), "%q", lines)
	for i, line := range lines {
		require.True(t, strings.HasPrefix(line, want[i].begins), "%q, want %q", line, want[i].begins)
		require.True(t, strings.HasSuffix(line, want[i].ends), "%q, want %q", line, want[i].ends)
	}
	p.run(`document.querySelectorAll('.under a')[2].click()`)
	require.True(t, eval[bool](p, `document.querySelectorAll('.finding')[2].open`), "a heading leads to its finding, and opens it")
	p.run(`setFilter({find: 'lost'})`)
	require.Equal(t, 1, eval[int](p, `[...document.querySelectorAll('.under')].filter(e => e.checkVisibility()).length`), "no heading of nothing")
	p.innocent()
}

// many is a user's family with n executions that get stuck, of which every tenth is open.
func many(n int) *matrix.Matrix {
	m := everySeverity()
	i := slices.IndexFunc(m.Rows, func(r matrix.Row) bool { return r.Scenario == "stuck-a" })
	for k := range n {
		row := m.Rows[i]
		row.Recording, row.Closed = fmt.Sprintf("v1.copy-%05d", k), k%10 != 0
		row.Cells = slices.Clone(row.Cells)
		for j := range row.Cells {
			row.Cells[j].Recording = row.Recording
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// TestPageFolds holds that rows in which the same happens are one row until somebody opens it.
func TestPageFolds(t *testing.T) {
	t.Parallel()
	file := pageOf(t, many(1080))
	p := open(t, file, 1280, 800)
	rows := `[...document.querySelectorAll('.matrix tbody tr.r')].filter(e => e.checkVisibility({contentVisibilityAuto: false})).length`
	const fold = `document.querySelector('.fold')`
	require.Equal(t, 4, eval[int](p, rows), "those that stand alone")
	require.Equal(t, "1,083 recordings, 109 open safe NONDET stuck", spaced(eval[string](p, fold+`.innerText`)))
	require.Equal(t, "false", eval[string](p, fold+`.querySelector('button').getAttribute('aria-expanded')`))

	p.run(fold + `.querySelector('button').focus()`)
	p.press(kb.Enter)
	require.Equal(t, 1087, eval[int](p, rows), "a key opens it")
	require.Equal(t, "true", eval[string](p, fold+`.querySelector('button').getAttribute('aria-expanded')`))
	p.press(kb.Enter)
	require.Equal(t, 4, eval[int](p, rows), "and closes it")

	p.run(fold + `.cells[2].click()`)
	require.Equal(t, "order/v1.stuck-a@v2", eval[string](p, `panel.open && $('PanelName').textContent`), "its cells stand for the first")
	p.press(kb.Escape)

	p.run(`setFilter({find: 'copy-0001'})`)
	require.Equal(t, 10, eval[int](p, rows), "a search opens what it finds")
	require.Equal(t, "10 of 1,083 recordings, 109 open", eval[string](p, fold+`.querySelector('button').innerText`))
	p.run(`setFilter({find: 'copy'})`)
	require.Equal(t, 0, eval[int](p, rows), "but for very many")
	p.run(`setFilter(nothing())`)
	require.Equal(t, 4, eval[int](p, rows), "as it was")
	p.innocent()

	const cell = "order/v1.copy-00777@v2"
	p = open(t, file+"#"+cell, 1280, 800)
	require.Equal(t, cell, eval[string](p, `panel.open && $('PanelName').textContent`), "a link opens a cell of a fold")
	require.Zero(t, eval[int](p, `scrollY`), "nothing has to be laid out before it can be read")
	p.press(kb.Escape)
	p.await(focused, cell, "and leads to it")
	require.True(t, eval[bool](p, `(() => { const r = byName.get('`+cell+`').td.getBoundingClientRect(), at = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2); return byName.get('`+cell+`').td.contains(at) })()`),
		"which can be seen")
}

// TestPageNames holds that long names are shorter where they do not differ, and can be copied whole.
func TestPageNames(t *testing.T) {
	t.Parallel()
	m := many(3)
	for i := range m.Rows {
		m.Rows[i].Recording = fmt.Sprintf("order-production-eu-central-1-%s-2026-11-30-%02d.json", strings.Repeat("worker", 3), i)
		for j := range m.Rows[i].Cells {
			m.Rows[i].Cells[j].Recording = m.Rows[i].Recording
		}
	}
	file := pageOf(t, m)
	for _, width := range []int64{390, 1400} {
		p := open(t, file, width, 900)
		p.run(`$('Matrices').scrollIntoView()`)
		heights := `[...document.querySelectorAll('.matrix .r .name')].map(e => e.getClientRects().length)`
		lines := eval[[]int](p, heights)
		require.Len(t, lines, len(m.Rows))
		require.Equal(t, 1, slices.Max(lines), "a name is one line, at %d", width)
		const name = `document.querySelectorAll('.matrix .r .name')[0]`
		full := eval[string](p, name+`.textContent`)
		require.True(t, strings.HasPrefix(full, "order-production-eu-central-1-worker"), full)
		require.Equal(t, full, eval[string](p, `(() => { getSelection().selectAllChildren(`+name+`); return getSelection().toString() })()`), "what is copied is whole")
		require.LessOrEqual(t, eval[int](p, `document.documentElement.scrollWidth`), int(width))
	}
}
