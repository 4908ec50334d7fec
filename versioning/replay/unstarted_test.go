package replay_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/trace"
)

// asGiven is a change of the history that is none.
func asGiven(*history.Recording) {}

// input gives the execution these arguments, encoded by the default converter.
func input(args ...any) func(*history.Recording) {
	return func(r *history.Recording) {
		payloads, err := converter.GetDefaultDataConverter().ToPayloads(args...)
		if err != nil {
			panic(err)
		}
		started(r).Input = payloads
	}
}

func started(r *history.Recording) *historypb.WorkflowExecutionStartedEventAttributes {
	return r.History.GetEvents()[0].GetWorkflowExecutionStartedEventAttributes()
}

// then adds events, with IDs and the time of the first.
func then(events ...*historypb.HistoryEvent) func(*history.Recording) {
	return func(r *history.Recording) {
		for _, e := range events {
			e.EventId, e.EventTime = int64(len(r.History.Events))+1, r.History.Events[0].EventTime
			r.History.Events = append(r.History.Events, e)
		}
	}
}

// Events of executions that no Worker has got anywhere with.

func taskScheduled() *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskScheduledEventAttributes{WorkflowTaskScheduledEventAttributes: &historypb.WorkflowTaskScheduledEventAttributes{}}}
}

func taskStarted(scheduled int64) *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskStartedEventAttributes{WorkflowTaskStartedEventAttributes: &historypb.WorkflowTaskStartedEventAttributes{ScheduledEventId: scheduled}}}
}

func taskFailed(scheduled int64) *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_FAILED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskFailedEventAttributes{WorkflowTaskFailedEventAttributes: &historypb.WorkflowTaskFailedEventAttributes{
			ScheduledEventId: scheduled, StartedEventId: scheduled + 1, Cause: enumspb.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE,
			Failure: &failurepb.Failure{Message: "boom", Source: "GoSDK"}}}}
}

func taskTimedOut(scheduled int64) *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
		Attributes: &historypb.HistoryEvent_WorkflowTaskTimedOutEventAttributes{WorkflowTaskTimedOutEventAttributes: &historypb.WorkflowTaskTimedOutEventAttributes{
			ScheduledEventId: scheduled, StartedEventId: scheduled + 1}}}
}

func signaled(name string) *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionSignaledEventAttributes{WorkflowExecutionSignaledEventAttributes: &historypb.WorkflowExecutionSignaledEventAttributes{SignalName: name}}}
}

func cancelRequested() *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionCancelRequestedEventAttributes{WorkflowExecutionCancelRequestedEventAttributes: &historypb.WorkflowExecutionCancelRequestedEventAttributes{}}}
}

func terminatedEvent() *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionTerminatedEventAttributes{WorkflowExecutionTerminatedEventAttributes: &historypb.WorkflowExecutionTerminatedEventAttributes{}}}
}

const forGood = "live the execution is Failed in its first Workflow Task, for good: let the new type read what the old one wrote, or register the new code under another workflow type"

