package runtimechecks

import (
	"fmt"
	"strconv"
	"time"

	"go.temporal.io/sdk/workflow"
)

// hold stands for days. The recorder waits until it is over.
const hold = time.Millisecond

// Sleep changes calls of Sleep, which is NewTimer and a wait for it.
var Sleep = catalogue("sleep", "Sleep",
	"Calls of Sleep are added, removed, reordered, and made with other durations.",
	stage{"base", "Sleeps, charges, sleeps twice as long.", func(ctx workflow.Context) string {
		first := slept(1, workflow.Sleep(ctx, hold))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		second := slept(2, workflow.Sleep(ctx, 2*hold))
		return charged + sleeps(first, second)
	}},
	stage{"added", "Sleeps once more at the end.", func(ctx workflow.Context) string {
		first := slept(1, workflow.Sleep(ctx, hold))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		second := slept(2, workflow.Sleep(ctx, 2*hold))
		third := slept(3, workflow.Sleep(ctx, 3*hold))
		return charged + sleeps(first, second, third)
	}},
	stage{"removed", "Does not sleep at the end any more.", func(ctx workflow.Context) string {
		first := slept(1, workflow.Sleep(ctx, hold))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged + sleeps(first)
	}},
	stage{"reordered-other-kind", "Sleeps twice before it charges.", func(ctx workflow.Context) string {
		first := slept(1, workflow.Sleep(ctx, hold))
		second := slept(2, workflow.Sleep(ctx, 2*hold))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged + sleeps(first, second)
	}},
	stage{"reordered-own-kind", "Sleeps longer before it charges than after it.", func(ctx workflow.Context) string {
		first := slept(2, workflow.Sleep(ctx, 2*hold))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		second := slept(1, workflow.Sleep(ctx, hold))
		return charged + sleeps(first, second)
	}},
	stage{"other-duration", "Sleeps three times as long at the end.", func(ctx workflow.Context) string {
		first := slept(1, workflow.Sleep(ctx, hold))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		second := slept(3, workflow.Sleep(ctx, 3*hold))
		return charged + sleeps(first, second)
	}},
	stage{"zero-duration", "Sleeps for no time at the end.", func(ctx workflow.Context) string {
		first := slept(1, workflow.Sleep(ctx, hold))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		second := slept(0, workflow.Sleep(ctx, 0))
		return charged + sleeps(first, second)
	}},
)

// slept returns what came of a Sleep in words, as outcome does: how long it was,
// or its error.
func slept(long int, err error) string {
	if err != nil {
		return err.Error()
	}
	return strconv.Itoa(long)
}

func sleeps(outcomes ...string) string {
	return fmt.Sprint(", slept ", outcomes)
}
