package runtimechecks

import "go.temporal.io/sdk/workflow"

// SignalChild changes calls of SignalChildWorkflow, which is a signal to another
// workflow that must be a child.
var SignalChild = catalogue("signal-child", "SignalChildWorkflow",
	"Calls of SignalChildWorkflow are added, removed, reordered, and made with other values.",
	stage{"base", "Starts to ship, charges, tells the courier about the payment.", func(ctx workflow.Context) string {
		shipping := workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street")
		began := started(ctx, "shipping", shipping)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		told := outcome(ctx, shipping.SignalChildWorkflow(ctx, "paid", 100))
		return began + ", " + charged + told
	}},
	stage{"added", "Tells the courier to hurry, too.", func(ctx workflow.Context) string {
		shipping := workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street")
		began := started(ctx, "shipping", shipping)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		told := outcome(ctx, shipping.SignalChildWorkflow(ctx, "paid", 100))
		hurried := outcome(ctx, shipping.SignalChildWorkflow(ctx, "hurry", nil))
		return began + ", " + charged + told + hurried
	}},
	stage{"removed", "Does not tell the courier any more.", func(ctx workflow.Context) string {
		shipping := workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street")
		began := started(ctx, "shipping", shipping)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return began + ", " + charged
	}},
	stage{"reordered-other-kind", "Tells the courier before it charges.", func(ctx workflow.Context) string {
		shipping := workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street")
		began := started(ctx, "shipping", shipping)
		told := outcome(ctx, shipping.SignalChildWorkflow(ctx, "paid", 100))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return began + ", " + charged + told
	}},
	stage{"other-input", "Tells the courier another amount.", func(ctx workflow.Context) string {
		shipping := workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street")
		began := started(ctx, "shipping", shipping)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		told := outcome(ctx, shipping.SignalChildWorkflow(ctx, "paid", 200))
		return began + ", " + charged + told
	}},
	stage{"other-signal", "Sends the courier another signal.", func(ctx workflow.Context) string {
		shipping := workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street")
		began := started(ctx, "shipping", shipping)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		told := outcome(ctx, shipping.SignalChildWorkflow(ctx, "charged", 100))
		return began + ", " + charged + told
	}},
	stage{"not-as-child", "Signals the courier as if it were no child.", func(ctx workflow.Context) string {
		shipping := workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street")
		began := started(ctx, "shipping", shipping)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		told := outcome(ctx, workflow.SignalExternalWorkflow(ctx, idOf(ctx, shipping), "", "paid", 100))
		return began + ", " + charged + told
	}},
)

// idOf returns the Workflow ID of a child that has started.
func idOf(ctx workflow.Context, child workflow.ChildWorkflowFuture) string {
	var execution workflow.Execution
	if err := child.GetChildWorkflowExecution().Get(ctx, &execution); err != nil {
		return err.Error()
	}
	return execution.ID
}
