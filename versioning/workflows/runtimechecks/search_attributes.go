package runtimechecks

import (
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// SearchAttributes changes calls of UpsertTypedSearchAttributes. Nobody waits for
// one, and its event has no ID that anything could look up.
var SearchAttributes = catalogue("search-attributes", "UpsertTypedSearchAttributes",
	"Calls of UpsertTypedSearchAttributes are added, removed, reordered, and made with other values.",
	stage{"base", "Upserts the state, charges, upserts the amount.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customKeyword.ValueSet("placed")))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customInt.ValueSet(100)))
		return charged
	}},
	stage{"added", "Upserts the state at the end.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customKeyword.ValueSet("placed")))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customInt.ValueSet(100)))
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customKeyword.ValueSet("charged")))
		return charged
	}},
	stage{"removed", "Does not upsert the amount any more.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customKeyword.ValueSet("placed")))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged
	}},
	stage{"reordered-other-kind", "Upserts the amount before it charges.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customKeyword.ValueSet("placed")))
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customInt.ValueSet(100)))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged
	}},
	stage{"reordered-own-kind", "Upserts the amount first and the state last.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customInt.ValueSet(100)))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customKeyword.ValueSet("placed")))
		return charged
	}},
	stage{"other-value", "Upserts another amount.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customKeyword.ValueSet("placed")))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customInt.ValueSet(200)))
		return charged
	}},
	stage{"other-attribute", "Upserts the state in place of the amount.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customKeyword.ValueSet("placed")))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customKeyword.ValueSet("charged")))
		return charged
	}},
	stage{"another-attribute", "Upserts the state beside the amount.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customKeyword.ValueSet("placed")))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customInt.ValueSet(100), customKeyword.ValueSet("charged")))
		return charged
	}},
	stage{"unset", "Unsets the amount.", func(ctx workflow.Context) string {
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customKeyword.ValueSet("placed")))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		upserted(workflow.UpsertTypedSearchAttributes(ctx, customInt.ValueUnset()))
		return charged
	}},
)

// Search attributes that many a service has: Temporal's own set-up scripts add
// them.
var (
	customKeyword = temporal.NewSearchAttributeKeyKeyword("CustomKeywordField")
	customInt     = temporal.NewSearchAttributeKeyInt64("CustomIntField")
)

// upserted is for an error that comes of no attributes at all.
func upserted(err error) {
	if err != nil {
		panic(err)
	}
}
