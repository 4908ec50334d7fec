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
	unchecked = rehearse.Effect{Point: 9, News: rehearse.News{Kind: rehearse.NoNews}, Kind: rehearse.Stuck, Cause: "NonDeterministicError", Breaks: true,
		Checked: true}
	asRecorded = rehearse.Effect{Point: 14, News: asBefore, Kind: rehearse.AsRecorded}
	asClosed   = rehearse.Effect{Point: 4, News: asBefore, Kind: rehearse.Closes, Ending: "Completed", Breaks: true}
	asHanging  = rehearse.Effect{Point: 19, News: asBefore, Kind: rehearse.Hangs, Breaks: true}
)

func TestNotices(t *testing.T) {
	t.Parallel()
	const again = "again and again, and the execution is stuck until fitting code comes"
	noNews := rehearse.News{Kind: rehearse.NoNews}
	add := rehearse.Effect{News: rehearse.News{Kind: rehearse.SignalCame, Name: "add"}, Kind: rehearse.Closes,
		Ending: "Completed", Breaks: true}
	cancelled := add
	cancelled.News = rehearse.News{Kind: rehearse.CancelRequested}
	later := asStuck
	later.Point = 14
	rejected := rehearse.Effect{Point: 4, News: asBefore, Kind: rehearse.Otherwise, Rejects: "discount"}
	unknown := rehearse.Effect{Point: 9, News: asBefore, Kind: rehearse.Unknown, Why: "runs local activity Charge"}
	for _, tt := range []struct {
		why    string
		notice cause.Notice
		list   []rehearse.Effect
		want   string
	}{
		{"nothing was rehearsed", cause.NoticedAtOnce, nil, advice.Notices(cause.NoticedAtOnce)},
		{"the replay says that a task is failed, and the recording has none that is", cause.NoticedUnlessClosing,
			[]rehearse.Effect{asRecorded}, "Nobody, if the next Workflow Task closes the execution, as here: the SDK does not " +
				"check that task. If it leaves the execution open, a live Worker fails it, " + again + "."},
		{"it is stuck at each point", cause.NoticedUnlessClosing, []rehearse.Effect{asStuck, asStuck},
			advice.Notices(cause.NoticedAtOnce)},
		{"the task of each point may close it", cause.NoticedAtOnce, []rehearse.Effect{unchecked},
			advice.Notices(cause.NoticedUnlessClosing)},
		{"points differ", cause.NoticedAtOnce, []rehearse.Effect{asStuck, unchecked, asRecorded, asHanging},
			"A live Worker, until the execution comes to event 14: it fails the Workflow Task, " + again + ". Once it has come to event 19, it waits " +
				"for ever, and no Workflow Task fails. After event 14 nobody notices. After event 9, a Workflow Task that closes the " +
				"execution is not checked."},
		{"it is stuck once it has come further", cause.NoticedAtOnce, []rehearse.Effect{
			{Point: 4, News: asBefore, Kind: rehearse.AsRecorded}, later},
			"A live Worker, once the execution has come to event 14: it fails the Workflow Task, " + again +
				". Before that nobody notices."},
		{"who sends the update is told", cause.NoticedAtOnce, []rehearse.Effect{rejected, later},
			"A live Worker, once the execution has come to event 14: it fails the Workflow Task, " + again +
				`. Before that update "discount" is rejected, which its sender is told.`},
		{"nobody else than who sends the update", cause.NoticedAtOnce, []rehearse.Effect{rejected},
			`Whoever sends update "discount", at once: it is rejected, and no Workflow Task fails.`},
		{"it closes at once", cause.NeverNoticed, []rehearse.Effect{asClosed}, advice.Notices(cause.ClosesUnnoticed)},
		{"only a signal brings it", cause.ClosesUnnoticed, []rehearse.Effect{{News: noNews, Kind: rehearse.Waits}, add},
			`Nobody, when signal "add" comes: the execution closes, and no error is logged.`},
		{"a request to cancel is told last", cause.ClosesUnnoticed, []rehearse.Effect{{News: noNews, Kind: rehearse.Waits},
			cancelled, add}, `Nobody, when signal "add" comes, or when it is asked to cancel: the execution closes, and no error ` +
			"is logged."},
		{"the task that comes by itself is not known", cause.ClosesUnnoticed, []rehearse.Effect{unknown, add},
			`Not known: the code runs local activity Charge. When signal "add" comes it closes, and no error is logged.`},
		{"it waits for more signals", cause.WaitsUnnoticed, []rehearse.Effect{{News: asBefore, Kind: rehearse.Hangs, Breaks: true,
			WaitsFor: rehearse.WaitsFor{Signals: []string{"add"}}}},
			`Nobody: the execution does nothing but wait for signal "add", and no Workflow Task fails.`},
		{"a signal is dropped, which is logged", cause.WaitsUnnoticed, []rehearse.Effect{{News: noNews, Kind: rehearse.Waits},
			{News: rehearse.News{Kind: rehearse.SignalCame, Name: "add"}, Kind: rehearse.Hangs, Breaks: true, Drops: "add"}},
			`Nobody, when signal "add" comes: the execution waits for ever, and no Workflow Task fails; the SDK drops signal ` +
				`"add", which does not decode, with an Error line in the Worker's log.`},
		{"a signal that decodes is not dropped", cause.WaitsUnnoticed, []rehearse.Effect{{News: noNews, Kind: rehearse.Waits},
			{News: rehearse.News{Kind: rehearse.SignalCame, Name: "add"}, Kind: rehearse.Hangs, Breaks: true}},
			`Nobody, when signal "add" comes: the execution waits for ever, and no Workflow Task fails.`},
		{"the service refuses it", cause.ClosesUnnoticed, []rehearse.Effect{{News: noNews,
			Kind: rehearse.Stuck, Cause: "ScheduleActivityDuplicateId", Refused: true, Breaks: true}},
			"The service, at once: it refuses the answer of the Worker, " + again + "."},
		{"it is stuck until a timer closes it", cause.NoticedAtOnce, []rehearse.Effect{asStuck, {
			News: rehearse.News{Kind: rehearse.TimerFired, Name: "5"}, Kind: rehearse.Closes, Ending: "Completed", Breaks: true}},
			"A live Worker, at once: it fails the Workflow Task, " + again +
				". When timer 5 fires it closes, and no error is logged."},
		{"what is lost is lost up to a point", cause.ClosesUnnoticed, []rehearse.Effect{asClosed, asRecorded},
			"Nobody, until the execution comes to event 14: the execution closes, and no error is logged. After that nothing breaks."},
		{"who can tell", cause.NoticedAtOnce, []rehearse.Effect{asStuck, unknown},
			"A live Worker, until the execution comes to event 9: it fails the Workflow Task, " + again +
				". After that nobody knows, since the code runs local activity Charge."},
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
			"The next Workflow Task comes with the result of Check or signal \"paid\". A Worker of v1 that gets its next Workflow Task is stuck on " +
			"it (nondeterministic).",
		"After event 16, when timer 7 fires: makes MarkerRecorded (Version) where ActivityTaskScheduled (Charge) was. " +
			"The next Workflow Task comes with the result of Check or signal \"paid\". A Worker of v1 that gets its next Workflow Task closes it " +
			"(Completed).",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
