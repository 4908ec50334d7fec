package told

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestExecutions holds how the executions of a finding are counted, and what becomes of them.
func TestExecutions(t *testing.T) {
	t.Parallel()
	result := func(verdict replay.Verdict, notice cause.Notice) replay.Result {
		return replay.Result{Verdict: verdict, Cause: cause.Cause{Kind: cause.Unclassified, Notice: notice}}
	}
	stuck := result(replay.Nondeterministic, cause.NoticedAtOnce)
	row := func(closed bool, results ...replay.Result) matrix.Row {
		r := matrix.Row{Recording: "a", Lineage: []string{"v1"}, Events: 3, Closed: closed}
		for i, result := range results {
			r.Cells = append(r.Cells, matrix.Cell{Family: "order", Recording: "a", Stage: []string{"v1", "v2", "v3"}[i], Result: result})
		}
		return r
	}
	safe := replay.Result{Verdict: replay.Safe}
	unread := row(false, replay.Result{Verdict: replay.Unjudged, Err: errors.New("no history")})
	unread.Err = errors.New("no history")
	completes := result(replay.Nondeterministic, cause.ClosesUnnoticed)
	completes.Cause.Ahead = &cause.Ahead{Ending: "Completed"}
	for _, tt := range []struct {
		rows                 []matrix.Row
		count, effects, toll string
		why                  string
	}{
		{[]matrix.Row{row(false, safe, stuck, stuck)}, "1 open execution", "1 gets stuck", "1 open execution gets stuck",
			"two stages do the same to one"},
		{[]matrix.Row{row(false, safe, stuck), row(true, safe, stuck), row(true, safe, stuck)},
			"1 open execution, and 2 closed of that shape", "1 gets stuck",
			"1 open execution gets stuck; 2 closed of that shape would get stuck", "closed ones stand for others"},
		{[]matrix.Row{row(false, safe, completes), row(false, safe, stuck)}, "2 open executions", "1 completes silently, 1 gets stuck",
			"2 open executions: 1 completes silently, 1 gets stuck", "each way is counted"},
		{[]matrix.Row{row(true, safe, stuck)}, "1 closed execution", "1 would get stuck",
			"1 closed execution would get stuck, none is open", "none is open"},
		{[]matrix.Row{row(true, safe, result(replay.Nondeterministic, cause.NoticedUnlessClosing))}, "1 closed execution",
			"1 would get stuck or close silently", "1 closed execution would get stuck or close silently, none is open",
			"one and several"},
		{[]matrix.Row{row(true, safe, result(replay.Drift, cause.NeverNoticed)), row(true, safe, result(replay.Drift, ""))},
			"2 closed executions", "2 would do something else",
			"2 closed executions would do something else, none is open", "a drift goes on"},
		{[]matrix.Row{row(false, safe, result(replay.Nondeterministic, ""))}, "1 open execution", "", "1 open execution",
			"the verdict is all that is known"},
		{[]matrix.Row{row(false, safe, completes)}, "1 open execution", "1 completes silently",
			"1 open execution completes silently", "how it closes"},
		{[]matrix.Row{unread}, "1 recording that cannot be read", "", "1 recording that cannot be read",
			"nobody knows whether it is open"},
	} {
		m := &matrix.Matrix{Rows: tt.rows, Family: &versioning.Family{Name: "order",
			Stages: []versioning.Stage{{Name: "v1"}, {Name: "v2"}, {Name: "v3"}}}}
		s := finding.Of(m, finding.Options{})
		e := &Executions{}
		for _, one := range executionsIn(m, s) {
			e.Open, e.Closed, e.Unread = e.Open+one.Open, e.Closed+one.Closed, e.Unread+one.Unread
			for _, c := range one.OpenFates {
				e.OpenFates = finding.CountFate(e.OpenFates, c.Fate, c.Count)
			}
			e.ClosedFates = append(e.ClosedFates, one.ClosedFates...)
		}
		require.Equal(t, tt.count, e.Count(), tt.why)
		require.Equal(t, tt.effects, e.Effects(), tt.why)
		require.Equal(t, tt.toll, e.Toll(), tt.why)
	}
}

// TestFates holds that every notice has a word, and each word a sentence.
func TestFates(t *testing.T) {
	t.Parallel()
	for _, notice := range []cause.Notice{cause.NoticedAtOnce, cause.NoticedUnlessClosing, cause.NeverNoticed, cause.ClosesUnnoticed,
		cause.FailsExecution, cause.WaitsUnnoticed, cause.LeftUnnoticed, cause.ErrorInCode, cause.ZeroInCode, cause.NoticedByChance} {
		fate := finding.FateOf(matrix.Cell{Result: replay.Result{Verdict: replay.Nondeterministic, Cause: cause.Cause{Notice: notice}}})
		require.NotEqual(t, finding.FateUnknown, fate, "%s", notice)
		require.Contains(t, finding.Fates(), fate)
		require.NotEmpty(t, FateSays(fate), "%s", notice)
	}
	require.Equal(t, finding.FateUnknown, finding.FateOf(matrix.Cell{Result: replay.Result{Verdict: replay.Safe}}), "all is well")
	meant := matrix.Cell{Result: replay.Result{Verdict: replay.Safe}, Effects: rehearse.Effects{List: []rehearse.Effect{
		{Kind: rehearse.Closes, Ending: "Completed", ByVersion: true}}}}
	require.Equal(t, finding.Closes, finding.FateOf(meant), "what a new version does")
}
