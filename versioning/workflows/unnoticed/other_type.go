package unnoticed

import (
	"slices"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// otherTypes change the type that a value is read as. Their names end in "-type".
var otherTypes = slices.Concat([]*versioning.Family{InputType, SignalType, UpdateType}, results)

// A Receipt is what the changes want where the history holds a text.
type Receipt struct {
	Number string
}

// A value is read into the pointer that it is given, as with Future.Get.
type value func(pointer any) error

// otherType makes the catalogue of a value that is read as another type. It comes
// from the call, and is a text.
func otherType(name, workflowType, what string, scenarios []versioning.Scenario, call func(workflow.Context) value) *versioning.Family {
	return catalogue(name, workflowType, "A workflow reads "+what+" as another type.", scenarios,
		stage{name: "base", doc: "Reads it as a text, waits to be approved, ships it, waits to be delivered.", workflow: func(ctx workflow.Context) (string, error) {
			state := answering(ctx)
			var receipt string
			if err := call(ctx)(&receipt); err != nil {
				return "", err
			}
			return shipOnceApproved(ctx, state, receipt)
		}},
		stage{name: "structure", doc: "Reads it as a structure, and fails with the error of that.", workflow: func(ctx workflow.Context) (string, error) {
			state := answering(ctx)
			var receipt Receipt
			if err := call(ctx)(&receipt); err != nil {
				return "", err
			}
			return shipOnceApproved(ctx, state, receipt.Number)
		}},
		stage{name: "ignores-error", doc: "Reads it as a structure, and ignores the error of that.", workflow: func(ctx workflow.Context) (string, error) {
			state := answering(ctx)
			var receipt Receipt
			_ = call(ctx)(&receipt)
			return shipOnceApproved(ctx, state, receipt.Number)
		}},
		stage{name: "tries-both", doc: "Reads it as a structure, and as a text if that fails.", workflow: func(ctx workflow.Context) (string, error) {
			state := answering(ctx)
			var receipt Receipt
			read := call(ctx)
			if err := read(&receipt); err != nil {
				if err := read(&receipt.Number); err != nil {
					return "", err
				}
			}
			return shipOnceApproved(ctx, state, receipt.Number)
		}},
	)
}

func shipOnceApproved(ctx workflow.Context, state *string, receipt string) (string, error) {
	*state = "charged"
	waitFor(ctx, "approved")
	*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, receipt))
	waitFor(ctx, "delivered")
	return *state, nil
}

// readers are the stages that come to where they wait.
var readers = []string{"base", "ignores-error", "tries-both"}

var typed = []versioning.Scenario{
	{
		Name: "charged", Doc: "The value is read; left open, waiting to be approved.",
		Plan: versioning.Observed{Stages: readers, Drive: until("charged"), Finish: approveAndDeliver},
	},
	{
		Name: "shipped", Doc: "The value is read and shipped; left open, waiting to be delivered.",
		Plan: versioning.Observed{
			Stages: readers,
			Drive:  versioning.InOrder(until("charged"), approve, until("shipped")),
			Finish: deliver,
		},
	},
	{
		Name: "ended", Doc: "The value is read, approved, shipped and delivered.",
		Plan: versioning.EachStage{
			Drive: versioning.InOrder(later, approve, later, deliver),
			Ends:  versioning.Closed,
		},
	},
}

// readFirst reads a payload as the one type, or else as the other.
func readFirst(payload converter.RawValue, receipt *Receipt) error {
	from := converter.GetDefaultDataConverter()
	if err := from.FromPayload(payload.Payload(), receipt); err == nil {
		return nil
	}
	return from.FromPayload(payload.Payload(), &receipt.Number)
}
