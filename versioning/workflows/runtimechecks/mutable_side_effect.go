package runtimechecks

import (
	"fmt"

	"go.temporal.io/sdk/workflow"
)

// MutableSideEffect changes calls of MutableSideEffect. Unlike SideEffect it has
// an ID, and leaves a marker only when its value is another one than before.
var MutableSideEffect = catalogue("mutable-side-effect", "MutableSideEffect",
	"Calls of MutableSideEffect are added, removed, reordered, and made with other values.",
	stage{"base", "Looks up the limit, charges, looks up the fee and the points.", func(ctx workflow.Context) string {
		limit := lookedUp(ctx, "limit", 500)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		fee := lookedUp(ctx, "fee", 3)
		points := lookedUp(ctx, "points", 7)
		return fmt.Sprintf("limit %d, %s, fee %d, points %d", limit, charged, fee, points)
	}},
	stage{"added", "Looks up the tax at the end.", func(ctx workflow.Context) string {
		limit := lookedUp(ctx, "limit", 500)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		fee := lookedUp(ctx, "fee", 3)
		points := lookedUp(ctx, "points", 7)
		tax := lookedUp(ctx, "tax", 19)
		return fmt.Sprintf("limit %d, %s, fee %d, points %d, tax %d", limit, charged, fee, points, tax)
	}},
	stage{"removed", "Does not look up the points any more.", func(ctx workflow.Context) string {
		limit := lookedUp(ctx, "limit", 500)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		fee := lookedUp(ctx, "fee", 3)
		return fmt.Sprintf("limit %d, %s, fee %d", limit, charged, fee)
	}},
	stage{"reordered-other-kind", "Looks up the fee before it charges.", func(ctx workflow.Context) string {
		limit := lookedUp(ctx, "limit", 500)
		fee := lookedUp(ctx, "fee", 3)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		points := lookedUp(ctx, "points", 7)
		return fmt.Sprintf("limit %d, %s, fee %d, points %d", limit, charged, fee, points)
	}},
	stage{"reordered-own-kind", "Looks up the fee first and the limit after the charge.", func(ctx workflow.Context) string {
		fee := lookedUp(ctx, "fee", 3)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		limit := lookedUp(ctx, "limit", 500)
		points := lookedUp(ctx, "points", 7)
		return fmt.Sprintf("limit %d, %s, fee %d, points %d", limit, charged, fee, points)
	}},
	stage{"reordered-neighbours", "Looks up the points before the fee.", func(ctx workflow.Context) string {
		limit := lookedUp(ctx, "limit", 500)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		points := lookedUp(ctx, "points", 7)
		fee := lookedUp(ctx, "fee", 3)
		return fmt.Sprintf("limit %d, %s, fee %d, points %d", limit, charged, fee, points)
	}},
	stage{"other-value", "Looks up another fee.", func(ctx workflow.Context) string {
		limit := lookedUp(ctx, "limit", 500)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		fee := lookedUp(ctx, "fee", 4)
		points := lookedUp(ctx, "points", 7)
		return fmt.Sprintf("limit %d, %s, fee %d, points %d", limit, charged, fee, points)
	}},
	stage{"other-id", "Looks up the fee under another ID.", func(ctx workflow.Context) string {
		limit := lookedUp(ctx, "limit", 500)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		fee := lookedUp(ctx, "handling fee", 3)
		points := lookedUp(ctx, "points", 7)
		return fmt.Sprintf("limit %d, %s, fee %d, points %d", limit, charged, fee, points)
	}},
	stage{"again", "Looks up the limit again, which is the same.", func(ctx workflow.Context) string {
		_ = lookedUp(ctx, "limit", 500)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		fee := lookedUp(ctx, "fee", 3)
		points := lookedUp(ctx, "points", 7)
		limit := lookedUp(ctx, "limit", 500)
		return fmt.Sprintf("limit %d, %s, fee %d, points %d", limit, charged, fee, points)
	}},
	stage{"again-other-value", "Looks up the limit again, which is another one.", func(ctx workflow.Context) string {
		_ = lookedUp(ctx, "limit", 500)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		fee := lookedUp(ctx, "fee", 3)
		points := lookedUp(ctx, "points", 7)
		limit := lookedUp(ctx, "limit", 600)
		return fmt.Sprintf("limit %d, %s, fee %d, points %d", limit, charged, fee, points)
	}},
)

// lookedUp is a configuration that is looked up now and then.
func lookedUp(ctx workflow.Context, id string, setting int) (value int) {
	get := func(workflow.Context) any { return setting }
	same := func(a, b any) bool { return a == b }
	if err := workflow.MutableSideEffect(ctx, id, get, same).Get(&value); err != nil {
		panic(err)
	}
	return value
}
