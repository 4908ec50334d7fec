package acceptance

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// everySeverity is a user's family whose stage does something of each severity, named from the mildest
// to the worst, with as many closed executions as there are stages.
func everySeverity() *matrix.Matrix {
	f := &versioning.Family{Name: "order", Doc: "An order.", Stages: []versioning.Stage{{Name: "v1"}, {Name: "v2"}}}
	m := &matrix.Matrix{Family: f}
	add := func(name string, closed bool, notes []replay.Note, verdict replay.Verdict, c cause.Cause, source string) {
		row := matrix.Row{Recording: "v1." + name, Lineage: []string{"v1"}, Scenario: name, Events: 9, Closed: closed}
		row.Cells = []matrix.Cell{
			{Family: f.Name, Recording: row.Recording, Stage: "v1", Result: replay.Result{Verdict: replay.Safe}},
			{Family: f.Name, Recording: row.Recording, Stage: "v2", Result: replay.Result{Verdict: verdict, Cause: c,
				Place: replay.Place{Event: 5, Source: source}, Evidence: replay.Evidence{Notes: notes}}},
		}
		m.Rows = append(m.Rows, row)
	}
	text := func(kind cause.Kind, notice cause.Notice, says string) cause.Cause {
		return cause.Cause{Kind: kind, Notice: notice, Failure: &cause.Failure{Text: says}}
	}
	add("note", false, []replay.Note{{Kind: replay.Unread, Event: 5, Name: "paid", Source: "order/v2.go:9",
		Signal: &cause.UnreadSignal{Name: "paid"}}}, replay.Safe, cause.Cause{}, "")
	add("changed", true, nil, replay.Drift, text(cause.Unclassified, cause.NeverNoticed, "another timeout"), "order/v2.go:11")
	for _, name := range []string{"stuck-a", "stuck-b", "stuck-c"} {
		add(name, name != "stuck-a", nil, replay.Nondeterministic, text(cause.Unclassified, cause.NoticedAtOnce, "another activity"), "order/v2.go:21")
	}
	ends := cause.Cause{Kind: cause.ClosesAhead, Notice: cause.ClosesUnnoticed,
		Ahead: &cause.Ahead{Effect: string(rehearse.Closes), Ending: "Completed", News: "recorded"}}
	add("lost", false, nil, replay.Nondeterministic, ends, "order/v2.go:31")
	add("fine", true, nil, replay.Safe, cause.Cause{}, "")
	return m
}

// TestPageFindings holds that the page begins with what is wrong, the worst first, and says of how many
// executions that is so, which of them are open, and what becomes of them.
func TestPageFindings(t *testing.T) {
	t.Parallel()
	file := pageOf(t, everySeverity())
	for _, width := range []int64{390, 800, 1400} {
		p := open(t, file, width, 900)
		require.Equal(t, []string{"lost", "stuck", "changed", "note"},
			eval[[]string](p, `[...document.querySelectorAll('.severity')].map(e => e.className.replace('severity s-', ''))`), "the worst first")
		require.Less(t, eval[float64](p, `document.querySelector('.finding .toll').getBoundingClientRect().bottom`), 900.0, "the worst is on the first screen")
		require.True(t, eval[bool](p, `(() => { const f = document.querySelector('.finding'); return f.open && f.querySelector('.told').checkVisibility() })()`), "and open")
		require.True(t, eval[bool](p, `document.querySelector('.findings').getBoundingClientRect().bottom <= document.querySelector('.matrix').getBoundingClientRect().top`),
			"the grid comes after the findings")
		require.LessOrEqual(t, eval[int](p, `document.documentElement.scrollWidth`), int(width))
	}
	p := open(t, file, 1400, 900)
	tolls := eval[[]string](p, `[...document.querySelectorAll('.finding .toll')].map(e => e.innerText)`)
	require.Equal(t, []string{
		"BREAKS 1 open execution completes silently",
		"BREAKS 1 open execution gets stuck; 2 closed of that shape would get stuck",
		"CHANGES 1 closed execution would do something else, none is open",
		"FINDINGS for 1 open execution",
	}, tolls)
	require.Equal(t, "event 5, order/v2.go:21", eval[string](p, `document.querySelectorAll('.finding .place')[1].innerText`))
	colours := eval[[]string](p, `[...document.querySelectorAll('.severity')].map(e => getComputedStyle(e).borderLeftColor)`)
	require.NotEqual(t, colours[1], colours[2], "a drift does not look like a stuck execution")
	p.run(`document.querySelectorAll('.finding')[1].querySelector('.examples a').click()`)
	p.await(`String(panel.open) + $('PanelName').textContent`, "trueorder/v1.stuck-a@v2", "an example leads to its cell")
	p.innocent()
}

// TestPageTitle holds that the title is the answer, and that families which are there to be read warn of
// nothing: nobody deploys them.
func TestPageTitle(t *testing.T) {
	t.Parallel()
	user := everySeverity()
	reference := func(name string) *matrix.Matrix {
		m := everySeverity()
		m.Family.Name, m.Family.Reference = name, true
		return m
	}
	for _, tt := range []struct {
		matrices    []*matrix.Matrix
		title, kind string
		why         string
	}{
		{[]*matrix.Matrix{user}, `Do not deploy "v2": it breaks running executions`, finding.Breaks.String(), "a user's family"},
		{[]*matrix.Matrix{reference("a"), reference("b")}, "2 reference families show what a change does: in 2 a deploy breaks executions",
			finding.Unknown.String(), "what they break is meant"},
		{[]*matrix.Matrix{reference("a"), user}, `Do not deploy "v2": it breaks running executions`, finding.Breaks.String(),
			"a user's family among them"},
	} {
		p := open(t, pageOf(t, tt.matrices...), 1280, 800)
		require.Equal(t, tt.title, eval[string](p, `document.querySelector('h1').innerText`), tt.why)
		require.True(t, strings.HasPrefix(eval[string](p, `document.title`), tt.title), tt.why)
		require.True(t, eval[bool](p, `document.querySelector('h1').classList.contains('k-`+tt.kind+`')`), tt.why)
	}
}
