package replay_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestPlaceBefore is about what the SDK does not compare, before the place at which it rejects the
// replay, if it rejects it at all: history and code part there.
func TestPlaceBefore(t *testing.T) {
	t.Parallel()
	type place struct {
		Verdict replay.Verdict
		Kind    cause.Kind
		Event   int64
		Line    string
	}
	named := func(ctx workflow.Context, name string) workflow.Context {
		return workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{
			WorkflowID: workflow.GetInfo(ctx).WorkflowExecution.ID + name})
	}
	ends := func(ctx workflow.Context) error {
		workflow.GetSignalChannel(ctx, "end").Receive(ctx, nil)
		return nil
	}
	equal := func(a, b any) bool { return a == b }
	one := func(workflow.Context) any { return 1 }
	// A marker before it is in the IDs of all later commands, but of those that the code names.
	idOfTimer := func(r *history.Recording) {
		for _, e := range r.History.Events {
			if a := e.GetTimerStartedEventAttributes(); a != nil {
				a.TimerId = "5"
			} else if a := e.GetTimerFiredEventAttributes(); a != nil {
				a.TimerId = "5"
			}
		}
	}
	fails := func(r *history.Recording) { // the SDK does not compare how that ends
		last := r.History.Events[len(r.History.Events)-1]
		last.EventType = enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED
		last.Attributes = &historypb.HistoryEvent_WorkflowExecutionFailedEventAttributes{
			WorkflowExecutionFailedEventAttributes: &historypb.WorkflowExecutionFailedEventAttributes{},
		}
	}
	for _, tt := range []struct {
		name, recording string
		change          func(*history.Recording)
		code            func(ctx workflow.Context, _ string) error
		want            place
		why             string
	}{
		{"another option", "testdata/histories/edits/base.children-open", nil, func(ctx workflow.Context, _ string) error {
			left := workflow.WithChildOptions(named(ctx, "-left"), workflow.ChildWorkflowOptions{
				WorkflowID:        workflow.GetInfo(ctx).WorkflowExecution.ID + "-left",
				ParentClosePolicy: enumspb.PARENT_CLOSE_POLICY_ABANDON,
			})
			child := workflow.ExecuteChildWorkflow(left, "Parcel", "books") // another option
			return child.GetChildWorkflowExecution().Get(ctx, nil)
		}, place{replay.Nondeterministic, cause.OptionsChanged, 5, "another option"},
			"the SDK compares no options, and misses the second child, which comes after it"},
		{"another value of what is cancelled", "testdata/histories/edits/base.reminder-open", nil, func(ctx workflow.Context, _ string) error {
			scope, cancel := workflow.WithCancel(ctx)
			workflow.NewTimer(scope, 24*time.Hour) // another value
			_ = workflow.ExecuteActivity(withActivity(ctx), "Charge", 100).Get(ctx, nil)
			cancel()
			return ends(ctx)
		}, place{replay.Nondeterministic, cause.ValuesChanged, 5, "another value"}, "it has another duration when it starts"},
		{"earlier", "histories/runtimechecks/child-options/other-id.open", nil, func(ctx workflow.Context, _ string) error {
			charged := workflow.ExecuteActivity(withActivity(ctx), "Charge", 100)
			child := workflow.ExecuteChildWorkflow(named(ctx, "/shipping"), "Ship", "Main Street") // earlier
			_ = charged.Get(ctx, nil)
			_ = child.Get(ctx, nil)
			return ends(ctx)
		}, place{replay.Drift, cause.CallsMadeParallel, 4, "earlier"}, "its Workflow Task is no option of a call"},
		{"earlier, and another call later", "histories/runtimechecks/child-options/other-id.open", nil, func(ctx workflow.Context, _ string) error {
			charged := workflow.ExecuteActivity(withActivity(ctx), "Charge", 100)
			child := workflow.ExecuteChildWorkflow(named(ctx, "/shipping"), "Ship", "Main Street") // earlier
			_ = charged.Get(ctx, nil)
			workflow.NewTimer(ctx, time.Hour)
			_ = child.Get(ctx, nil)
			return ends(ctx)
		}, place{replay.Nondeterministic, cause.CallsMadeParallel, 4, "earlier"}, "what comes later is rejected, and not the first that differs"},
		{"another value, where nothing moves", "histories/runtimechecks/child-options/other-id.open", nil, func(ctx workflow.Context, _ string) error {
			_ = workflow.ExecuteActivity(withActivity(ctx), "Charge", 200).Get(ctx, nil) // another amount
			child := workflow.ExecuteChildWorkflow(named(ctx, "/shipping"), "Ship", "Main Street")
			_ = child.Get(ctx, nil)
			return ends(ctx)
		}, place{replay.Drift, cause.ValuesChanged, 5, "another amount"}, "nothing is in another Workflow Task"},
		{"a marker later", "testdata/histories/mistakes/base.mutable-side-effect", idOfTimer, func(ctx workflow.Context, _ string) error {
			err := workflow.Sleep(ctx, time.Millisecond) // sleeps first
			workflow.MutableSideEffect(ctx, "limit", one, equal)
			return err
		}, place{replay.Drift, cause.CallMoved, 5, "sleeps first"}, "a marker does not wait, and comes later all the same"},
		{"before a version that the range leaves out", "testdata/histories/edits/base.timers-open", nil, func(ctx workflow.Context, _ string) error {
			first := workflow.NewTimer(ctx, time.Millisecond)
			workflow.NewTimer(ctx, 48*time.Hour)
			_ = workflow.UpsertMemo(ctx, map[string]any{"timers": 2}) // the memo
			_ = first.Get(ctx, nil)
			workflow.GetVersion(ctx, "charge", 1, 2)
			return workflow.ExecuteActivity(withActivity(ctx), "Charge", 100).Get(ctx, nil)
		}, place{replay.Nondeterministic, cause.CallAdded, 4, "the memo"}, "no GetVersion mends a call that comes before it"},
		{"before another end", "histories/runtimechecks/child-options/other-id.closed", fails, func(ctx workflow.Context, _ string) error {
			_ = workflow.ExecuteActivity(withActivity(ctx), "Charge", 200).Get(ctx, nil) // another amount
			_ = workflow.ExecuteChildWorkflow(named(ctx, "/shipping"), "Ship", "Main Street").Get(ctx, nil)
			workflow.GetSignalChannel(ctx, "finish").Receive(ctx, nil)
			return ends(ctx)
		}, place{replay.Nondeterministic, cause.ValuesChanged, 5, "another amount"}, "that the code goes on comes after it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			result := judgedChanged(t, "../../"+tt.recording, tt.change, tt.code)
			if ends := result.Cause.Parting.Ends; tt.name == "before another end" {
				require.Equal(t, "WorkflowExecutionFailed", ends.Recorded.Type, "the end that differs is said as well")
			}
			got := place{result.Verdict, result.Cause.Kind, result.Place.Event, markedLine(t, result.Place)}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s; %s (-want +got):\n%s", tt.why, result.Cause, diff)
			}
		})
	}
}

// judgedChanged judges a recording with a change, nil for none, by the code.
func judgedChanged(
	t *testing.T, file string, change func(*history.Recording), code any,
) replay.Result {
	t.Helper()
	r, err := history.ReadFile(os.DirFS(filepath.Dir(file)), filepath.Base(file)+".json")
	require.NoError(t, err)
	if change != nil {
		change(r)
	}
	return replay.Judge(t.Context(), running(r, "now", code), r, &replay.Options{Explain: true})
}
