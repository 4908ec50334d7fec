package runtimechecks

import "go.temporal.io/sdk/workflow"

// ChildWorkflow changes calls of ExecuteChildWorkflow. The parent waits until a
// child has started, and not until it has closed: whether that comes before or
// after the parent's next workflow task differs from one execution to the other.
var ChildWorkflow = catalogue("child-workflow", "ExecuteChildWorkflow",
	"Calls of ExecuteChildWorkflow are added, removed, reordered, and made with other values.",
	stage{"base", "Starts to pack, charges, starts to ship.", func(ctx workflow.Context) string {
		workflow.ExecuteChildWorkflow(ctx, Pack, "a book").GetChildWorkflowExecution().Get(ctx, nil)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street").GetChildWorkflowExecution().Get(ctx, nil)
		return charged + ", packing, shipping"
	}},
	stage{"added", "Starts to insure at the end.", func(ctx workflow.Context) string {
		workflow.ExecuteChildWorkflow(ctx, Pack, "a book").GetChildWorkflowExecution().Get(ctx, nil)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street").GetChildWorkflowExecution().Get(ctx, nil)
		workflow.ExecuteChildWorkflow(ctx, Insure, 100).GetChildWorkflowExecution().Get(ctx, nil)
		return charged + ", packing, shipping, insured"
	}},
	stage{"added-not-awaited", "Has the order insured at the end, and does not wait for it.", func(ctx workflow.Context) string {
		workflow.ExecuteChildWorkflow(ctx, Pack, "a book").GetChildWorkflowExecution().Get(ctx, nil)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street").GetChildWorkflowExecution().Get(ctx, nil)
		workflow.ExecuteChildWorkflow(ctx, Insure, 100)
		return charged + ", packing, shipping, insured"
	}},
	stage{"removed", "Does not ship any more.", func(ctx workflow.Context) string {
		workflow.ExecuteChildWorkflow(ctx, Pack, "a book").GetChildWorkflowExecution().Get(ctx, nil)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged + ", packing"
	}},
	stage{"reordered-other-kind", "Starts to ship before it charges.", func(ctx workflow.Context) string {
		workflow.ExecuteChildWorkflow(ctx, Pack, "a book").GetChildWorkflowExecution().Get(ctx, nil)
		workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street").GetChildWorkflowExecution().Get(ctx, nil)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged + ", packing, shipping"
	}},
	stage{"reordered-own-kind", "Starts to ship first and to pack last.", func(ctx workflow.Context) string {
		workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street").GetChildWorkflowExecution().Get(ctx, nil)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.ExecuteChildWorkflow(ctx, Pack, "a book").GetChildWorkflowExecution().Get(ctx, nil)
		return charged + ", shipping, packing"
	}},
	stage{"other-input", "Ships to another address.", func(ctx workflow.Context) string {
		workflow.ExecuteChildWorkflow(ctx, Pack, "a book").GetChildWorkflowExecution().Get(ctx, nil)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.ExecuteChildWorkflow(ctx, Ship, "Station Road").GetChildWorkflowExecution().Get(ctx, nil)
		return charged + ", packing, shipping"
	}},
	stage{"other-package", "Ships with another Child Workflow, of the type courier.Ship.", func(ctx workflow.Context) string {
		workflow.ExecuteChildWorkflow(ctx, Pack, "a book").GetChildWorkflowExecution().Get(ctx, nil)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.ExecuteChildWorkflow(ctx, courierShip, "Main Street").GetChildWorkflowExecution().Get(ctx, nil)
		return charged + ", packing, shipping"
	}},
)
