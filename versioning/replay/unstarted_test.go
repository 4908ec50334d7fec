package replay_test

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// unchangedStart is a change of the history that is none.
func unchangedStart(*history.Recording) {}

// withInput gives the execution these arguments, encoded by the default converter.
func withInput(args ...any) func(*history.Recording) {
	return func(r *history.Recording) {
		payloads, err := converter.GetDefaultDataConverter().ToPayloads(args...)
		if err != nil {
			panic(err)
		}
		startOf(r).Input = payloads
	}
}

func startOf(r *history.Recording) *historypb.WorkflowExecutionStartedEventAttributes {
	return r.History.GetEvents()[0].GetWorkflowExecutionStartedEventAttributes()
}

// withEvents adds events, with IDs and the time of the first.
func withEvents(events ...*historypb.HistoryEvent) func(*history.Recording) {
	return func(r *history.Recording) {
		for _, e := range events {
			e.EventId, e.EventTime = int64(len(r.History.Events))+1, r.History.Events[0].EventTime
			r.History.Events = append(r.History.Events, e)
		}
	}
}

// Events of executions that no Worker has got anywhere with.

func taskScheduledEvent() *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskScheduledEventAttributes{WorkflowTaskScheduledEventAttributes: &historypb.WorkflowTaskScheduledEventAttributes{}}}
}

func taskStartedEvent(scheduled int64) *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskStartedEventAttributes{WorkflowTaskStartedEventAttributes: &historypb.WorkflowTaskStartedEventAttributes{ScheduledEventId: scheduled}}}
}

func taskFailedEvent(scheduled int64) *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_FAILED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskFailedEventAttributes{WorkflowTaskFailedEventAttributes: &historypb.WorkflowTaskFailedEventAttributes{
			ScheduledEventId: scheduled, StartedEventId: scheduled + 1,
			Cause:   enumspb.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE,
			Failure: &failurepb.Failure{Message: "boom", Source: "GoSDK"}}}}
}

func taskTimedOutEvent(scheduled int64) *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
		Attributes: &historypb.HistoryEvent_WorkflowTaskTimedOutEventAttributes{WorkflowTaskTimedOutEventAttributes: &historypb.WorkflowTaskTimedOutEventAttributes{
			ScheduledEventId: scheduled, StartedEventId: scheduled + 1}}}
}

func signaledEvent(name string) *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionSignaledEventAttributes{WorkflowExecutionSignaledEventAttributes: &historypb.WorkflowExecutionSignaledEventAttributes{SignalName: name}}}
}

func cancelRequestedEvent() *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionCancelRequestedEventAttributes{WorkflowExecutionCancelRequestedEventAttributes: &historypb.WorkflowExecutionCancelRequestedEventAttributes{}}}
}

func terminatedEvent() *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionTerminatedEventAttributes{WorkflowExecutionTerminatedEventAttributes: &historypb.WorkflowExecutionTerminatedEventAttributes{}}}
}

type priceInCents struct{ Cents int }

const failedForGood = "live its next Workflow Task fails the execution, for good: let the new type read " +
	"what the old one wrote, or register the new code under another workflow type"

