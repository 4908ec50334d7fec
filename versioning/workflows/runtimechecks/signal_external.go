package runtimechecks

import "go.temporal.io/sdk/workflow"

// SignalExternal changes calls of SignalExternalWorkflow.
var SignalExternal = catalogue("signal-external", "SignalExternalWorkflow",
	"Calls of SignalExternalWorkflow are added, removed, reordered, and made with other values.",
	stage{"base", "Signals the warehouse, charges, signals the courier.", func(ctx workflow.Context) string {
		packing := outcome(ctx, workflow.SignalExternalWorkflow(ctx, warehouse, "", "pack", "a book"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := outcome(ctx, workflow.SignalExternalWorkflow(ctx, courier, "", "ship", "Main Street"))
		return charged + ", warehouse: " + packing + ", courier: " + shipping
	}},
	stage{"added", "Signals the insurance at the end.", func(ctx workflow.Context) string {
		packing := outcome(ctx, workflow.SignalExternalWorkflow(ctx, warehouse, "", "pack", "a book"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := outcome(ctx, workflow.SignalExternalWorkflow(ctx, courier, "", "ship", "Main Street"))
		insured := outcome(ctx, workflow.SignalExternalWorkflow(ctx, insurance, "", "insure", 100))
		return charged + ", warehouse: " + packing + ", courier: " + shipping + ", insurance: " + insured
	}},
	stage{"added-not-awaited", "Signals the insurance at the end, and does not wait for it.", func(ctx workflow.Context) string {
		packing := outcome(ctx, workflow.SignalExternalWorkflow(ctx, warehouse, "", "pack", "a book"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := outcome(ctx, workflow.SignalExternalWorkflow(ctx, courier, "", "ship", "Main Street"))
		workflow.SignalExternalWorkflow(ctx, insurance, "", "insure", 100)
		return charged + ", warehouse: " + packing + ", courier: " + shipping
	}},
	stage{"removed", "Does not signal the courier any more.", func(ctx workflow.Context) string {
		packing := outcome(ctx, workflow.SignalExternalWorkflow(ctx, warehouse, "", "pack", "a book"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged + ", warehouse: " + packing
	}},
	stage{"reordered-other-kind", "Signals the courier before it charges.", func(ctx workflow.Context) string {
		packing := outcome(ctx, workflow.SignalExternalWorkflow(ctx, warehouse, "", "pack", "a book"))
		shipping := outcome(ctx, workflow.SignalExternalWorkflow(ctx, courier, "", "ship", "Main Street"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged + ", warehouse: " + packing + ", courier: " + shipping
	}},
	stage{"reordered-own-kind", "Signals the courier first and the warehouse last.", func(ctx workflow.Context) string {
		shipping := outcome(ctx, workflow.SignalExternalWorkflow(ctx, courier, "", "ship", "Main Street"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		packing := outcome(ctx, workflow.SignalExternalWorkflow(ctx, warehouse, "", "pack", "a book"))
		return charged + ", courier: " + shipping + ", warehouse: " + packing
	}},
	stage{"other-input", "Signals another address.", func(ctx workflow.Context) string {
		packing := outcome(ctx, workflow.SignalExternalWorkflow(ctx, warehouse, "", "pack", "a book"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := outcome(ctx, workflow.SignalExternalWorkflow(ctx, courier, "", "ship", "Station Road"))
		return charged + ", warehouse: " + packing + ", courier: " + shipping
	}},
	stage{"other-run", "Signals a certain run of the courier.", func(ctx workflow.Context) string {
		packing := outcome(ctx, workflow.SignalExternalWorkflow(ctx, warehouse, "", "pack", "a book"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := outcome(ctx, workflow.SignalExternalWorkflow(ctx, courier, courierRun, "ship", "Main Street"))
		return charged + ", warehouse: " + packing + ", courier: " + shipping
	}},
	stage{"other-signal", "Sends the courier another signal.", func(ctx workflow.Context) string {
		packing := outcome(ctx, workflow.SignalExternalWorkflow(ctx, warehouse, "", "pack", "a book"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := outcome(ctx, workflow.SignalExternalWorkflow(ctx, courier, "", "collect", "Main Street"))
		return charged + ", warehouse: " + packing + ", courier: " + shipping
	}},
	stage{"other-workflow", "Signals the insurance instead of the courier.", func(ctx workflow.Context) string {
		packing := outcome(ctx, workflow.SignalExternalWorkflow(ctx, warehouse, "", "pack", "a book"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		shipping := outcome(ctx, workflow.SignalExternalWorkflow(ctx, insurance, "", "ship", "Main Street"))
		return charged + ", warehouse: " + packing + ", courier: " + shipping
	}},
)
