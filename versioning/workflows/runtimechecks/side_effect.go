package runtimechecks

import (
	"fmt"

	"go.temporal.io/sdk/workflow"
)

// SideEffect changes calls of SideEffect. Nobody waits for one: it is over when
// the call returns. In the code of production it gives a random number or the
// like; here it gives the same number every time, and so do its recordings.
var SideEffect = catalogue("side-effect", "SideEffect",
	"Calls of SideEffect are added, removed, reordered, and made with other values.",
	stage{"base", "Draws a number, charges, draws a discount.", func(ctx workflow.Context) string {
		number := draw(ctx, 17)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		discount := draw(ctx, 5)
		return fmt.Sprintf("order %d, %s, discount %d%%", number, charged, discount)
	}},
	stage{"added", "Draws a prize at the end.", func(ctx workflow.Context) string {
		number := draw(ctx, 17)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		discount := draw(ctx, 5)
		prize := draw(ctx, 1)
		return fmt.Sprintf("order %d, %s, discount %d%%, prize %d", number, charged, discount, prize)
	}},
	stage{"removed", "Does not draw a discount any more.", func(ctx workflow.Context) string {
		number := draw(ctx, 17)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return fmt.Sprintf("order %d, %s", number, charged)
	}},
	stage{"reordered-other-kind", "Draws the discount before it charges.", func(ctx workflow.Context) string {
		number := draw(ctx, 17)
		discount := draw(ctx, 5)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return fmt.Sprintf("order %d, %s, discount %d%%", number, charged, discount)
	}},
	stage{"reordered-own-kind", "Draws the discount first and the number last.", func(ctx workflow.Context) string {
		discount := draw(ctx, 5)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		number := draw(ctx, 17)
		return fmt.Sprintf("order %d, %s, discount %d%%", number, charged, discount)
	}},
	stage{"other-value", "Draws another discount.", func(ctx workflow.Context) string {
		number := draw(ctx, 17)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		discount := draw(ctx, 10)
		return fmt.Sprintf("order %d, %s, discount %d%%", number, charged, discount)
	}},
)

// draw is one call of SideEffect.
func draw(ctx workflow.Context, number int) (drawn int) {
	workflow.SideEffect(ctx, func(workflow.Context) any { return number }).Get(&drawn)
	return drawn
}
