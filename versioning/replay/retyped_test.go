package replay_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestRetyped holds what is called the same call by another function of the SDK: both run something in
// the Workers of the namespace, under one name or with one input, or both leave a value in a marker.
func TestRetyped(t *testing.T) {
	t.Parallel()
	local := func(name string, args ...any) func(workflow.Context) {
		return func(ctx workflow.Context) {
			ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Minute})
			_ = workflow.ExecuteLocalActivity(ctx, name, args...).Get(ctx, nil)
		}
	}
	child := func(name string, args ...any) func(workflow.Context) {
		return func(ctx workflow.Context) { _ = workflow.ExecuteChildWorkflow(ctx, name, args...).Get(ctx, nil) }
	}
	for _, tt := range []struct {
		name, recording string
		input           any
		code            func(workflow.Context)
		want            cause.Kind
		why             string
	}{
		{"the same name", "discount", 100, local("Charge", 200), cause.CallRetyped, "it runs what it ran"},
		{"a child of the same name", "discount", 100, child("Charge"), cause.CallRetyped, "it runs what it ran"},
		{"a local activity with the same input", "discount", 100, local("Bill", 100), cause.CallReplaced,
			"no history has the input of a local activity, and none is compared"},
		{"a child with the same input", "discount", 100, child("Bill", 100), cause.CallRetyped, "it gets what it got"},
		{"another name and input", "discount", 100, local("Bill", 200), cause.CallReplaced, "nothing is the same"},
		{"an input that says nothing", "discount", "", child("Bill", ""), cause.CallReplaced,
			"anything may get an empty text"},
		{"zero", "discount", 0, child("Bill", 0), cause.CallReplaced, "anything may get a zero"},
		{"an operation with the same input", "discount", 100, func(ctx workflow.Context) {
			client := workflow.NewNexusClient("payments", "orders")
			_ = client.ExecuteOperation(ctx, "bill", 100, workflow.NexusOperationOptions{}).Get(ctx, nil)
		}, cause.CallReplaced, "it runs elsewhere, and what it does is another's"},
		{"an operation of the same name", "discount", 100, func(ctx workflow.Context) {
			client := workflow.NewNexusClient("payments", "orders")
			_ = client.ExecuteOperation(ctx, "Charge", 100, workflow.NexusOperationOptions{}).Get(ctx, nil)
		}, cause.CallReplaced, "it runs elsewhere, and what it does is another's"},
		{"a side effect", "discount", 100, func(ctx workflow.Context) {
			workflow.SideEffect(ctx, func(workflow.Context) any { return 100 })
		}, cause.CallReplaced, "an activity does more than give a value"},
		{"a value of another function", "draw", nil, local("Anything", 1), cause.CallRetyped,
			"both leave a value in a marker"},
	} {
		r := edited(t, "base."+tt.recording+"-open")
		for _, e := range r.History.Events {
			if a := e.GetActivityTaskScheduledEventAttributes(); a != nil && tt.input != nil {
				var err error
				a.Input, err = converter.GetDefaultDataConverter().ToPayloads(tt.input)
				require.NoError(t, err)
			}
		}
		stage := stageOf(r.WorkflowType(), func(ctx workflow.Context, _ string) error {
			_ = workflow.SetUpdateHandler(ctx, "discount", func(workflow.Context, int) (int, error) { return 0, nil })
			tt.code(ctx)
			workflow.GetSignalChannel(ctx, "finish").Receive(ctx, nil)
			return nil
		})
		got := replay.Judge(t.Context(), stage, r, nil)
		require.Equal(t, tt.want, got.Cause.Kind, "%s: %s: %s", tt.name, tt.why, got.Cause)
	}
}
