package runtimechecks

import "go.temporal.io/sdk/workflow"

// Memo changes calls of UpsertMemo. Like that of UpsertTypedSearchAttributes its
// event has no ID.
var Memo = catalogue("memo", "UpsertMemo",
	"Calls of UpsertMemo are added, removed, reordered, and made with other values.",
	stage{"base", "Notes the state, charges, notes the amount.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertMemo(ctx, map[string]any{"state": "placed"}))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		upserted(workflow.UpsertMemo(ctx, map[string]any{"amount": 100}))
		return charged
	}},
	stage{"added", "Notes the state at the end.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertMemo(ctx, map[string]any{"state": "placed"}))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		upserted(workflow.UpsertMemo(ctx, map[string]any{"amount": 100}))
		upserted(workflow.UpsertMemo(ctx, map[string]any{"state": "charged"}))
		return charged
	}},
	stage{"removed", "Does not note the amount any more.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertMemo(ctx, map[string]any{"state": "placed"}))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged
	}},
	stage{"reordered-other-kind", "Notes the amount before it charges.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertMemo(ctx, map[string]any{"state": "placed"}))
		upserted(workflow.UpsertMemo(ctx, map[string]any{"amount": 100}))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged
	}},
	stage{"reordered-own-kind", "Notes the amount first and the state last.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertMemo(ctx, map[string]any{"amount": 100}))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		upserted(workflow.UpsertMemo(ctx, map[string]any{"state": "placed"}))
		return charged
	}},
	stage{"other-value", "Notes another amount.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertMemo(ctx, map[string]any{"state": "placed"}))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		upserted(workflow.UpsertMemo(ctx, map[string]any{"amount": 200}))
		return charged
	}},
	stage{"other-key", "Notes the amount under another key.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertMemo(ctx, map[string]any{"state": "placed"}))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		upserted(workflow.UpsertMemo(ctx, map[string]any{"total": 100}))
		return charged
	}},
	stage{"another-key", "Notes the state beside the amount.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertMemo(ctx, map[string]any{"state": "placed"}))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		upserted(workflow.UpsertMemo(ctx, map[string]any{"amount": 100, "state": "charged"}))
		return charged
	}},
	stage{"other-type", "Notes the amount in words.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertMemo(ctx, map[string]any{"state": "placed"}))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		upserted(workflow.UpsertMemo(ctx, map[string]any{"amount": "100"}))
		return charged
	}},
)