// TestUnstartedInput tries the input of executions that have not begun in a first
// Workflow Task that is made up.
func TestUnstartedInput(t *testing.T) {
	t.Parallel()
	const begins = "no Workflow Task has completed; the code can begin it, and that proves nothing"
	takesString := func(workflow.Context, string) error { return nil }
	takesCents := func(workflow.Context, priceInCents) error { return nil }
	unreadable := `the input is "order-1", which does not decode into replay_test.priceInCents; ` + failedForGood
	for _, tt := range []struct {
		name   string
		change func(*history.Recording)
		code   any
		opts   worker.WorkflowReplayerOptions
		want   replay.Verdict
		detail string
		why    string
	}{
		{"the same function", unchangedStart, takesString, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins,
			"it can begin"},
		{"other type", unchangedStart, takesCents, worker.WorkflowReplayerOptions{}, replay.Undecodable, unreadable,
			"it is Failed by the first Worker that gets it"},
		{"second of two", withInput("order-1", "much"), func(workflow.Context, string, int) error { return nil },
			worker.WorkflowReplayerOptions{}, replay.Undecodable,
			`argument 2 of the input is "much", which does not decode into int; ` + failedForGood,
			"the argument is named"},
		{"no input", func(r *history.Recording) { startOf(r).Input = nil }, takesCents,
			worker.WorkflowReplayerOptions{}, replay.Unstarted, begins,
			"the SDK gives zero values"},
		{"nil", withInput(nil), takesCents, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins,
			"nil is read as the zero value"},
		{"fewer arguments", unchangedStart, func(workflow.Context, string, priceInCents) error { return nil },
			worker.WorkflowReplayerOptions{}, replay.Unstarted, begins,
			"the SDK gives zero values for what is missing"},
		{"more arguments", unchangedStart, func(workflow.Context) error { return nil },
			worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "the SDK drops them"},
		{"encrypted", func(r *history.Recording) {
			startOf(r).Input.Payloads[0].Metadata["encoding"] = []byte("binary/encrypted")
		}, takesString,
			worker.WorkflowReplayerOptions{}, replay.Undecodable,
			`the input has the encoding "binary/encrypted", which the data converter of this replay does not know; ` +
				"if that of your Workers does not either, its next Workflow Task fails the execution, for " +
				"good: give this replay the data converter of your Workers, with its payload codec",
			"the code is not to blame"},
		{"decoder of the user's", unchangedStart, takesCents,
			worker.WorkflowReplayerOptions{DataConverter: lenientConverter{converter.GetDefaultDataConverter()}},
			replay.Unstarted, begins,
			"the data converter of the replay decides"},
		{"continued as new", func(r *history.Recording) {
			startOf(r).ContinuedExecutionRunId = "x"
			startOf(r).LastCompletionResult = startOf(r).Input
		}, takesCents, worker.WorkflowReplayerOptions{}, replay.Undecodable, unreadable,
			"the next run is to blame for nothing, and fails all the same"},
		{"delayed by cron", func(r *history.Recording) {
			startOf(r).CronSchedule, startOf(r).FirstWorkflowTaskBackoff = "@hourly", durationpb.New(time.Hour)
		}, takesString, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "it waits for its hour"},
		{"signals came", withEvents(taskScheduledEvent(), signaledEvent("a"), signaledEvent("b")),
			func(ctx workflow.Context, _ string) error {
				for _, name := range []string{"a", "b", "c"} {
					workflow.GetSignalChannel(ctx, name).Receive(ctx, nil)
				}
				return nil
			}, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "they lie there"},
		{"cancelled before", withEvents(taskScheduledEvent(), cancelRequestedEvent()),
			func(ctx workflow.Context, _ string) error {
				return workflow.Sleep(ctx, time.Hour)
			}, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "the code can begin, and end at once"},
		{"attempts", withEvents(taskScheduledEvent(), taskStartedEvent(2), taskFailedEvent(2), taskScheduledEvent(),
			taskStartedEvent(5), taskTimedOutEvent(5), taskScheduledEvent(), taskStartedEvent(8)), takesString,
			worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "other code has failed"},
		{"attempts, other type",
			withEvents(taskScheduledEvent(), taskStartedEvent(2), taskFailedEvent(2), taskScheduledEvent()), takesCents,
			worker.WorkflowReplayerOptions{},
			replay.Undecodable, unreadable, "the next attempt ends it"},
		{"terminated", withEvents(taskScheduledEvent(), terminatedEvent()), takesString,
			worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "nothing has run"},
		{"terminated, other type", withEvents(taskScheduledEvent(), taskStartedEvent(2), terminatedEvent()), takesCents,
			worker.WorkflowReplayerOptions{}, replay.Undecodable, unreadable,
			"it stands for those that are open"},

		{"fails at once", unchangedStart, func(workflow.Context, string) error { return errors.New("no") },
			worker.WorkflowReplayerOptions{}, replay.Unstarted, begins,
			"that is what the code does"},
		{"panics", unchangedStart, func(_ workflow.Context, s string) error { return []error{}[len(s)] },
			worker.WorkflowReplayerOptions{}, replay.Panic,
			"in its first Workflow Task, which no Worker has completed yet: workflow code panics: runtime error: " +
				"index out of range [7] with length 0", "a Worker fails there too"},
		{"panics on an old branch", unchangedStart, func(ctx workflow.Context, s string) error {
			if workflow.GetVersion(ctx, "x", workflow.DefaultVersion, 1) == workflow.DefaultVersion {
				panic("gone")
			}
			return nil
		}, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "a Worker takes version 1"},
		{"no old branch", unchangedStart, func(ctx workflow.Context, s string) error {
			workflow.GetVersion(ctx, "x", 1, 2)
			return nil
		}, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "a Worker takes version 2"},
		{"all kinds of calls", unchangedStart, func(ctx workflow.Context, s string) error {
			ran := func(context.Context) error { panic("a local activity runs") }
			workflow.Go(ctx, func(ctx workflow.Context) {
				_ = workflow.ExecuteLocalActivity(workflow.WithLocalActivityOptions(ctx,
					workflow.LocalActivityOptions{StartToCloseTimeout: time.Second}), ran).Get(ctx, nil)
			})
			_ = workflow.ExecuteActivity(ao(ctx), A, s).Get(ctx, nil)
			return nil
		}, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "no local activity runs"},
		{"side effect", unchangedStart, func(ctx workflow.Context, s string) error {
			workflow.SideEffect(ctx, func(workflow.Context) any { panic("a side effect runs") })
			return nil
		}, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "its function does not run"},
		{"mutable side effect", unchangedStart, func(ctx workflow.Context, s string) error {
			workflow.MutableSideEffect(ctx, "x", func(workflow.Context) any { panic("a side effect runs") },
				func(a, b any) bool { return a == b })
			return nil
		}, worker.WorkflowReplayerOptions{}, replay.Unstarted, begins, "its function does not run"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			for _, level := range []compare.Level{compare.Commands, compare.Values} {
				r := fault(t, "unstarted-input-type")
				tt.change(r)
				got := replay.Judge(t.Context(), running(r, "now", tt.code), r,
					&replay.Options{Config: replay.Config{Worker: tt.opts, Level: level}})
				require.Equal(t, tt.want, got.Verdict, "%s: %s", tt.why, advice.Line(got))
				require.Equal(t, tt.detail, advice.Line(got), tt.why)
				if got.Verdict.Incompatible() {
					require.Equal(t, int64(1), got.Place.Event)
					require.Error(t, got.SDKErr)
				}
			}
		})
	}
}