// TestUnstartedInput tries the input of executions that have not begun in a first
// Workflow Task that is made up.
func TestUnstartedInput(t *testing.T) {
	t.Parallel()
	const begins = "no Workflow Task has completed; the code can begin it, and that proves nothing"
	takesString := func(workflow.Context, string) error { return nil }
	takesCents := func(workflow.Context, inCents) error { return nil }
	unreadable := `the input is "order-1", which does not decode into replay_test.inCents; ` + forGood
	for _, tt := range []struct {
		name   string
		change func(*history.Recording)
		code   any
		opts   worker.WorkflowReplayerOptions
		want   replay.Verdict
		detail string
		why    string
	}{
		{"the same function", asGiven, takesString, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "it can begin"},
		{"other type", asGiven, takesCents, worker.WorkflowReplayerOptions{}, replay.Undecodable, unreadable, "it is Failed by the first Worker that gets it"},
		{"second of two", input("order-1", "much"), func(workflow.Context, string, int) error { return nil }, worker.WorkflowReplayerOptions{}, replay.Undecodable,
			`argument 2 of the input is "much", which does not decode into int; ` + forGood, "the argument is named"},
		{"no input", func(r *history.Recording) { started(r).Input = nil }, takesCents, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins,
			"the SDK gives zero values"},
		{"nil", input(nil), takesCents, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "nil is read as the zero value"},
		{"fewer arguments", asGiven, func(workflow.Context, string, inCents) error { return nil }, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins,
			"the SDK gives zero values for what is missing"},
		{"more arguments", asGiven, func(workflow.Context) error { return nil }, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "the SDK drops them"},
		{"encrypted", func(r *history.Recording) {
			started(r).Input.Payloads[0].Metadata["encoding"] = []byte("binary/encrypted")
		}, takesString,
			worker.WorkflowReplayerOptions{}, replay.Undecodable,
			`the input has the encoding "binary/encrypted", which the data converter of this replay does not know; ` +
				"if that of your Workers does not either, the execution is Failed in its first Workflow Task, for good: give it the one that your Workers have", "the code is not to blame"},
		{"decoder of the user's", asGiven, takesCents, worker.WorkflowReplayerOptions{DataConverter: lenient{converter.GetDefaultDataConverter()}}, replay.Unstarted, begins,
			"the data converter of the replay decides"},
		{"continued as new", func(r *history.Recording) {
			started(r).ContinuedExecutionRunId = "x"
			started(r).LastCompletionResult = started(r).Input
		}, takesCents, worker.WorkflowReplayerOptions{}, replay.Undecodable, unreadable, "the next run is to blame for nothing, and fails all the same"},
		{"delayed by cron", func(r *history.Recording) {
			started(r).CronSchedule, started(r).FirstWorkflowTaskBackoff = "@hourly", durationpb.New(time.Hour)
		}, takesString, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "it waits for its hour"},
		{"signals came", then(taskScheduled(), signaled("a"), signaled("b")), func(ctx workflow.Context, _ string) error {
			for _, name := range []string{"a", "b", "c"} {
				workflow.GetSignalChannel(ctx, name).Receive(ctx, nil)
			}
			return nil
		}, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "they lie there"},
		{"cancelled before", then(taskScheduled(), cancelRequested()), func(ctx workflow.Context, _ string) error {
			return workflow.Sleep(ctx, time.Hour)
		}, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "the code can begin, and end at once"},
		{"attempts", then(taskScheduled(), taskStarted(2), taskFailed(2), taskScheduled(), taskStarted(5), taskTimedOut(5), taskScheduled(), taskStarted(8)), takesString,
			worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "other code has failed"},
		{"attempts, other type", then(taskScheduled(), taskStarted(2), taskFailed(2), taskScheduled()), takesCents, worker.WorkflowReplayerOptions{},
			replay.Undecodable, unreadable, "the next attempt ends it"},
		{"terminated", then(taskScheduled(), terminatedEvent()), takesString, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "nothing has run"},
		{"terminated, other type", then(taskScheduled(), taskStarted(2), terminatedEvent()), takesCents, worker.WorkflowReplayerOptions{}, replay.Undecodable, unreadable,
			"it stands for those that are open"},

		{"fails at once", asGiven, func(workflow.Context, string) error { return errors.New("no") }, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins,
			"that is what the code does"},
		{"panics", asGiven, func(_ workflow.Context, s string) error { return []error{}[len(s)] }, worker.WorkflowReplayerOptions{}, replay.Panic,
			"in its first Workflow Task, which no Worker has completed yet: workflow code panics: runtime error: index out of range [7] with length 0", "a Worker fails there too"},
		{"panics on an old branch", asGiven, func(ctx workflow.Context, s string) error {
			if workflow.GetVersion(ctx, "x", workflow.DefaultVersion, 1) == workflow.DefaultVersion {
				panic("gone")
			}
			return nil
		}, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "a Worker takes version 1"},
		{"no old branch", asGiven, func(ctx workflow.Context, s string) error {
			workflow.GetVersion(ctx, "x", 1, 2)
			return nil
		}, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "a Worker takes version 2"},
		{"all kinds of calls", asGiven, func(ctx workflow.Context, s string) error {
			ran := func(context.Context) error { panic("a local activity runs") }
			workflow.Go(ctx, func(ctx workflow.Context) {
				_ = workflow.ExecuteLocalActivity(workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Second}), ran).Get(ctx, nil)
			})
			_ = workflow.ExecuteActivity(ao(ctx), A, s).Get(ctx, nil)
			return nil
		}, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "no local activity runs"},
		{"side effect", asGiven, func(ctx workflow.Context, s string) error {
			workflow.SideEffect(ctx, func(workflow.Context) any { panic("a side effect runs") })
			return nil
		}, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "its function does not run"},
		{"mutable side effect", asGiven, func(ctx workflow.Context, s string) error {
			workflow.MutableSideEffect(ctx, "x", func(workflow.Context) any { panic("a side effect runs") }, func(a, b any) bool { return a == b })
			return nil
		}, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "its function does not run"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			for _, level := range []trace.Level{trace.Commands, trace.Values} {
				r := fault(t, "unstarted-input-type")
				tt.change(r)
				got := replay.Judge(t.Context(), running(r, "now", tt.code), r, replay.Options{Replayer: tt.opts, Level: level})
				require.Equal(t, tt.want, got.Verdict, "%s: %s", tt.why, got.Detail)
				require.Equal(t, tt.detail, got.Detail, tt.why)
				if got.Verdict.Incompatible() {
					require.Equal(t, int64(1), got.Divergence.Event)
					require.Error(t, got.Err)
				}
			}
		})
	}
}

// lenient reads a text where Cents are wanted.
type lenient struct{ converter.DataConverter }

func (l lenient) FromPayloads(payloads *commonpb.Payloads, into ...any) error {
	for i, p := range payloads.GetPayloads() {
		var text string
		if into, ok := into[i].(*inCents); ok && json.Unmarshal(p.GetData(), &text) == nil {
			into.Cents = len(text)
			return nil
		}
	}
	return l.DataConverter.FromPayloads(payloads, into...)
}

// TestUnstartedDynamic is about a stage that takes every type, and reads the input
// itself.
func TestUnstartedDynamic(t *testing.T) {
	t.Parallel()
	r := fault(t, "unstarted-input-type")
	stage := running(r, "now", func(workflow.Context) error { return nil })
	stage.Register = func(registry worker.WorkflowRegistry) {
		registry.RegisterDynamicWorkflow(func(ctx workflow.Context, args converter.EncodedValues) error {
			var c cents
			return args.Get(&c)
		}, workflow.DynamicRegisterOptions{})
	}
	got := replay.Judge(t.Context(), stage, r, replay.Options{})
	require.Equal(t, replay.Unstarted, got.Verdict, "it was begun, and what it makes of the input is its own business: %s", got.Detail)
}
