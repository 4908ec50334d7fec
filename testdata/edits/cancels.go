package edits

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// reminder leaves its timer running.
func (e edit) reminder(ctx workflow.Context) error {
	cancellable, cancel := workflow.WithCancel(ctx)
	workflow.NewTimer(cancellable, 48*time.Hour)
	err := charge(ctx, 100).Get(ctx, nil)
	if e == "cancels" {
		cancel() // edit: cancels
	}
	return err
}

// cancelledReminder cancels its timer when it has charged.
func (e edit) cancelledReminder(ctx workflow.Context) error {
	cancellable, cancel := workflow.WithCancel(ctx)
	workflow.NewTimer(cancellable, 48*time.Hour)
	err := charge(ctx, 100).Get(ctx, nil)
	if e != "keeps" {
		cancel()
	}
	workflow.GetSignalChannel(ctx, "finish") // edit: keeps
	return err
}