// lenientConverter reads a text where Cents are wanted.
type lenientConverter struct{ converter.DataConverter }

func (l lenientConverter) FromPayloads(payloads *commonpb.Payloads, into ...any) error {
	for i, p := range payloads.GetPayloads() {
		var text string
		if into, ok := into[i].(*priceInCents); ok && json.Unmarshal(p.GetData(), &text) == nil {
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
			var c priceInCents
			return args.Get(&c)
		}, workflow.DynamicRegisterOptions{})
	}
	got := replay.Judge(t.Context(), stage, r, nil)
	require.Equal(t, replay.Unstarted, got.Verdict,
		"it was begun, and what it makes of the input is its own business: %s", advice.Line(got))
}

// TestUnstartedDeadlock is about code that blocks its thread in the first Workflow Task,
// and names the line.
func TestUnstartedDeadlock(t *testing.T) {
	t.Parallel()
	r := fault(t, "unstarted-input-type")
	blocked := make(chan struct{})
	defer close(blocked)
	got := replay.Judge(t.Context(), running(r, "now", func(workflow.Context, string) error {
		<-blocked
		return nil
	}), r, nil)
	require.Equal(t, replay.Panic, got.Verdict, advice.Line(got))
	require.Equal(t, "in its first Workflow Task, which no Worker has completed yet: "+
		"the workflow code blocks for over a second, unseen by the SDK: wait with workflow.Channel, Await or Sleep, not with Go's own",
		advice.Line(got))
	require.Contains(t, got.Place.Source, "unstarted_test.go:")
}

// TestUnstartedIsNotChanged judges one execution that has not begun by many goroutines,
// and leaves its events as they are.
func TestUnstartedIsNotChanged(t *testing.T) {
	t.Parallel()
	r := fault(t, "unstarted-input-type")
	withEvents(taskScheduledEvent(), signaledEvent("a"))(r)
	before := proto.CloneOf(r.History)
	code := func(ctx workflow.Context, s string) error {
		if err := workflow.UpsertMemo(ctx, map[string]any{"a": s}); err != nil {
			return err
		}
		return workflow.UpsertTypedSearchAttributes(ctx,
			temporal.NewSearchAttributeKeyKeyword("CustomKeywordField").ValueSet(s))
	}
	var judging sync.WaitGroup
	for range 8 {
		judging.Go(func() {
			if got := replay.Judge(t.Context(), running(r, "now", code), r, nil); got.Verdict != replay.Unstarted {
				t.Errorf("got %s: %s", got.Verdict, advice.Line(got))
			}
		})
	}
	judging.Wait()
	requireUnchanged(t, before, r.History)
}
