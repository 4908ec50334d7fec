package edits

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// theEnd is what the code that asks the clock of its machine counts the time to.
var theEnd = time.Date(2100, time.January, 1, 0, 0, 0, 0, time.UTC)

// reminder leaves its timer running.
func (e edit) reminder(ctx workflow.Context) error {
	if e == "moves" {
		charged := workflow.ExecuteActivity(ctx, Charge, 100) // edit: reminder-moves
		workflow.NewTimer(ctx, 48*time.Hour)
		return charged.Get(ctx, nil)
	}
	wait := 48 * time.Hour
	if e == "draws" {
		wait = time.Until(theEnd)
	}
	cancellable, cancel := workflow.WithCancel(ctx)
	workflow.NewTimer(cancellable, wait) // edit: reminder-draws
	err := charge(ctx, 100).Get(ctx, nil)
	if e == "cancels" {
		cancel() // edit: cancels
	}
	return err
}

// cancelledReminder cancels its timer when it has charged.
func (e edit) cancelledReminder(ctx workflow.Context) error {
	cancellable, cancel := workflow.WithCancel(ctx)
	if e != "moves" {
		workflow.NewTimer(cancellable, 48*time.Hour)
	}
	charged := workflow.ExecuteActivity(ctx, Charge, 100) // edit: cancelled-reminder-moves
	if e == "moves" {
		workflow.NewTimer(cancellable, 48*time.Hour)
	}
	err := charged.Get(ctx, nil)
	if e != "keeps" {
		cancel()
	}
	workflow.GetSignalChannel(ctx, "finish") // edit: keeps
	return err
}
