package runtimechecks

import "go.temporal.io/sdk/workflow"

// CancelExternal changes calls of RequestCancelExternalWorkflow.
var CancelExternal = catalogue("cancel-external", "RequestCancelExternalWorkflow",
	"Calls of RequestCancelExternalWorkflow are added, removed, reordered, and made with other values.",
	stage{"base", "Cancels the work of the warehouse, charges, cancels the courier.", func(ctx workflow.Context) string {
		packing := outcome(ctx, workflow.RequestCancelExternalWorkflow(ctx, warehouse, ""))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := outcome(ctx, workflow.RequestCancelExternalWorkflow(ctx, courier, ""))
		return charged + ", warehouse: " + packing + ", courier: " + shipping
	}},
	stage{"added", "Cancels the insurance at the end.", func(ctx workflow.Context) string {
		packing := outcome(ctx, workflow.RequestCancelExternalWorkflow(ctx, warehouse, ""))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := outcome(ctx, workflow.RequestCancelExternalWorkflow(ctx, courier, ""))
		insured := outcome(ctx, workflow.RequestCancelExternalWorkflow(ctx, insurance, ""))
		return charged + ", warehouse: " + packing + ", courier: " + shipping + ", insurance: " + insured
	}},
	stage{"added-not-awaited", "Cancels the insurance at the end, and does not wait for it.", func(ctx workflow.Context) string {
		packing := outcome(ctx, workflow.RequestCancelExternalWorkflow(ctx, warehouse, ""))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := outcome(ctx, workflow.RequestCancelExternalWorkflow(ctx, courier, ""))
		workflow.RequestCancelExternalWorkflow(ctx, insurance, "")
		return charged + ", warehouse: " + packing + ", courier: " + shipping
	}},
	stage{"removed", "Does not cancel the courier any more.", func(ctx workflow.Context) string {
		packing := outcome(ctx, workflow.RequestCancelExternalWorkflow(ctx, warehouse, ""))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged + ", warehouse: " + packing
	}},
	stage{"reordered-other-kind", "Cancels the courier before it charges.", func(ctx workflow.Context) string {
		packing := outcome(ctx, workflow.RequestCancelExternalWorkflow(ctx, warehouse, ""))
		shipping := outcome(ctx, workflow.RequestCancelExternalWorkflow(ctx, courier, ""))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged + ", warehouse: " + packing + ", courier: " + shipping
	}},
	stage{"reordered-own-kind", "Cancels the courier first and the warehouse last.", func(ctx workflow.Context) string {
		shipping := outcome(ctx, workflow.RequestCancelExternalWorkflow(ctx, courier, ""))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		packing := outcome(ctx, workflow.RequestCancelExternalWorkflow(ctx, warehouse, ""))
		return charged + ", courier: " + shipping + ", warehouse: " + packing
	}},
	stage{"other-run", "Cancels a certain run of the courier.", func(ctx workflow.Context) string {
		packing := outcome(ctx, workflow.RequestCancelExternalWorkflow(ctx, warehouse, ""))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := outcome(ctx, workflow.RequestCancelExternalWorkflow(ctx, courier, courierRun))
		return charged + ", warehouse: " + packing + ", courier: " + shipping
	}},
	stage{"other-workflow", "Cancels the insurance instead of the courier.", func(ctx workflow.Context) string {
		packing := outcome(ctx, workflow.RequestCancelExternalWorkflow(ctx, warehouse, ""))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := outcome(ctx, workflow.RequestCancelExternalWorkflow(ctx, insurance, ""))
		return charged + ", warehouse: " + packing + ", courier: " + shipping
	}},
)
