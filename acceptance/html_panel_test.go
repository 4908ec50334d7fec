package acceptance

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestPagePanel opens the first cell of each verdict and change, and reads the
// panel: all that the explanation says is there.
func TestPagePanel(t *testing.T) {
	t.Parallel()
	matrices := explained(t, "patching", "revisions", "cutover", "deployments", "runtimechecks/activity",
		"unnoticed/unread-signal")
	p := open(t, pageOf(t, matrices...), 1280, 800)
	seen := map[string]bool{}
	verdicts := map[replay.Verdict]bool{}
	for _, c := range cellsOf(matrices...) {
		kind := string(c.Verdict)
		if c.Explanation != nil {
			kind += " " + string(c.Cause.Kind)
		}
		if seen[kind] {
			continue
		}
		seen[kind], verdicts[c.Verdict] = true, true
		t.Run(c.String(), func(t *testing.T) {
			p.run(`openCell(byName.get('` + c.String() + `'))`)
			require.True(t, eval[bool](p, `panel.open`))
			text := spaced(eval[string](p, `panel.innerText`))
			for _, want := range panelTexts(c) {
				require.Contains(t, text, spaced(want))
			}
			if c.Cause.Ahead != nil {
				require.NotContains(t, text, "first divergence", "it replays")
			}
			firsts := eval[[]string](p, `[...panel.querySelectorAll('tr.first')].map(tr => tr.innerText)`)
			if x := c.Explanation; x != nil && x.First != nil {
				require.NotEmpty(t, firsts, "the first divergence is marked")
				require.Contains(t, spaced(firsts[0]), spaced(x.First.EventText))
			} else if c.Verdict == replay.Safe {
				require.Empty(t, firsts, "nothing parts here")
			}
			p.run(`panel.close()`)
		})
	}
	require.GreaterOrEqual(t, len(verdicts), 6, "%v", verdicts)
	p.innocent()
}

// panelTexts is what a person has to find in the panel.
func panelTexts(c matrix.Cell) []string {
	texts := []string{c.String(), string(c.Verdict), advice.Headline(c.Result), "replaymatrix explain " + c.String()}
	for _, a := range c.Answers {
		texts = append(texts, "query "+a.Query+" answers "+a.Value)
	}
	texts = append(texts, advice.Next(c.Effects)[:min(len(c.Effects.List), 1)]...)
	x := c.Explanation
	if x == nil {
		return append(texts, advice.Line(c.Result))
	}
	says := advice.Explain(c.Result)
	texts = append(texts, says.What, says.Do)
	texts = append(texts, says.Notes...)
	texts = append(texts, strings.Split(strings.ReplaceAll(says.Code, "\t", ""), "\n")...)
	for _, task := range x.Tasks {
		for _, row := range task.Rows {
			texts = append(texts, row.EventText, row.CallText)
			for _, d := range row.Differences {
				texts = append(texts, d.Recorded, d.Now)
			}
			if row.Call != nil {
				_, line, _ := strings.Cut(row.Call.Source(), ":")
				texts = append(texts, line)
			}
		}
	}
	return texts
}

// spaced writes all space alike: a page breaks lines where it likes.
func spaced(text string) string { return strings.Join(strings.Fields(text), " ") }

// TestPagePanelOfEveryCell opens every cell of a family: the page and the data in
// it must not have got out of step.
func TestPagePanelOfEveryCell(t *testing.T) {
	t.Parallel()
	matrices := explained(t, "patching", "runtimechecks/activity")
	p := open(t, pageOf(t, matrices...), 1280, 800)
	got := eval[map[string]string](p, `(() => { const out = {}; for (const cell of cells) {
		showCell(cell);
		out[$('PanelName').textContent] = cell.td.textContent.split(' ')[0] + ' ' + panel.querySelector('.says .cell').textContent;
	} return out })()`)
	all := cellsOf(matrices...)
	require.Len(t, got, len(all))
	for _, c := range all {
		symbol := c.Verdict.Info().Symbol
		require.Equal(t, symbol+" "+symbol, got[c.String()], "%s: in the grid, and in the panel", c)
	}
}
