package runtimechecks

import (
	"errors"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// ActivityOptions changes the options of calls of ExecuteActivity. The runtime
// check compares one of them, the Activity ID.
//
// What an option does not say is not in the history either: WaitForCancellation
// and DisableEagerExecution leave no trace there.
var ActivityOptions = catalogue("activity-options", "WithActivityOptions",
	"The options of ExecuteActivity are changed, one at a time.",
	stage{"base", "Reserves at a till that nobody attends, charges with every option set.", func(ctx workflow.Context) string {
		reserved := inTime(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, atTill("till-1")), Reserve, "a book"))
		charged := outcome(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, charging()), Charge, 100))
		return reserved + ", " + charged
	}},
	stage{"other-task-queue", "Reserves at another till.", func(ctx workflow.Context) string {
		reserved := inTime(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, atTill("till-2")), Reserve, "a book"))
		charged := outcome(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, charging()), Charge, 100))
		return reserved + ", " + charged
	}},
	stage{"other-schedule-to-close", "Gives the charge a day in all.", func(ctx workflow.Context) string {
		reserved := inTime(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, atTill("till-1")), Reserve, "a book"))
		options := charging()
		options.ScheduleToCloseTimeout = day
		charged := outcome(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), Charge, 100))
		return reserved + ", " + charged
	}},
	stage{"without-schedule-to-start", "Lets the charge wait for a Worker as long as it has to.", func(ctx workflow.Context) string {
		reserved := inTime(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, atTill("till-1")), Reserve, "a book"))
		options := charging()
		options.ScheduleToStartTimeout = 0
		charged := outcome(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), Charge, 100))
		return reserved + ", " + charged
	}},
	stage{"without-heartbeat", "Expects no heartbeat of the charge.", func(ctx workflow.Context) string {
		reserved := inTime(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, atTill("till-1")), Reserve, "a book"))
		options := charging()
		options.HeartbeatTimeout = 0
		charged := outcome(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), Charge, 100))
		return reserved + ", " + charged
	}},
	stage{"other-retry-policy", "Tries to charge five times at most.", func(ctx workflow.Context) string {
		reserved := inTime(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, atTill("till-1")), Reserve, "a book"))
		options := charging()
		options.RetryPolicy.MaximumAttempts = 5
		charged := outcome(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), Charge, 100))
		return reserved + ", " + charged
	}},
	stage{"other-error-types", "Does not try to charge again after a theft either.", func(ctx workflow.Context) string {
		reserved := inTime(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, atTill("till-1")), Reserve, "a book"))
		options := charging()
		options.RetryPolicy.NonRetryableErrorTypes = []string{"CardRefused", "CardStolen"}
		charged := outcome(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), Charge, 100))
		return reserved + ", " + charged
	}},
	stage{"other-priority", "Charges with another priority.", func(ctx workflow.Context) string {
		reserved := inTime(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, atTill("till-1")), Reserve, "a book"))
		options := charging()
		options.Priority.PriorityKey = 5
		charged := outcome(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), Charge, 100))
		return reserved + ", " + charged
	}},
	stage{"other-summary", "Describes the charge in other words.", func(ctx workflow.Context) string {
		reserved := inTime(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, atTill("till-1")), Reserve, "a book"))
		options := charging()
		options.Summary = "takes the money"
		charged := outcome(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), Charge, 100))
		return reserved + ", " + charged
	}},
	stage{"defaults", "Leaves all options of the charge but one to the service.", func(ctx workflow.Context) string {
		reserved := inTime(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, atTill("till-1")), Reserve, "a book"))
		options := workflow.ActivityOptions{StartToCloseTimeout: time.Minute}
		charged := outcome(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), Charge, 100))
		return reserved + ", " + charged
	}},
	stage{"other-id", "Charges under an Activity ID of its own.", func(ctx workflow.Context) string {
		reserved := inTime(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, atTill("till-1")), Reserve, "a book"))
		options := charging()
		options.ActivityID = "charge"
		charged := outcome(ctx, workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), Charge, 100))
		return reserved + ", " + charged
	}},
)

// inTime is outcome with a short word for a timeout.
func inTime(ctx workflow.Context, call workflow.Future) string {
	var result string
	if err := call.Get(ctx, &result); temporal.IsTimeoutError(errors.Unwrap(err)) {
		return "nobody came"
	}
	return result
}

// atTill are the options of an Activity in a Task Queue that no Worker polls, so
// that it ends with a timeout before long: it is the call that is recorded.
func atTill(queue string) workflow.ActivityOptions {
	return workflow.ActivityOptions{
		TaskQueue:              queue,
		StartToCloseTimeout:    time.Minute,
		ScheduleToStartTimeout: 100 * time.Millisecond,
	}
}

// charging sets every option that an event of the history holds.
func charging() workflow.ActivityOptions {
	return workflow.ActivityOptions{
		ScheduleToCloseTimeout: time.Hour,
		ScheduleToStartTimeout: 10 * time.Minute,
		StartToCloseTimeout:    time.Minute,
		HeartbeatTimeout:       20 * time.Second,
		RetryPolicy: &temporal.RetryPolicy{
			InitialInterval:        2 * time.Second,
			BackoffCoefficient:     1.5,
			MaximumInterval:        time.Minute,
			MaximumAttempts:        3,
			NonRetryableErrorTypes: []string{"CardRefused"},
		},
		Summary:  "charges the card",
		Priority: temporal.Priority{PriorityKey: 2},
	}
}
