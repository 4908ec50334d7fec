package unnoticed

import (
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// textReaders are the stages that take the signal when it brings a text.
var textReaders = []string{"base", "tries-both", "ignores-value"}

// SignalType reads a signal as another type. The SDK drops it then, with an Error
// line in the log.
var SignalType = catalogue("signal-type", "SignalType",
	"A workflow reads a signal as another type.",
	[]versioning.Scenario{
		{
			Name: "charged", Doc: "Left open, waiting to be paid, which brings a text.",
			Plan: versioning.Observed{
				Stages: []string{"base", "structure"},
				Drive:  until("charged"),
				Finish: payApproveAndDeliver,
			},
		},
		{
			Name: "paid", Doc: "Paid with a text; left open, waiting to be approved.",
			Plan: versioning.Observed{
				Stages: textReaders,
				Drive:  versioning.InOrder(until("charged"), payText, until("paid")),
				Finish: approveAndDeliver,
			},
		},
		{
			Name: "shipped", Doc: "Paid with a text, approved and shipped; left open, waiting to be delivered.",
			Plan: versioning.Observed{
				Stages: textReaders,
				Drive:  versioning.InOrder(until("charged"), payText, until("paid"), approve, until("shipped")),
				Finish: deliver,
			},
		},
		{
			Name: "paid-anew", Doc: "Paid with a structure; left open, waiting to be approved.",
			Plan: versioning.Observed{
				Stages: []string{"structure", "tries-both"},
				Drive:  versioning.InOrder(until("charged"), payReceipt, until("paid")),
				Finish: approveAndDeliver,
			},
		},
		{
			Name: "ended", Doc: "Paid with a text, approved, shipped and delivered.",
			Plan: versioning.EachStage{
				Stages: textReaders,
				Drive:  versioning.InOrder(later, payText, later, approve, later, deliver),
			},
		},
		{
			Name: "ended-anew", Doc: "Paid with a structure, approved, shipped and delivered.",
			Plan: versioning.EachStage{
				Stages: []string{"structure", "tries-both"},
				Drive:  versioning.InOrder(later, payReceipt, later, approve, later, deliver),
			},
		},
	},
	stage{name: "base", doc: "Waits to be paid, reads that as a text, waits to be approved, ships it, waits to be delivered.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = "charged"
		var receipt string
		workflow.GetSignalChannel(ctx, "paid").Receive(ctx, &receipt)
		return shipOncePaid(ctx, state, receipt)
	}},
	stage{name: "structure", doc: "Reads it as a structure.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = "charged"
		var receipt Receipt
		workflow.GetSignalChannel(ctx, "paid").Receive(ctx, &receipt)
		return shipOncePaid(ctx, state, receipt.Number)
	}},
	stage{name: "tries-both", doc: "Takes the payload, and reads it as a structure, or else as a text.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = "charged"
		var payload converter.RawValue
		workflow.GetSignalChannel(ctx, "paid").Receive(ctx, &payload)
		var receipt Receipt
		if err := readFirst(payload, &receipt); err != nil {
			return "", err
		}
		return shipOncePaid(ctx, state, receipt.Number)
	}},
	stage{name: "ignores-value", doc: "Does not read it.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = "charged"
		workflow.GetSignalChannel(ctx, "paid").Receive(ctx, nil)
		return shipOncePaid(ctx, state, "order 17")
	}},
)

var (
	payText    = send("paid", "order 17")
	payReceipt = send("paid", Receipt{Number: "order 17"})
)

func shipOncePaid(ctx workflow.Context, state *string, receipt string) (string, error) {
	*state = "paid"
	waitFor(ctx, "approved")
	*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, receipt))
	waitFor(ctx, "delivered")
	return *state, nil
}
