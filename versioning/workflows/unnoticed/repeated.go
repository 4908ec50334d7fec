package unnoticed

import (
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// RepeatedActivity ends a workflow in the Workflow Task in which it schedules an
// activity, so that a live Worker schedules it again.
var RepeatedActivity = catalogue("repeated-activity", "RepeatedActivity",
	"A workflow that schedules an activity and waits for it does not wait any more.",
	[]versioning.Scenario{
		{
			Name: "shipping", Doc: "Left open with its activity scheduled and no Worker to run it.",
			Activities: versioning.NoActivities,
			Plan:       versioning.Observed{Stages: []string{"base", "returns-once-shipped"}},
		},
		{
			Name: "shipped", Doc: "Its activity has completed; left open, waiting to be delivered.",
			Plan: versioning.Observed{Stages: []string{"base"}, Drive: until("shipped"), Finish: deliver},
		},
		{
			Name: "ended", Doc: "Shipped and delivered, as far as the stage goes.",
			Plan: versioning.EachStage{Drive: versioning.InOrder(later, deliver)},
		},
	},
	stage{name: "base", doc: "Ships and waits to be delivered.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, "a book"))
		waitFor(ctx, "delivered")
		return *state, nil
	}},
	stage{name: "returns-once-shipped", doc: "Completes once it is shipped.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, "a book"))
		return *state, nil
	}},
	stage{name: "does-not-wait", doc: "Has it shipped, and completes without waiting for that.", workflow: func(ctx workflow.Context) (string, error) {
		answering(ctx)
		workflow.ExecuteActivity(withActivities(ctx), Ship, "a book")
		return "to be shipped", nil
	}},
)

// RepeatedTimer is RepeatedActivity for a timer.
var RepeatedTimer = catalogue("repeated-timer", "RepeatedTimer",
	"A workflow that starts a timer and waits for it or a signal does not wait any more.",
	[]versioning.Scenario{
		{
			Name: "running", Doc: "Left open with its timer running, waiting to be delivered.",
			Plan: versioning.Observed{Stages: []string{"base"}, Finish: deliver},
		},
		{
			Name: "ended", Doc: "Delivered, as far as the stage waits for it.",
			Plan: versioning.EachStage{Drive: versioning.InOrder(later, deliver)},
		},
	},
	stage{name: "base", doc: "Waits a day to be delivered.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		workflow.NewSelector(ctx).
			AddFuture(workflow.NewTimer(ctx, day), func(workflow.Future) { *state = "lost" }).
			AddReceive(workflow.GetSignalChannel(ctx, "delivered"), func(workflow.ReceiveChannel, bool) { *state = "delivered" }).
			Select(ctx)
		return *state, nil
	}},
	stage{name: "does-not-wait", doc: "Starts the timer and completes.", workflow: func(ctx workflow.Context) (string, error) {
		answering(ctx)
		workflow.NewTimer(ctx, day)
		return "to be delivered", nil
	}},
)

// RepeatedChild is RepeatedActivity for a Child Workflow that goes on when its
// parent closes.
var RepeatedChild = catalogue("repeated-child", "RepeatedChild",
	"A workflow that starts a Child Workflow and waits for it does not wait any more.",
	[]versioning.Scenario{
		{
			Name: "packing", Doc: "Left open, waiting for its Child Workflow, which is open.",
			Plan: versioning.Observed{Stages: []string{"base"}, Drive: until("packing"), Finish: deliver},
		},
		{
			Name: "ended", Doc: "Delivered, as far as the stage waits for it.",
			Plan: versioning.EachStage{Drive: versioning.InOrder(later, deliver)},
		},
	},
	stage{name: "base", doc: "Starts to pack and waits to be delivered.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		packing := workflow.ExecuteChildWorkflow(abandoned(ctx), Pack, "a book")
		if err := packing.GetChildWorkflowExecution().Get(ctx, nil); err != nil {
			return "", err
		}
		*state = "packing"
		waitFor(ctx, "delivered")
		return *state, nil
	}},
	stage{name: "returns-once-packing", doc: "Completes once the Child Workflow has started.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		packing := workflow.ExecuteChildWorkflow(abandoned(ctx), Pack, "a book")
		if err := packing.GetChildWorkflowExecution().Get(ctx, nil); err != nil {
			return "", err
		}
		*state = "packing"
		return *state, nil
	}},
	stage{name: "does-not-wait", doc: "Has the Child Workflow started, and completes without waiting for that.", workflow: func(ctx workflow.Context) (string, error) {
		answering(ctx)
		workflow.ExecuteChildWorkflow(abandoned(ctx), Pack, "a book")
		return "to be packed", nil
	}},
)

func abandoned(ctx workflow.Context) workflow.Context {
	return workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{
		ParentClosePolicy:  enumspb.PARENT_CLOSE_POLICY_ABANDON,
		WorkflowRunTimeout: time.Minute, // nobody ends it where it is recorded
	})
}
