package replay_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/testdata/mistakes"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestOriginalIDs is about code that uses the IDs of its own execution. Each
// recording holds what such code would have recorded under its original IDs; the
// same recording with other IDs shows that the code does depend on them.
func TestOriginalIDs(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		stage versioning.Stage
		with  func(testing.TB) *history.Recording
		why   string
	}{
		{"activity ID from the workflow ID", stageOf(patching.WorkflowType, activityIDOf(workflowID)),
			func(t testing.TB) *history.Recording { return activityRecording(t, workflowID) },
			"a common way to make activities idempotent"},
		{"activity ID from the run ID", stageOf(patching.WorkflowType, activityIDOf(runID)),
			func(t testing.TB) *history.Recording { return activityRecording(t, runID) },
			"a run ID is new with each retry"},
		{"child ID from the workflow ID", stageOf(mistakes.WorkflowType, childOf), childRecording,
			"the child of order-7 is payment-order-7"},
		{"branch on the workflow ID", stageOf(patching.WorkflowType, canary),
			func(t testing.TB) *history.Recording {
				return recording(t, "patching/patch-complete.completed")
			}, "a canary by ID"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			r := tt.with(t)
			got := replay.Judge(t.Context(), tt.stage, r, nil)
			require.Equal(t, replay.Safe, got.Verdict, "%s: %s", tt.why, advice.Line(got))

			r.WorkflowID, r.RunID = "another-workflow", "another-run"
			got = replay.Judge(t.Context(), tt.stage, r, nil)
			require.Equal(t, replay.Nondeterministic, got.Verdict, "the test is blind: other IDs made no difference")
		})
	}
}

func workflowID(e workflow.Execution) string { return e.ID }
func runID(e workflow.Execution) string      { return e.RunID }

func activityIDOf(id func(workflow.Execution) string) func(workflow.Context) (string, error) {
	return func(ctx workflow.Context) (result string, err error) {
		ctx = workflow.WithActivityOptions(withActivity(ctx), workflow.ActivityOptions{
			StartToCloseTimeout: 60e9,
			ActivityID:          "charge-" + id(workflow.GetInfo(ctx).WorkflowExecution),
		})
		err = workflow.ExecuteActivity(ctx, patching.PrePatchActivity).Get(ctx, &result)
		return result, err
	}
}

func activityRecording(t testing.TB, id func(workflow.Execution) string) *history.Recording {
	r := recording(t, "patching/initial.completed")
	for _, e := range r.History.Events {
		if scheduled := e.GetActivityTaskScheduledEventAttributes(); scheduled != nil {
			scheduled.ActivityId = "charge-" + id(workflow.Execution{ID: r.WorkflowID, RunID: r.RunID})
		}
	}
	return r
}

func childOf(ctx workflow.Context, _ string) error {
	ctx = workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{
		WorkflowID: "payment-" + workflow.GetInfo(ctx).WorkflowExecution.ID,
	})
	if err := workflow.ExecuteChildWorkflow(ctx, mistakes.Child).Get(ctx, nil); err != nil {
		return err
	}
	return workflow.Sleep(ctx, 1e9)
}

func childRecording(t testing.TB) *history.Recording {
	r := recording(t, "mistakes/base.child")
	rename := func(child *commonpb.WorkflowExecution) {
		if child != nil {
			child.WorkflowId = "payment-" + r.WorkflowID
		}
	}
	for _, e := range r.History.Events {
		if initiated := e.GetStartChildWorkflowExecutionInitiatedEventAttributes(); initiated != nil {
			initiated.WorkflowId = "payment-" + r.WorkflowID
		}
		rename(e.GetChildWorkflowExecutionStartedEventAttributes().GetWorkflowExecution())
		rename(e.GetChildWorkflowExecutionCompletedEventAttributes().GetWorkflowExecution())
	}
	return r
}

// canary runs the new code for one execution only.
func canary(ctx workflow.Context) (string, error) {
	if workflow.GetInfo(ctx).WorkflowExecution.ID == "patching/patch-complete.completed" {
		return patching.PatchComplete(ctx)
	}
	return patching.Initial(ctx)
}
