package unnoticed

import (
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// InputType takes the input of the workflow as another type.
var InputType = catalogue("input-type", "InputType",
	"A workflow takes its input as another type, or takes another parameter.",
	[]versioning.Scenario{
		{
			Name: "charged", Doc: "Started with a text; left open, waiting to be approved.",
			Input: []any{"order 17"},
			Plan: versioning.Observed{
				Stages: []string{"base", "tries-both", "another-parameter", "without-parameter"},
				Drive:  until("charged"),
				Finish: approveAndDeliver,
			},
		},
		{
			Name: "ended", Doc: "Started with a text, approved, shipped and delivered.",
			Input: []any{"order 17"},
			Plan: versioning.EachStage{
				Drive: versioning.InOrder(later, approve, later, deliver),
				Ends:  versioning.Closed,
			},
		},
	},
	stage{name: "base", doc: "Takes a text, waits to be approved, ships it, waits to be delivered.", workflow: func(ctx workflow.Context, receipt string) (string, error) {
		state := answering(ctx)
		return shipOnceApproved(ctx, state, receipt)
	}},
	stage{name: "structure", doc: "Takes a structure.", workflow: func(ctx workflow.Context, receipt Receipt) (string, error) {
		state := answering(ctx)
		return shipOnceApproved(ctx, state, receipt.Number)
	}},
	stage{name: "tries-both", doc: "Takes the payload, and reads it as a structure, or else as a text.", workflow: func(ctx workflow.Context, payload converter.RawValue) (string, error) {
		state := answering(ctx)
		var receipt Receipt
		if err := readFirst(payload, &receipt); err != nil {
			return "", err
		}
		return shipOnceApproved(ctx, state, receipt.Number)
	}},
	stage{name: "another-parameter", doc: "Takes a number too, which the input does not have.", workflow: func(ctx workflow.Context, receipt string, amount int) (string, error) {
		state := answering(ctx)
		return shipOnceApproved(ctx, state, receipt)
	}},
	stage{name: "without-parameter", doc: "Takes nothing.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		return shipOnceApproved(ctx, state, "order 17")
	}},
)
