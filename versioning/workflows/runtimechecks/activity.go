package runtimechecks

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// Activity changes calls of ExecuteActivity.
var Activity = catalogue("activity", "ExecuteActivity",
	"Calls of ExecuteActivity are added, removed, reordered, and made with other values.",
	stage{"base", "Reserves, starts a timer, charges.", func(ctx workflow.Context) string {
		reserved := outcome(ctx, workflow.ExecuteActivity(ctx, Reserve, "a book"))
		workflow.NewTimer(ctx, day)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return reserved + ", " + charged
	}},
	stage{"added", "Sends a receipt at the end.", func(ctx workflow.Context) string {
		reserved := outcome(ctx, workflow.ExecuteActivity(ctx, Reserve, "a book"))
		workflow.NewTimer(ctx, day)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		sent := outcome(ctx, workflow.ExecuteActivity(ctx, SendReceipt))
		return reserved + ", " + charged + ", " + sent
	}},
	stage{"added-not-awaited", "Has a receipt sent at the end, and does not wait for it.", func(ctx workflow.Context) string {
		reserved := outcome(ctx, workflow.ExecuteActivity(ctx, Reserve, "a book"))
		workflow.NewTimer(ctx, day)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.ExecuteActivity(ctx, SendReceipt)
		return reserved + ", " + charged
	}},
	stage{"removed", "Does not charge any more.", func(ctx workflow.Context) string {
		reserved := outcome(ctx, workflow.ExecuteActivity(ctx, Reserve, "a book"))
		workflow.NewTimer(ctx, day)
		return reserved
	}},
	stage{"reordered-other-kind", "Charges before it starts the timer.", func(ctx workflow.Context) string {
		reserved := outcome(ctx, workflow.ExecuteActivity(ctx, Reserve, "a book"))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.NewTimer(ctx, day)
		return reserved + ", " + charged
	}},
	stage{"reordered-own-kind", "Charges first and reserves last.", func(ctx workflow.Context) string {
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		workflow.NewTimer(ctx, day)
		reserved := outcome(ctx, workflow.ExecuteActivity(ctx, Reserve, "a book"))
		return reserved + ", " + charged
	}},
	stage{"other-input", "Charges twice the amount.", func(ctx workflow.Context) string {
		reserved := outcome(ctx, workflow.ExecuteActivity(ctx, Reserve, "a book"))
		workflow.NewTimer(ctx, day)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 200))
		return reserved + ", " + charged
	}},
	stage{"other-timeout", "Gives the charge an hour.", func(ctx workflow.Context) string {
		reserved := outcome(ctx, workflow.ExecuteActivity(ctx, Reserve, "a book"))
		workflow.NewTimer(ctx, day)
		patient := workflow.WithStartToCloseTimeout(ctx, time.Hour)
		charged := outcome(ctx, workflow.ExecuteActivity(patient, Charge, 100))
		return reserved + ", " + charged
	}},
	stage{"other-package", "Charges with another activity, of the type billing.Charge.", func(ctx workflow.Context) string {
		reserved := outcome(ctx, workflow.ExecuteActivity(ctx, Reserve, "a book"))
		workflow.NewTimer(ctx, day)
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, billingCharge, 100))
		return reserved + ", " + charged
	}},
)
