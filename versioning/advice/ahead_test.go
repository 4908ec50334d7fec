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

// TestHeadline holds that what stands beside the verdict of a cell fits its cause.
func TestHeadline(t *testing.T) {
	t.Parallel()
	ahead := func(a cause.Ahead, kind cause.Kind) replay.Result {
		return replay.Result{Verdict: replay.Nondeterministic, Cause: cause.Cause{Kind: kind, Ahead: &a}}
	}
	for _, tt := range []struct {
		why    string
		result replay.Result
		want   string
	}{
		{"the replay parts", replay.Result{Verdict: replay.Nondeterministic, Cause: cause.Cause{Kind: cause.CallAdded}},
			"commands and events do not match"},
		{"a file may leave out what the kind says", replay.Result{Verdict: replay.Nondeterministic,
			Cause: cause.Cause{Kind: cause.HangsAhead}}, "commands and events do not match"},
		{"nothing has parted yet", ahead(cause.Ahead{Effect: "stuck", News: "none"}, cause.StuckAhead),
			"it replays, and then a Workflow Task fails"},
		{"the service says it", ahead(cause.Ahead{Effect: "stuck", News: "none", Refused: true}, cause.StuckAhead),
			"it replays, and then the service refuses an answer"},
		{"it is closed", ahead(cause.Ahead{Effect: "closes", News: "none", Ending: "Completed"}, cause.ClosesAhead),
			"it replays, and then closes the execution where it went on"},
		{"both close it", ahead(cause.Ahead{Effect: "closes", News: "none", Ending: "Completed",
			Recorded: "WorkflowExecutionFailed"}, cause.ClosesAhead), "it replays, and then closes the execution otherwise"},
		{"it stays open", ahead(cause.Ahead{Effect: "closes", News: "none", Recorded: "WorkflowExecutionCompleted"},
			cause.ClosesAhead), "it replays, and then goes on where the execution closed"},
		{"it waits", ahead(cause.Ahead{Effect: "hangs", News: "signal add"}, cause.HangsAhead),
			"it replays, and then does nothing where something was done"},
		{"the calls are the same", replay.Result{Verdict: replay.Nondeterministic, Cause: cause.Cause{
			Kind: cause.SignalUnread, Signal: &cause.UnreadSignal{Name: "paid", Events: []int64{5}}}},
			"the code leaves a signal that was received"},
		{"the SDK does not accept it", replay.Result{Verdict: replay.Nondeterministic, Cause: cause.Cause{
			Kind: cause.SignalUnread, Signal: &cause.UnreadSignal{Name: "paid", Events: []int64{5}, Rejected: true}}},
			"commands and events do not match"},
		{"it fails the task by itself", replay.Result{Verdict: replay.Panic, Cause: cause.Cause{Kind: cause.StuckAhead,
			Ahead: &cause.Ahead{Effect: "stuck", News: "none", Failure: "WorkflowWorkerUnhandledFailure"}}},
			"the workflow code itself panics or deadlocks"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, advice.Headline(tt.result))
		})
	}
}

// TestAheadTellsWhatItWaitsFor holds that only what waits for nothing is said to wait for ever.
func TestAheadTellsWhatItWaitsFor(t *testing.T) {
	t.Parallel()
	line := func(a cause.Ahead) string {
		a.Effect, a.Recorded = "hangs", "ActivityTaskScheduled (Ship)"
		return advice.Line(replay.Result{Verdict: replay.Nondeterministic, Cause: cause.Cause{Kind: cause.HangsAhead, Ahead: &a}})
	}
	require.Contains(t, line(cause.Ahead{News: "signal add", Awaits: []string{"signal add"}}),
		`when signal "add" comes, the code does nothing but wait for signal "add"; the code that ran the execution has `+
			"ActivityTaskScheduled (Ship) there", "another signal can come")
	require.Contains(t, line(cause.Ahead{News: "signal add"}),
		`when signal "add" comes, the code does nothing, and waits for nothing that can come`, "nothing can")
	require.Contains(t, advice.Line(replay.Result{Verdict: replay.Nondeterministic, Cause: cause.Cause{Kind: cause.ClosesAhead,
		Ahead: &cause.Ahead{Effect: "closes", News: "cancel", Ending: "Completed", Result: `"canceled"`,
			Untold: "runs local activity Note"}}}),
		`its next Workflow Task runs local activity Note, and what it does after that is not known; when it is asked to `+
			`cancel, the code completes with "canceled"`, "the next task comes before a request to cancel")
}

