package versioning_test

import (
	"context"
	"fmt"

	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning"
)

func pay(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	return c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), "paid", nil)
}

// Three ways to drive an execution, each with the plan that it needs.
var scenarios = []versioning.Scenario{
	{Name: "paid", Doc: "Paid, and completed.", Plan: versioning.EachStage{Drive: pay}},
	{Name: "unpaid", Doc: "Left open, waiting to be paid.", Plan: versioning.Observed{Finish: pay}},
	{Name: "paid-later", Doc: "Begun by v1, and paid under v2.", Plan: versioning.InTurn{Turns: []versioning.Turn{
		{Stage: "v1"},
		{Stage: "v2", Drive: pay},
	}}},
}

// A plan says how its execution ends.
func ExamplePlan() {
	for _, s := range scenarios {
		fmt.Println(s.Name+":", s.Ending())
	}

	// Output:
	// paid: Completed
	// unpaid: Open
	// paid-later: Completed
}
