package unnoticed

import (
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// UpdateType takes the argument of an update as another type.
var UpdateType = catalogue("update-type", "UpdateType",
	"A workflow takes the argument of an update as another type.",
	[]versioning.Scenario{
		{
			Name: "charged", Doc: "No update has come; left open, waiting to be approved.",
			Plan: versioning.Observed{Drive: until("charged"), Finish: approveAndDeliver},
		},
		{
			Name: "paid", Doc: "The update has come and was completed; left open, waiting to be approved.",
			Plan: versioning.Observed{
				Stages: []string{"base", "tries-both"},
				Drive:  versioning.InOrder(until("charged"), pay, later),
				Finish: approveAndDeliver,
			},
		},
		{
			Name: "ended", Doc: "The update comes, then it is approved, shipped and delivered.",
			Plan: versioning.EachStage{
				Drive: versioning.InOrder(until("charged"), pay, later, approve, later, deliver),
			},
		},
	},
	stage{name: "base", doc: "Takes a text with the update, and notes it; waits to be approved, ships it, waits to be delivered.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		receipt := "none"
		err := workflow.SetUpdateHandler(ctx, "pay", func(ctx workflow.Context, text string) error {
			receipt = text
			return nil
		})
		if err != nil {
			return "", err
		}
		return shipWhatIsPaid(ctx, state, &receipt)
	}},
	stage{name: "structure", doc: "Takes a structure.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		receipt := "none"
		err := workflow.SetUpdateHandler(ctx, "pay", func(ctx workflow.Context, r Receipt) error {
			receipt = r.Number
			return nil
		})
		if err != nil {
			return "", err
		}
		return shipWhatIsPaid(ctx, state, &receipt)
	}},
	stage{name: "tries-both", doc: "Takes the payload, and reads it as a structure, or else as a text.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		receipt := "none"
		err := workflow.SetUpdateHandler(ctx, "pay", func(ctx workflow.Context, payload converter.RawValue) error {
			var r Receipt
			if err := readFirst(payload, &r); err != nil {
				return err
			}
			receipt = r.Number
			return nil
		})
		if err != nil {
			return "", err
		}
		return shipWhatIsPaid(ctx, state, &receipt)
	}},
)

func shipWhatIsPaid(ctx workflow.Context, state, receipt *string) (string, error) {
	*state = "charged"
	waitFor(ctx, "approved")
	*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, *receipt))
	waitFor(ctx, "delivered")
	return *state, nil
}

// pay sends the update.
var pay = versioning.Update("pay-1", "pay", "order 17")
