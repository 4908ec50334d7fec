package runtimechecks

import (
	"fmt"

	"go.temporal.io/sdk/workflow"
)

// SideEffect changes calls of SideEffect. Nobody waits for one: it is over when
// the call returns. In production it draws a random number or the like; here it
// gives the same one every time, so that recordings are the same every time.
var SideEffect = catalogue("side-effect", "SideEffect",
	"Calls of SideEffect are added, removed, reordered, and made with other values.",
	stage{"base", "Draws a number, charges, draws a discount.", func(ctx workflow.Context) string {
		var order, discount int
		workflow.SideEffect(ctx, number(17)).Get(&order)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.SideEffect(ctx, number(5)).Get(&discount)
		return fmt.Sprintf("order %d, %s, discount %d%%", order, charged, discount)
	}},
	stage{"added", "Draws a prize at the end.", func(ctx workflow.Context) string {
		var order, discount, prize int
		workflow.SideEffect(ctx, number(17)).Get(&order)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.SideEffect(ctx, number(5)).Get(&discount)
		workflow.SideEffect(ctx, number(1)).Get(&prize)
		return fmt.Sprintf("order %d, %s, discount %d%%, prize %d", order, charged, discount, prize)
	}},
	stage{"removed", "Does not draw a discount any more.", func(ctx workflow.Context) string {
		var order int
		workflow.SideEffect(ctx, number(17)).Get(&order)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return fmt.Sprintf("order %d, %s", order, charged)
	}},
	stage{"reordered-other-kind", "Draws the discount before it charges.", func(ctx workflow.Context) string {
		var order, discount int
		workflow.SideEffect(ctx, number(17)).Get(&order)
		workflow.SideEffect(ctx, number(5)).Get(&discount)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return fmt.Sprintf("order %d, %s, discount %d%%", order, charged, discount)
	}},
	stage{"reordered-own-kind", "Draws the discount first and the number last.", func(ctx workflow.Context) string {
		var order, discount int
		workflow.SideEffect(ctx, number(5)).Get(&discount)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.SideEffect(ctx, number(17)).Get(&order)
		return fmt.Sprintf("order %d, %s, discount %d%%", order, charged, discount)
	}},
	stage{"other-value", "Draws another discount.", func(ctx workflow.Context) string {
		var order, discount int
		workflow.SideEffect(ctx, number(17)).Get(&order)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.SideEffect(ctx, number(10)).Get(&discount)
		return fmt.Sprintf("order %d, %s, discount %d%%", order, charged, discount)
	}},
)

// number is what a SideEffect calls.
func number(n int) func(workflow.Context) any {
	return func(workflow.Context) any { return n }
}
