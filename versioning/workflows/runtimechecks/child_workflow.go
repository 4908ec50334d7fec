package runtimechecks

import "go.temporal.io/sdk/workflow"

// ChildWorkflow changes calls of ExecuteChildWorkflow. The parent waits until a
// child has started, and not until it has closed: whether that comes before or
// after the parent's next workflow task differs from one execution to the other.
var ChildWorkflow = catalogue("child-workflow", "ExecuteChildWorkflow",
	"Calls of ExecuteChildWorkflow are added, removed, reordered, and made with other values.",
	stage{"base", "Starts to pack, charges, starts to ship.", func(ctx workflow.Context) string {
		packing := started(ctx, "packing", workflow.ExecuteChildWorkflow(ctx, Pack, "a book"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street"))
		return charged + ", " + packing + ", " + shipping
	}},
	stage{"added", "Starts to insure at the end.", func(ctx workflow.Context) string {
		packing := started(ctx, "packing", workflow.ExecuteChildWorkflow(ctx, Pack, "a book"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street"))
		insured := started(ctx, "insured", workflow.ExecuteChildWorkflow(ctx, Insure, 100))
		return charged + ", " + packing + ", " + shipping + ", " + insured
	}},
	stage{"added-not-awaited", "Has the order insured at the end, and does not wait for it.", func(ctx workflow.Context) string {
		packing := started(ctx, "packing", workflow.ExecuteChildWorkflow(ctx, Pack, "a book"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street"))
		workflow.ExecuteChildWorkflow(ctx, Insure, 100)
		return charged + ", " + packing + ", " + shipping + ", insured"
	}},
	stage{"removed", "Does not ship any more.", func(ctx workflow.Context) string {
		packing := started(ctx, "packing", workflow.ExecuteChildWorkflow(ctx, Pack, "a book"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged + ", " + packing
	}},
	stage{"reordered-other-kind", "Starts to ship before it charges.", func(ctx workflow.Context) string {
		packing := started(ctx, "packing", workflow.ExecuteChildWorkflow(ctx, Pack, "a book"))
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged + ", " + packing + ", " + shipping
	}},
	stage{"reordered-own-kind", "Starts to ship first and to pack last.", func(ctx workflow.Context) string {
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		packing := started(ctx, "packing", workflow.ExecuteChildWorkflow(ctx, Pack, "a book"))
		return charged + ", " + shipping + ", " + packing
	}},
	stage{"other-input", "Ships to another address.", func(ctx workflow.Context) string {
		packing := started(ctx, "packing", workflow.ExecuteChildWorkflow(ctx, Pack, "a book"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(ctx, Ship, "Station Road"))
		return charged + ", " + packing + ", " + shipping
	}},
	stage{"other-package", "Ships with another Child Workflow, of the type courier.Ship.", func(ctx workflow.Context) string {
		packing := started(ctx, "packing", workflow.ExecuteChildWorkflow(ctx, Pack, "a book"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(ctx, courierShip, "Main Street"))
		return charged + ", " + packing + ", " + shipping
	}},
)

// started waits until the child has started, and says so with the word; an error
// is an answer too, as in outcome.
func started(ctx workflow.Context, word string, child workflow.ChildWorkflowFuture) string {
	if err := child.GetChildWorkflowExecution().Get(ctx, nil); err != nil {
		return err.Error()
	}
	return word
}
