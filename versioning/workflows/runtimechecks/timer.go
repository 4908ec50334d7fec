package runtimechecks

import (
	"fmt"

	"go.temporal.io/sdk/workflow"
)

// Timer changes calls of NewTimer. Unlike Sleep nobody waits for the timers:
// they are reminders that are outstanding while the workflow goes on.
var Timer = catalogue("timer", "NewTimer",
	"Calls of NewTimer are added, removed, reordered, and made with other durations.",
	stage{"base", "Starts a timer of a day, charges, starts one of two days.", func(ctx workflow.Context) string {
		workflow.NewTimer(ctx, day)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.NewTimer(ctx, 2*day)
		return charged + timers(1, 2)
	}},
	stage{"added", "Starts a third timer at the end.", func(ctx workflow.Context) string {
		workflow.NewTimer(ctx, day)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.NewTimer(ctx, 2*day)
		workflow.NewTimer(ctx, 3*day)
		return charged + timers(1, 2, 3)
	}},
	stage{"removed", "Does not start the second timer any more.", func(ctx workflow.Context) string {
		workflow.NewTimer(ctx, day)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged + timers(1)
	}},
	stage{"reordered-other-kind", "Starts both timers before it charges.", func(ctx workflow.Context) string {
		workflow.NewTimer(ctx, day)
		workflow.NewTimer(ctx, 2*day)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return charged + timers(1, 2)
	}},
	stage{"reordered-own-kind", "Starts the timer of two days first and that of one day last.", func(ctx workflow.Context) string {
		workflow.NewTimer(ctx, 2*day)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.NewTimer(ctx, day)
		return charged + timers(2, 1)
	}},
	stage{"other-duration", "Starts a second timer of three days.", func(ctx workflow.Context) string {
		workflow.NewTimer(ctx, day)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.NewTimer(ctx, 3*day)
		return charged + timers(1, 3)
	}},
	stage{"zero-duration", "Starts a second timer of no duration.", func(ctx workflow.Context) string {
		workflow.NewTimer(ctx, day)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.NewTimer(ctx, 0)
		return charged + timers(1, 0)
	}},
	stage{"summarized", "Describes the second timer in the Event History.", func(ctx workflow.Context) string {
		workflow.NewTimer(ctx, day)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.NewTimerWithOptions(ctx, 2*day, workflow.TimerOptions{Summary: "reminds of the order"})
		return charged + timers(1, 2)
	}},
)

func timers(days ...int) string {
	return fmt.Sprint(", timers of days ", days)
}
