package matrix_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

func TestOtherwise(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		verdict replay.Verdict
		outcome history.Outcome
		want    bool
		why     string
	}{
		{replay.Nondeterministic, history.TaskFailed, false, "the worker refuses what does not replay"},
		{replay.Nondeterministic, history.Stuck, false, "nothing went on"},
		{replay.Nondeterministic, history.Closed, true,
			"a live worker does not check the task that closes the workflow"},
		{replay.VersionRemoved, history.WentOn, true, "the call was not reached"},
		{replay.Safe, history.Closed, false, "as foretold"},
		{replay.Safe, history.WentOn, false, "as foretold"},
		{replay.Safe, history.TaskFailed, true, "the replay did not see it"},
		{replay.Safe, history.Stuck, true, "an activity is missing, for example"},
		{replay.Drift, history.Closed, false, "the SDK accepts a drift"},
		{replay.NotApplicable, history.Stuck, false, "the execution stays with its version"},
		{replay.NotApplicable, history.Closed, true, "it did not stay there"},
		{replay.Unjudged, history.TaskFailed, false, "no verdict, no difference"},
	} {
		o := history.Observation{Scenario: "waiting", From: "a", To: "b", Task: history.OtherTask, Outcome: tt.outcome}
		m := &matrix.Matrix{Live: []history.Observation{o, {Scenario: "waiting", From: "a", To: "c"},
			{Scenario: "other", From: "a", To: "b"}}}
		cell := matrix.Cell{Recording: "a.waiting", Stage: "b", Result: replay.Result{Verdict: tt.verdict}}
		require.Equal(t, []history.Observation{o}, m.Observed(cell), "that of this cell alone")
		require.Equal(t, tt.want, cell.ContradictedBy(o), "%s, %s: %s", tt.verdict, tt.outcome, tt.why)
	}
}

func TestButLive(t *testing.T) {
	t.Parallel()
	recorded := rehearse.News{Kind: rehearse.NewsRecorded}
	as := rehearse.Effect{News: recorded, Kind: rehearse.AsRecorded}
	stuck := rehearse.Effect{News: recorded, Kind: rehearse.Stuck, Breaks: true}
	otherwise := rehearse.Effect{News: recorded, Kind: rehearse.Otherwise, Now: "TimerStarted"}
	ends := rehearse.Effect{News: recorded, Kind: rehearse.Otherwise, Ending: "Completed"}
	meant := rehearse.Effect{News: recorded, Kind: rehearse.Hangs, ByVersion: true}
	closes := rehearse.Effect{News: recorded, Kind: rehearse.Closes, Ending: "Completed"}
	cancelled := rehearse.Effect{News: rehearse.News{Kind: rehearse.CancelRequested}, Kind: rehearse.Stuck}
	for _, tt := range []struct {
		verdict replay.Verdict
		effects []rehearse.Effect
		want    bool
		why     string
	}{
		{replay.Safe, nil, false, "nothing was rehearsed"},
		{replay.Safe, []rehearse.Effect{as}, false, "as foretold"},
		{replay.Safe, []rehearse.Effect{otherwise}, false, "after an honest GetVersion that is what a change is for"},
		{replay.Safe, []rehearse.Effect{as, meant}, true, "it hangs, and is meant to"},
		{replay.Safe, []rehearse.Effect{closes}, false, "nobody knows what it should do"},
		{replay.Safe, []rehearse.Effect{cancelled}, true, "a cancellation is too much for it"},
		{replay.Drift, []rehearse.Effect{as}, false, "no live Worker notices a drift"},
		{replay.Nondeterministic, []rehearse.Effect{stuck}, false, "as foretold"},
		{replay.Nondeterministic, []rehearse.Effect{otherwise, stuck}, false, "that point is before the place"},
		{replay.Nondeterministic, []rehearse.Effect{stuck, as}, true, "the task that closes it is not checked"},
		{replay.Nondeterministic, []rehearse.Effect{ends}, true, "the task that closes it is not checked"},
		{replay.NotApplicable, []rehearse.Effect{stuck}, false, "no Worker gets it"},
	} {
		cell := matrix.Cell{Result: replay.Result{Verdict: tt.verdict}, Effects: rehearse.Effects{List: tt.effects}}
		require.Equal(t, tt.want, cell.ButLive(), "%s: %s", tt.verdict, tt.why)
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	result := func(value string) replay.Answer { return replay.Answer{Query: "result", Value: value} }
	cell := func(stage string, answers ...replay.Answer) matrix.Cell {
		return matrix.Cell{Stage: stage, Result: replay.Result{Evidence: replay.Evidence{Answers: answers}}}
	}
	own := cell("b", result("1"), replay.Answer{Query: "only before", Value: "1"})
	for _, tt := range []struct {
		name    string
		lineage []string
		cell    matrix.Cell
		want    []matrix.Change
		why     string
	}{
		{"own stage", []string{"b"}, own, nil, "it is what the others are compared with"},
		{"same", []string{"b"}, cell("c", result("1")), nil, "another stage, the same story"},
		{"other", []string{"b"}, cell("c", result("2")), []matrix.Change{{Was: result("1"), Now: result("2")}},
			"the behaviour changed"},
		{"fails now", []string{"b"}, cell("c", replay.Answer{Query: "result", Err: "no"}),
			[]matrix.Change{{Was: result("1"), Now: replay.Answer{Query: "result", Err: "no"}}},
			"an error is an answer too"},
		{"new query", []string{"b"}, cell("c", replay.Answer{Query: "new", Value: "1"}), nil,
			"there is nothing to compare with"},
		{"journey", []string{"a", "b"}, cell("c", result("2")), []matrix.Change{{Was: result("1"), Now: result("2")}},
			"its last stage ran it"},
		{"unknown lineage", nil, cell("c", result("2")), nil, "nobody knows what it answered"},
		{"own stage not judged", []string{"x"}, cell("c", result("2")), nil, "-run selected other cells"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			row := matrix.Row{Lineage: tt.lineage, Cells: slices.Concat([]matrix.Cell{own}, []matrix.Cell{tt.cell})}
			if diff := cmp.Diff(tt.want, row.Changes(tt.cell)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}
