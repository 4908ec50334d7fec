package replay_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// TestPlaceOfName is about calls and events that have one name and are not the same: which of them
// belong together decides where history and code part.
func TestPlaceOfName(t *testing.T) {
	t.Parallel()
	type place struct {
		Kind  cause.Kind
		Event int64
		Line  string
	}
	ends := func(ctx workflow.Context) error {
		workflow.GetSignalChannel(ctx, "end").Receive(ctx, nil) // waits for the end
		return nil
	}
	charge := func(ctx workflow.Context, amount int) workflow.Future {
		return workflow.ExecuteActivity(withActivity(ctx), "Charge", amount) // charges
	}
	local := func(ctx workflow.Context) workflow.Context {
		return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Minute})
	}
	named := func(ctx workflow.Context, name string) workflow.Context {
		return workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{
			WorkflowID: workflow.GetInfo(ctx).WorkflowExecution.ID + name})
	}
	onlyAccepted := func(r *history.Recording) { firstEvents(r, 14) }
	unanswered := func(r *history.Recording) { firstEvents(r, 15) }
	inOneTask := func(r *history.Recording) { // answers in the Workflow Task in which it starts the timer
		answer := r.History.Events[19]
		firstEvents(r, 15)
		answer.EventId = 16
		answer.GetWorkflowExecutionUpdateCompletedEventAttributes().AcceptedEventId = 14
		r.History.Events = append(r.History.Events, answer)
	}
	twoTimers := func(r *history.Recording) { // starts a second timer where it answers
		answer := firstEvents(r, 20).History.Events[19]
		answer.EventType = enumspb.EVENT_TYPE_TIMER_STARTED
		answer.Attributes = &historypb.HistoryEvent_TimerStartedEventAttributes{
			TimerStartedEventAttributes: &historypb.TimerStartedEventAttributes{TimerId: "20", WorkflowTaskCompletedEventId: 19},
		}
	}
	again := func(r *history.Recording) { // charges the amounts of the first half once more
		var amounts []*commonpb.Payloads
		for _, e := range r.History.Events {
			if a := e.GetActivityTaskScheduledEventAttributes(); a != nil {
				if amounts = append(amounts, a.Input); len(amounts) > 10 {
					a.Input = amounts[len(amounts)-11]
				}
			}
		}
	}
	localAfter := func(r *history.Recording) { // the local activity ends after the activity has been scheduled
		all := firstEvents(r, 11).History.Events
		all[4], all[5] = all[5], all[4]
		all[4].EventId, all[5].EventId = 5, 6
		all[4].GetActivityTaskScheduledEventAttributes().ActivityId = "5"
		all[6].GetActivityTaskStartedEventAttributes().ScheduledEventId = 5
		all[7].GetActivityTaskCompletedEventAttributes().ScheduledEventId = 5
	}
	for _, tt := range []struct {
		name, recording string
		change          func(*history.Recording)
		code            any
		want            place
		why             string
	}{
		{"another value, and the next one gone", "edits/base.deadline-open", nil, func(ctx workflow.Context, _ string) error {
			_ = charge(ctx, 200).Get(ctx, nil)
			return ends(ctx)
		}, place{cause.ValuesChanged, 5, "charges"}, "that it has another value comes before what is missing"},
		{"left out of a loop", "coroutines/base.loop", nil, func(ctx workflow.Context, _ string) error {
			for i := range 19 {
				_ = charge(ctx, i+1).Get(ctx, nil)
			}
			return ends(ctx)
		}, place{cause.CallRemoved, 5, "charges"}, "the history goes on with what the code calls"},
		{"another name, and the old one later", "coroutines/base.loop", again, func(ctx workflow.Context, _ string) error {
			for i := range 20 {
				if i == 0 {
					_ = workflow.ExecuteActivity(withActivity(ctx), "Refund", 0).Get(ctx, nil) // the first one
					continue
				}
				_ = charge(ctx, i%10).Get(ctx, nil)
			}
			return ends(ctx)
		}, place{cause.CallRenamed, 5, "the first one"}, "the history has that one later as well"},
		{"another value in a loop", "coroutines/base.loop", nil, func(ctx workflow.Context, _ string) error {
			for i := range 19 {
				_ = charge(ctx, 100+i).Get(ctx, nil)
			}
			return ends(ctx)
		}, place{cause.ValuesChanged, 5, "charges"}, "the history has no such value"},
		{"later, and another one in its place", "coroutines/base.alike", nil, func(ctx workflow.Context, _ string) error {
			draw := func(ctx workflow.Context) { workflow.SideEffect(ctx, func(workflow.Context) any { return 1 }) }
			draw(ctx)
			_ = charge(ctx, 10).Get(ctx, nil)
			draw(ctx)
			_ = charge(ctx, 1).Get(ctx, nil)
			for i := range 3 {
				workflow.NewTimer(ctx, time.Duration(1+i)*time.Hour)
				_ = workflow.UpsertMemo(ctx, map[string]any{"number": i})
			}
			workflow.ExecuteActivity(withActivity(ctx), "Refund", 1) // in the place of a side effect
			_ = charge(ctx, 30).Get(ctx, nil)
			draw(ctx)
			return ends(ctx)
		}, place{cause.CallMoved, 25, "in the place of a side effect"}, "what follows in the Workflow Task is as it was, so nothing was added"},
		{"with a context that is cancelled", "coroutines/base.cancelled-before", nil, func(ctx workflow.Context, _ string) error {
			first := charge(ctx, 10)
			_ = first.Get(ctx, nil)
			doomed, cancel := workflow.WithCancel(ctx)
			cancel()
			workflow.ExecuteLocalActivity(local(doomed), "Charge", 2) // the local activity first
			workflow.ExecuteActivity(withActivity(doomed), "Charge", 2)
			workflow.NewTimer(doomed, 2*time.Hour)
			_ = charge(ctx, 1).Get(ctx, nil)
			return ends(ctx)
		}, place{cause.CallsReordered, 11, "the local activity first"}, "the events of its cancellation go with the call"},
		{"a local activity later", "coroutines/base.cancelled-before", nil, func(ctx workflow.Context, _ string) error {
			_ = charge(ctx, 10).Get(ctx, nil)
			doomed, cancel := workflow.WithCancel(ctx)
			cancel()
			workflow.NewTimer(doomed, 2*time.Hour)
			workflow.ExecuteActivity(withActivity(doomed), "Charge", 2)
			second := charge(ctx, 1)
			_ = second.Get(ctx, nil)
			workflow.ExecuteLocalActivity(local(doomed), "Charge", 2) // later
			return ends(ctx)
		}, place{cause.CallsMadeSequential, 16, "later"}, "an event does not come before its call"},
		{"answered at once, and never in the history", "edits/base.discount-open", unanswered, func(ctx workflow.Context, _ string) error {
			done := false
			_ = workflow.SetUpdateHandler(ctx, "discount", func(workflow.Context, int) (int, error) { // the handler
				done = true
				return 0, nil
			})
			_ = charge(ctx, 100).Get(ctx, nil)
			_ = workflow.Await(ctx, func() bool { return done })
			_ = workflow.ExecuteActivity(withActivity(ctx), "Ship", "home").Get(ctx, nil)
			return ends(ctx)
		}, place{cause.UpdateAnsweredAtOnce, 14, "the handler"}, "the history has not answered where the code does"},
		{"answered at once, and nothing more in the history", "edits/base.discount-open", onlyAccepted, func(ctx workflow.Context, _ string) error {
			_ = workflow.SetUpdateHandler(ctx, "discount", func(workflow.Context, int) (int, error) { // the handler
				return 0, nil
			})
			_ = charge(ctx, 100).Get(ctx, nil)
			return ends(ctx)
		}, place{cause.UpdateAnsweredAtOnce, 14, "the handler"}, "the handler of then waits, and calls nothing"},
		{"answered at once, as in the history", "edits/base.discount-open", inOneTask, func(ctx workflow.Context, _ string) error {
			_ = workflow.SetUpdateHandler(ctx, "discount", func(workflow.Context, int) (int, error) { // the handler
				return 20, nil
			})
			_ = charge(ctx, 100).Get(ctx, nil)
			return ends(ctx)
		}, place{cause.CallRemoved, 15, "the handler"}, "what the code does next there is to answer"},
		{"another answer", "edits/base.discount-open", nil, func(ctx workflow.Context, _ string) error {
			_ = workflow.SetUpdateHandler(ctx, "discount", func(ctx workflow.Context, percent int) (int, error) {
				workflow.GetVersion(ctx, "answer", workflow.DefaultVersion, 1) // asks
				return percent + 1, workflow.Sleep(ctx, time.Millisecond)      // answers
			})
			_ = charge(ctx, 100).Get(ctx, nil)
			return ends(ctx)
		}, place{cause.ValuesChanged, 20, "answers"}, "the handler returns behind its last call"},
		{"answered without the second timer", "edits/base.discount-open", twoTimers, func(ctx workflow.Context, _ string) error {
			done := false
			_ = workflow.SetUpdateHandler(ctx, "discount", func(ctx workflow.Context, _ int) (int, error) {
				_ = workflow.Sleep(ctx, time.Millisecond) // answers behind it
				done = true
				return 0, nil
			})
			_ = charge(ctx, 100).Get(ctx, nil)
			_ = workflow.Await(ctx, func() bool { return done })
			return ends(ctx)
		}, place{cause.CallRemoved, 20, "answers behind it"}, "that the handler has returned comes before what the code waits for then"},
		{"two children of one ID", "faults/one-child-id-twice", nil, func(ctx workflow.Context, _ string) error {
			ship := workflow.WithTaskQueue(withActivity(ctx), "activities")
			_ = workflow.ExecuteActivity(ship, "Ship", "begin").Get(ctx, nil)
			_ = workflow.ExecuteChildWorkflow(named(ctx, "/Charge"), "Charge", "yes").Get(ctx, nil)
			return ends(ctx)
		}, place{cause.CallRemoved, 20, "waits for the end"}, "the SDK's text has the ID alone, which is that of the first child too"},
		{"another child, with the ID of one that is open", "edits/base.children-open", nil, func(ctx workflow.Context, _ string) error {
			workflow.ExecuteChildWorkflow(named(ctx, "-left"), "Parcel", "books")
			workflow.ExecuteChildWorkflow(named(ctx, "-left"), "Letter", "a card") // refused
			_ = workflow.UpsertMemo(ctx, map[string]any{"sent": true})
			return ends(ctx)
		}, place{cause.CallRenamed, 6, "refused"}, "the SDK refuses it, so it sends nothing: the code calls it all the same"},
		{"the same child, with the ID of one that is open", "edits/base.children-open", nil, func(ctx workflow.Context, _ string) error {
			workflow.ExecuteChildWorkflow(named(ctx, "-left"), "Parcel", "books")
			workflow.ExecuteChildWorkflow(named(ctx, "-left"), "Parcel", "shoes") // refused
			return ends(ctx)
		}, place{cause.OptionsChanged, 6, "refused"}, "it is the same child, under an ID that is not free"},
		{"a child removed, and another one instead", "edits/base.children-open", nil, func(ctx workflow.Context, _ string) error {
			workflow.ExecuteChildWorkflow(named(ctx, "-left"), "Parcel", "books")
			workflow.ExecuteChildWorkflow(named(ctx, "-left"), "Parcel", "books")
			workflow.ExecuteChildWorkflow(named(ctx, "-up"), "Letter", "a card") // is sent
			return ends(ctx)
		}, place{cause.CallRenamed, 6, "is sent"}, "what the SDK starts is in the place, rather than what it refuses"},
		{"beside a local activity", "../../histories/runtimechecks/local-activity/base.open", localAfter, func(ctx workflow.Context, _ string) error {
			workflow.Go(ctx, func(ctx workflow.Context) { _ = workflow.ExecuteLocalActivity(local(ctx), "Reserve").Get(ctx, nil) })
			workflow.Go(ctx, func(ctx workflow.Context) {
				_ = workflow.ExecuteActivity(withActivity(ctx), "Refund").Get(ctx, nil) // the other coroutine
			})
			return ends(ctx)
		}, place{cause.CallRenamed, 5, "the other coroutine"}, "a local activity of another coroutine ends when it ends"},
		{"behind a local activity", "../../histories/runtimechecks/local-activity/base.open", localAfter, func(ctx workflow.Context, _ string) error {
			_ = workflow.ExecuteLocalActivity(local(ctx), "Reserve").Get(ctx, nil) // goes on with it
			_ = workflow.ExecuteActivity(withActivity(ctx), "Refund").Get(ctx, nil)
			return ends(ctx)
		}, place{cause.CallRemoved, 5, "goes on with it"}, "the code has waited for the local activity first"},
		{"behind a version that the history has before", "../../histories/deployments/v1-1.auto-upgrade-open", nil, func(ctx workflow.Context) (string, error) {
			_ = workflow.ExecuteActivity(withActivity(ctx), "Check").Get(ctx, nil)
			workflow.GetVersion(ctx, "check", workflow.DefaultVersion, 1)
			_ = workflow.Sleep(ctx, time.Hour) // sleeps
			return "", ends(ctx)
		}, place{cause.CallReplaced, 13, "sleeps"}, "the call of GetVersion sends nothing there"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			folder := "../../testdata/histories/"
			if tt.recording[:6] == "faults" {
				folder = "testdata/"
			} else if tt.recording[:2] == ".." {
				folder = ""
			}
			result := judgedChanged(t, folder+tt.recording, tt.change, tt.code)
			got := place{result.Cause.Kind, result.Place.Event, markedLine(t, result.Place)}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s; %s (-want +got):\n%s", tt.why, result.Cause, diff)
			}
		})
	}
}
