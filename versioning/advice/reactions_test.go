package advice_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// The effects of these tests.
var (
	asBefore  = rehearse.News{Kind: rehearse.NewsRecorded}
	asStuck   = rehearse.Effect{Point: 4, News: asBefore, Kind: rehearse.Stuck, Cause: "NonDeterministicError", Breaks: true}
	unchecked = rehearse.Effect{Point: 9, News: asBefore, Kind: rehearse.Stuck, Cause: "NonDeterministicError", Breaks: true,
		Checked: true}
	asRecorded = rehearse.Effect{Point: 14, News: asBefore, Kind: rehearse.AsRecorded}
	asClosed   = rehearse.Effect{Point: 4, News: asBefore, Kind: rehearse.Closes, Ending: "Completed", Breaks: true}
	asHanging  = rehearse.Effect{Point: 19, News: asBefore, Kind: rehearse.Hangs, Breaks: true}
)

func TestNotices(t *testing.T) {
	t.Parallel()
	const again = "again and again, and the execution is stuck until fitting code comes."
	for _, tt := range []struct {
		why    string
		notice cause.Notice
		list   []rehearse.Effect
		want   string
	}{
		{"nothing was rehearsed", cause.NoticedAtOnce, nil, advice.Notices(cause.NoticedAtOnce)},
		{"the replay says that a closing task is not checked, and none is rehearsed that stays open",
			cause.NoticedUnlessClosing, []rehearse.Effect{asRecorded}, advice.Notices(cause.NoticedUnlessClosing)},
		{"it is stuck at each point", cause.NoticedUnlessClosing, []rehearse.Effect{asStuck, asStuck},
			advice.Notices(cause.NoticedAtOnce)},
		{"points differ", cause.NoticedAtOnce, []rehearse.Effect{asStuck, unchecked, asRecorded, asHanging},
			"A live Worker, at 1 of 4 waiting points: it fails the Workflow Task, " + again + " A live Worker, at 1, but " +
				"only in a Workflow Task that leaves the execution open: it fails that task, again and again. The Workflow " +
				"Task that closes the execution is not checked. Nobody, at 1: the execution does nothing more, and no error " +
				"is logged. Nobody, at 1: no Workflow Task fails there."},
		{"it closes at once", cause.NeverNoticed, []rehearse.Effect{asClosed}, advice.Notices(cause.ClosesUnnoticed)},
		{"only a signal brings it", cause.ClosesUnnoticed, []rehearse.Effect{
			{News: rehearse.News{Kind: rehearse.NoNews}, Kind: rehearse.Waits},
			{News: rehearse.News{Kind: rehearse.SignalCame, Name: "add"}, Kind: rehearse.Closes, Ending: "Completed", Breaks: true},
		}, `Nobody, when signal "add" comes: the execution closes, and no error is logged.`},
		{"the service refuses it", cause.ClosesUnnoticed, []rehearse.Effect{{News: rehearse.News{Kind: rehearse.NoNews},
			Kind: rehearse.Stuck, Cause: "ScheduleActivityDuplicateId", Refused: true, Breaks: true}},
			"The service, at once: it refuses the answer of the Worker, " + again},
		{"who can tell", cause.NoticedAtOnce, []rehearse.Effect{asStuck, {News: asBefore, Kind: rehearse.Unknown}},
			"A live Worker, at 1 of 2 waiting points: it fails the Workflow Task, " + again +
				" Not known at 1: the code runs what a rehearsal must not run."},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			r := replay.Result{Verdict: replay.Nondeterministic, Cause: cause.Cause{Kind: cause.Unclassified,
				Failure: &cause.Failure{Text: "no"}, Notice: tt.notice}}
			effects := rehearse.Effects{Points: len(tt.list), Rehearsed: len(tt.list), List: tt.list}
			require.Equal(t, tt.want, advice.ExplainLive(r, effects).Notices)
			r.Verdict = replay.Unstable
			require.Equal(t, advice.Notices(tt.notice), advice.ExplainLive(r, effects).Notices,
				"the next run of code that is not deterministic does something else")
		})
	}
}

func TestNext(t *testing.T) {
	t.Parallel()
	again, first := asStuck, rehearse.Effect{News: rehearse.News{Kind: rehearse.FirstTask}, Kind: rehearse.Waits}
	again.Point, again.Message = 8, "no such command"
	before := again
	before.Point = 4
	rolled := rehearse.Effect{Point: 12, News: rehearse.News{Kind: rehearse.TimerFired, Name: "7"}, Kind: rehearse.Otherwise,
		Recorded: "ActivityTaskScheduled (Charge)", Now: "MarkerRecorded (Version)",
		Roll:     &rehearse.Roll{Stage: "v1", Stuck: true, Cause: "nondeterministic"},
		WaitsFor: rehearse.WaitsFor{Signals: []string{"paid"}, Results: []string{"Check"}}}
	closed := rolled
	closed.Point, closed.Roll = 16, &rehearse.Roll{Stage: "v1", Ending: "Completed"}
	got := advice.Next(rehearse.Effects{Points: 4, Rehearsed: 4, List: []rehearse.Effect{first, before, again, rolled, closed}})
	want := []string{
		"Before it begins, in its first Workflow Task: goes on.",
		"After events 4, 8, in its next Workflow Task: stuck (NonDeterministicError). No such command.",
		"After event 12, when timer 7 fires: makes MarkerRecorded (Version) where ActivityTaskScheduled (Charge) was. " +
			"A Worker of v1 gets stuck on it after that (nondeterministic). Then it waits for the result of Check, signal paid.",
		"After event 16, when timer 7 fires: makes MarkerRecorded (Version) where ActivityTaskScheduled (Charge) was. " +
			"A Worker of v1 closes it after that (Completed). Then it waits for the result of Check, signal paid.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