// TestWaitingEffects has the same of what a live Worker does next.
func TestWaitingEffects(t *testing.T) {
	t.Parallel()
	hangs := func(w rehearse.WaitsFor) rehearse.Effect {
		return rehearse.Effect{Point: 4, Task: 9, News: asBefore, Kind: rehearse.Hangs, Breaks: true, WaitsFor: w,
			Recorded: "ActivityTaskScheduled (Ship)"}
	}
	for _, tt := range []struct {
		why    string
		effect rehearse.Effect
		want   string
	}{
		{"two more signals can come", hangs(rehearse.WaitsFor{Signals: []string{"add"}}),
			`After event 4, in the Workflow Task of event 9: does nothing but wait for signal "add".`},
		{"a signal or an update", hangs(rehearse.WaitsFor{Signals: []string{"add"}, Updates: []string{"total"}}),
			`After event 4, in the Workflow Task of event 9: does nothing but wait for signal "add" or update "total".`},
		{"nothing can come", hangs(rehearse.WaitsFor{}),
			"After event 4, in the Workflow Task of event 9: waits for ever."},
		{"who sends the update is told", rehearse.Effect{Point: 4, Task: 9, News: asBefore, Kind: rehearse.Otherwise,
			Recorded: "WorkflowExecutionUpdateAccepted", Rejects: "discount"},
			`After event 4, in the Workflow Task of event 9: rejects update "discount". Then it waits for what cannot come: ` +
				"only a request to cancel, a termination or a timeout ends that."},
		{"it still listens", rehearse.Effect{Point: 4, Task: 9, News: asBefore, Kind: rehearse.Otherwise, Rejects: "discount",
			Recorded: "WorkflowExecutionUpdateAccepted", WaitsFor: rehearse.WaitsFor{Updates: []string{"rebate"}}},
			`After event 4, in the Workflow Task of event 9: rejects update "discount". The next Workflow Task comes with update ` +
				`"rebate".`},
		{"what was rolled is not undone", rehearse.Effect{Point: 4, Task: 9, News: asBefore, Kind: rehearse.Otherwise,
			Now: "TimerStarted (5)", Roll: &rehearse.Roll{Stage: "base"}, WaitsFor: rehearse.WaitsFor{Timers: []string{"5"}}},
			"After event 4, in the Workflow Task of event 9: makes TimerStarted (5). The next Workflow Task comes with timer 5. A Worker of " +
				"base can still go on with it."},
		{"the wait comes before a Worker of the other stage closes it", rehearse.Effect{Point: 4, Task: 9, News: asBefore,
			Kind: rehearse.Hangs, Roll: &rehearse.Roll{Stage: "base", Ending: "ContinuedAsNew"},
			WaitsFor: rehearse.WaitsFor{Signals: []string{"add"}}},
			`After event 4, in the Workflow Task of event 9: does nothing but wait for signal "add". A Worker of base that ` +
				"gets its next Workflow Task closes it (ContinuedAsNew)."},
		{"names are said once, and none is empty", rehearse.Effect{Point: 4, News: asBefore, Kind: rehearse.AsRecorded, Task: 9,
			WaitsFor: rehearse.WaitsFor{Results: []string{"", "Ship", "Ship"}, Timers: []string{"5", "6"}}},
			"After event 4: as recorded. After the last recorded one, the next Workflow Task comes with the result of Ship, timer 5 " +
				"or timer 6."},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff([]string{tt.want}, advice.Next(rehearse.Effects{List: []rehearse.Effect{tt.effect}})); diff != "" {
				t.Error(diff)
			}
		})
	}
}
