package runtimechecks

import (
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// ChildOptions changes the options of calls of ExecuteChildWorkflow.
var ChildOptions = catalogue("child-options", "WithChildOptions",
	"The options of ExecuteChildWorkflow are changed, one at a time.",
	stage{"base", "Charges, starts to ship with every option set.", func(ctx workflow.Context) string {
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, shippingOptions()), Ship, "Main Street"))
		return charged + ", " + shipping
	}},
	stage{"other-task-queue", "Starts to ship in another Task Queue.", func(ctx workflow.Context) string {
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		options := shippingOptions()
		options.TaskQueue = "couriers"
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, options), Ship, "Main Street"))
		return charged + ", " + shipping
	}},
	stage{"other-execution-timeout", "Gives the shipping a month in all.", func(ctx workflow.Context) string {
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		options := shippingOptions()
		options.WorkflowExecutionTimeout = 30 * day
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, options), Ship, "Main Street"))
		return charged + ", " + shipping
	}},
	stage{"other-run-timeout", "Gives each run of the shipping two days.", func(ctx workflow.Context) string {
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		options := shippingOptions()
		options.WorkflowRunTimeout = 2 * day
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, options), Ship, "Main Street"))
		return charged + ", " + shipping
	}},
	stage{"other-task-timeout", "Gives each Workflow Task of the shipping half a minute.", func(ctx workflow.Context) string {
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		options := shippingOptions()
		options.WorkflowTaskTimeout = 30 * time.Second
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, options), Ship, "Main Street"))
		return charged + ", " + shipping
	}},
	stage{"other-retry-policy", "Tries to ship five times at most.", func(ctx workflow.Context) string {
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		options := shippingOptions()
		options.RetryPolicy.MaximumAttempts = 5
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, options), Ship, "Main Street"))
		return charged + ", " + shipping
	}},
	stage{"other-parent-close-policy", "Lets the shipping go on when the order closes.", func(ctx workflow.Context) string {
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		options := shippingOptions()
		options.ParentClosePolicy = enumspb.PARENT_CLOSE_POLICY_ABANDON
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, options), Ship, "Main Street"))
		return charged + ", " + shipping
	}},
	stage{"other-reuse-policy", "Never ships twice under one Workflow ID.", func(ctx workflow.Context) string {
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		options := shippingOptions()
		options.WorkflowIDReusePolicy = enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, options), Ship, "Main Street"))
		return charged + ", " + shipping
	}},
	stage{"other-cron-schedule", "Ships in the afternoon.", func(ctx workflow.Context) string {
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		options := shippingOptions()
		options.CronSchedule = "0 15 * * *"
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, options), Ship, "Main Street"))
		return charged + ", " + shipping
	}},
	stage{"other-memo", "Notes another carrier in the memo.", func(ctx workflow.Context) string {
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		options := shippingOptions()
		options.Memo = map[string]any{"carrier": "lorry"}
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, options), Ship, "Main Street"))
		return charged + ", " + shipping
	}},
	stage{"other-search-attribute", "Makes the shipping searchable by another carrier.", func(ctx workflow.Context) string {
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		options := shippingOptions()
		options.TypedSearchAttributes = temporal.NewSearchAttributes(customKeyword.ValueSet("lorry"))
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, options), Ship, "Main Street"))
		return charged + ", " + shipping
	}},
	stage{"other-priority", "Ships with another priority.", func(ctx workflow.Context) string {
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		options := shippingOptions()
		options.Priority.PriorityKey = 5
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, options), Ship, "Main Street"))
		return charged + ", " + shipping
	}},
	stage{"other-summary", "Describes the shipping in other words.", func(ctx workflow.Context) string {
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		options := shippingOptions()
		options.StaticSummary = "sends the parcel"
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, options), Ship, "Main Street"))
		return charged + ", " + shipping
	}},
	stage{"defaults", "Leaves all options of the shipping to the service.", func(ctx workflow.Context) string {
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(ctx, Ship, "Main Street"))
		return charged + ", " + shipping
	}},
	stage{"other-id", "Starts to ship under a Workflow ID of its own.", func(ctx workflow.Context) string {
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		options := shippingOptions()
		options.WorkflowID = workflow.GetInfo(ctx).WorkflowExecution.ID + "/shipping"
		shipping := started(ctx, "shipping", workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, options), Ship, "Main Street"))
		return charged + ", " + shipping
	}},
)

// shippingOptions sets every option that an event of the history holds, but for
// the Workflow ID, of which there is only one, and the Cron schedule.
func shippingOptions() workflow.ChildWorkflowOptions {
	return workflow.ChildWorkflowOptions{
		WorkflowExecutionTimeout: 7 * day,
		WorkflowRunTimeout:       day,
		WorkflowTaskTimeout:      20 * time.Second,
		WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
		RetryPolicy:              &temporal.RetryPolicy{MaximumAttempts: 3},
		ParentClosePolicy:        enumspb.PARENT_CLOSE_POLICY_TERMINATE,
		Memo:                     map[string]any{"carrier": "bicycle"},
		TypedSearchAttributes:    temporal.NewSearchAttributes(customKeyword.ValueSet("bicycle")),
		StaticSummary:            "ships the parcel",
		StaticDetails:            "one parcel, a book",
		Priority:                 temporal.Priority{PriorityKey: 2},
	}
}
