package runtimechecks

import (
	"fmt"
	"time"

	"go.temporal.io/sdk/workflow"
)

// hold stands for days. The recorder waits until it is over.
const hold = time.Millisecond

// Sleep changes calls of Sleep, which is NewTimer and a wait for it.
var Sleep = catalogue("sleep", "Sleep",
	"Calls of Sleep are added, removed, reordered, and made with other durations.",
	stage{"base", "Sleeps, charges, sleeps twice as long.", func(ctx workflow.Context) string {
		workflow.Sleep(ctx, hold)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.Sleep(ctx, 2*hold)
		return charged + slept(1, 2)
	}},
	stage{"added", "Sleeps once more at the end.", func(ctx workflow.Context) string {
		workflow.Sleep(ctx, hold)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.Sleep(ctx, 2*hold)
		workflow.Sleep(ctx, 3*hold)
		return charged + slept(1, 2, 3)
	}},
	stage{"removed", "Does not sleep at the end any more.", func(ctx workflow.Context) string {
		workflow.Sleep(ctx, hold)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged + slept(1)
	}},
	stage{"reordered-other-kind", "Sleeps twice before it charges.", func(ctx workflow.Context) string {
		workflow.Sleep(ctx, hold)
		workflow.Sleep(ctx, 2*hold)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged + slept(1, 2)
	}},
	stage{"reordered-own-kind", "Sleeps longer before it charges than after it.", func(ctx workflow.Context) string {
		workflow.Sleep(ctx, 2*hold)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.Sleep(ctx, hold)
		return charged + slept(2, 1)
	}},
	stage{"other-duration", "Sleeps three times as long at the end.", func(ctx workflow.Context) string {
		workflow.Sleep(ctx, hold)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.Sleep(ctx, 3*hold)
		return charged + slept(1, 3)
	}},
	stage{"zero-duration", "Sleeps for no time at the end.", func(ctx workflow.Context) string {
		workflow.Sleep(ctx, hold)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.Sleep(ctx, 0)
		return charged + slept(1, 0)
	}},
)

func slept(times ...int) string {
	return fmt.Sprint(", slept ", times)
}
