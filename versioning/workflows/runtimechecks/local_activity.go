package runtimechecks

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// LocalActivity changes calls of ExecuteLocalActivity. It leaves a marker in the
// history when it has ended, with its type and its result; its input and its
// options are in no event.
var LocalActivity = catalogue("local-activity", "ExecuteLocalActivity",
	"Calls of ExecuteLocalActivity are added, removed, reordered, and made with other values.",
	stage{"base", "Reserves locally, sends a receipt, charges locally.", func(ctx workflow.Context) string {
		ctx = withLocalActivities(ctx, time.Minute)
		reserved := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Reserve, "a book"))
		sent := outcome(ctx, workflow.ExecuteActivity(ctx, SendReceipt))
		charged := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Charge, 100))
		return reserved + ", " + sent + ", " + charged
	}},
	stage{"added", "Reserves a second time at the end.", func(ctx workflow.Context) string {
		ctx = withLocalActivities(ctx, time.Minute)
		reserved := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Reserve, "a book"))
		sent := outcome(ctx, workflow.ExecuteActivity(ctx, SendReceipt))
		charged := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Charge, 100))
		again := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Reserve, "a pen"))
		return reserved + ", " + sent + ", " + charged + ", " + again
	}},
	stage{"added-not-awaited", "Has something reserved at the end, and does not wait for it.", func(ctx workflow.Context) string {
		ctx = withLocalActivities(ctx, time.Minute)
		reserved := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Reserve, "a book"))
		sent := outcome(ctx, workflow.ExecuteActivity(ctx, SendReceipt))
		charged := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Charge, 100))
		workflow.ExecuteLocalActivity(ctx, Reserve, "a pen")
		return reserved + ", " + sent + ", " + charged
	}},
	stage{"removed", "Does not charge any more.", func(ctx workflow.Context) string {
		ctx = withLocalActivities(ctx, time.Minute)
		reserved := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Reserve, "a book"))
		sent := outcome(ctx, workflow.ExecuteActivity(ctx, SendReceipt))
		return reserved + ", " + sent
	}},
	stage{"reordered-other-kind", "Charges before it sends the receipt.", func(ctx workflow.Context) string {
		ctx = withLocalActivities(ctx, time.Minute)
		reserved := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Reserve, "a book"))
		charged := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Charge, 100))
		sent := outcome(ctx, workflow.ExecuteActivity(ctx, SendReceipt))
		return reserved + ", " + sent + ", " + charged
	}},
	stage{"reordered-own-kind", "Charges first and reserves last.", func(ctx workflow.Context) string {
		ctx = withLocalActivities(ctx, time.Minute)
		charged := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Charge, 100))
		sent := outcome(ctx, workflow.ExecuteActivity(ctx, SendReceipt))
		reserved := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Reserve, "a book"))
		return reserved + ", " + sent + ", " + charged
	}},
	stage{"other-input", "Charges twice the amount.", func(ctx workflow.Context) string {
		ctx = withLocalActivities(ctx, time.Minute)
		reserved := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Reserve, "a book"))
		sent := outcome(ctx, workflow.ExecuteActivity(ctx, SendReceipt))
		charged := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Charge, 200))
		return reserved + ", " + sent + ", " + charged
	}},
	stage{"other-timeout", "Gives the charge an hour.", func(ctx workflow.Context) string {
		ctx = withLocalActivities(ctx, time.Minute)
		reserved := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Reserve, "a book"))
		sent := outcome(ctx, workflow.ExecuteActivity(ctx, SendReceipt))
		charged := outcome(ctx, workflow.ExecuteLocalActivity(withLocalActivities(ctx, time.Hour), Charge, 100))
		return reserved + ", " + sent + ", " + charged
	}},
	stage{"summarized", "Describes the charge in the Event History.", func(ctx workflow.Context) string {
		ctx = withLocalActivities(ctx, time.Minute)
		reserved := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Reserve, "a book"))
		sent := outcome(ctx, workflow.ExecuteActivity(ctx, SendReceipt))
		described := workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
			ScheduleToCloseTimeout: time.Minute,
			Summary:                "charges the card",
		})
		charged := outcome(ctx, workflow.ExecuteLocalActivity(described, Charge, 100))
		return reserved + ", " + sent + ", " + charged
	}},
	stage{"other-type", "Reserves something in place of charging.", func(ctx workflow.Context) string {
		ctx = withLocalActivities(ctx, time.Minute)
		reserved := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Reserve, "a book"))
		sent := outcome(ctx, workflow.ExecuteActivity(ctx, SendReceipt))
		again := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Reserve, "a pen"))
		return reserved + ", " + sent + ", " + again
	}},
	stage{"other-package", "Charges with another activity, of the type billing.Charge.", func(ctx workflow.Context) string {
		ctx = withLocalActivities(ctx, time.Minute)
		reserved := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Reserve, "a book"))
		sent := outcome(ctx, workflow.ExecuteActivity(ctx, SendReceipt))
		charged := outcome(ctx, workflow.ExecuteLocalActivity(ctx, billingCharge, 100))
		return reserved + ", " + sent + ", " + charged
	}},
	stage{"not-local", "Charges with an activity that is not local.", func(ctx workflow.Context) string {
		ctx = withLocalActivities(ctx, time.Minute)
		reserved := outcome(ctx, workflow.ExecuteLocalActivity(ctx, Reserve, "a book"))
		sent := outcome(ctx, workflow.ExecuteActivity(ctx, SendReceipt))
		charged := outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		return reserved + ", " + sent + ", " + charged
	}},
)

func withLocalActivities(ctx workflow.Context, timeout time.Duration) workflow.Context {
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{ScheduleToCloseTimeout: timeout})
}
