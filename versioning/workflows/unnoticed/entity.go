package unnoticed

import (
	"context"
	"strconv"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// Entity continues as new after another number of signals.
var Entity = catalogue("entity", "Entity",
	"A sum that continues as new after so many signals does so after more or fewer.",
	[]versioning.Scenario{
		{
			Name: "two", Doc: "Two numbers are added; left open, waiting for the third.",
			Plan: versioning.Observed{Drive: add(1, 2), Finish: add(3, 4, 5)},
		},
		{
			Name: "four", Doc: "Four numbers are added; left open, waiting for the fifth.",
			Plan: versioning.Observed{
				Stages: []string{"base", "takes-seven"},
				Drive:  add(1, 2, 3, 4),
				Finish: add(5, 6, 7),
			},
		},
		{
			Name: "ended", Doc: "As many numbers are added as the stage takes.",
			Plan: versioning.EachStage{Drive: add(1, 2, 3, 4, 5, 6, 7), Ends: versioning.ContinuedAsNew},
		},
	},
	stage{name: "base", doc: "Takes five numbers and continues as new with their sum.", workflow: func(ctx workflow.Context, sum int) error {
		state := answering(ctx)
		added := workflow.GetSignalChannel(ctx, "add")
		for range 5 {
			var n int
			added.Receive(ctx, &n)
			sum += n
			*state = strconv.Itoa(sum)
		}
		return workflow.NewContinueAsNewError(ctx, "Entity", sum)
	}},
	stage{name: "takes-three", doc: "Takes three numbers.", workflow: func(ctx workflow.Context, sum int) error {
		state := answering(ctx)
		added := workflow.GetSignalChannel(ctx, "add")
		for range 3 {
			var n int
			added.Receive(ctx, &n)
			sum += n
			*state = strconv.Itoa(sum)
		}
		return workflow.NewContinueAsNewError(ctx, "Entity", sum)
	}},
	stage{name: "takes-three-and-drains", doc: "Takes three numbers and all that have come by then.", workflow: func(ctx workflow.Context, sum int) error {
		state := answering(ctx)
		added := workflow.GetSignalChannel(ctx, "add")
		for range 3 {
			var n int
			added.Receive(ctx, &n)
			sum += n
			*state = strconv.Itoa(sum)
		}
		for n := 0; added.ReceiveAsync(&n); {
			sum += n
		}
		return workflow.NewContinueAsNewError(ctx, "Entity", sum)
	}},
	stage{name: "takes-seven", doc: "Takes seven numbers.", workflow: func(ctx workflow.Context, sum int) error {
		state := answering(ctx)
		added := workflow.GetSignalChannel(ctx, "add")
		for range 7 {
			var n int
			added.Receive(ctx, &n)
			sum += n
			*state = strconv.Itoa(sum)
		}
		return workflow.NewContinueAsNewError(ctx, "Entity", sum)
	}},
)

// add sends the numbers, each when the Workflow Task of the one before has been
// handled, until the execution has closed. Two that arrive in one Workflow Task
// give a stage that drains another sum.
func add(numbers ...int) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		for _, n := range numbers {
			if err := versioning.InOrder(send("add", n), handled)(ctx, c, run); err != nil {
				return err
			}
		}
		return nil
	}
}
