package activation

import (
	"context"

	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// scenarios whose stages execute them in turn are rolling deploys: while old and new
// workers run side by side, either of them executes the next workflow task.
var scenarios = []versioning.Scenario{
	{
		Name: "waiting",
		Doc:  "Started, and left open before the first order.",
		Plan: versioning.EachStage{Ends: versioning.Open},
	},
	{
		Name: "ordered",
		Doc:  "Left open after one order.",
		Plan: versioning.Observed{Drive: order("1"), Finish: request("close")},
	},
	{
		Name: "completed",
		Doc:  "One order, then closed.",
		Plan: versioning.EachStage{Drive: versioning.InOrder(order("1"), request("close"))},
	},
	turns("rolling", "Started by the old code, reaches the call under the ordinary patch.",
		versioning.Turn{Stage: "initial"},
		versioning.Turn{Stage: "at-once", Drive: order("1")}),
	turns("initial-first", "An order under the old code, one under the new code that is off.",
		versioning.Turn{Stage: "initial", Drive: order("1")},
		versioning.Turn{Stage: "switched-off", Drive: order("2")}),
	turns("off-first", "An order under the new code that is off, one under the old code.",
		versioning.Turn{Stage: "switched-off", Drive: order("1")},
		versioning.Turn{Stage: "initial", Drive: order("2")}),
	turns("to-and-fro", "Orders under the new code that is off, the old code, and the new code again.",
		versioning.Turn{Stage: "switched-off", Drive: order("1")},
		versioning.Turn{Stage: "initial", Drive: order("2")},
		versioning.Turn{Stage: "switched-off", Drive: order("3")}),
	turns("off-in-between", "Started by the old code, reaches the call while it is off, and goes on under the old code.",
		versioning.Turn{Stage: "initial"},
		versioning.Turn{Stage: "switched-off", Drive: order("1")},
		versioning.Turn{Stage: "initial", Drive: order("2")}),
	turns("ordered-before", "An order while the change is off, one while it is on.",
		versioning.Turn{Stage: "switched-off", Drive: order("1")},
		versioning.Turn{Stage: "switched-on", Drive: order("2")}),
	turns("ordered-after", "Started while the change is off, reaches the call while it is on, and goes on while it is off.",
		versioning.Turn{Stage: "switched-off"},
		versioning.Turn{Stage: "switched-on", Drive: order("1")},
		versioning.Turn{Stage: "switched-off", Drive: order("2")}),
	turns("on-first", "An order while the change is on, one while it is off.",
		versioning.Turn{Stage: "switched-on", Drive: order("1")},
		versioning.Turn{Stage: "switched-off", Drive: order("2")}),
	turns("skipped", "Started by the old code, reaches the call when the change is on.",
		versioning.Turn{Stage: "initial"},
		versioning.Turn{Stage: "switched-on", Drive: order("1")}),
	turns("past-the-call", "An order under the old code, one while the change is on.",
		versioning.Turn{Stage: "initial", Drive: order("1")},
		versioning.Turn{Stage: "switched-on", Drive: order("2")}),
	turns("undecided", "Started while the change is off, reaches the call when the old branch is gone.",
		versioning.Turn{Stage: "switched-off"},
		versioning.Turn{Stage: "old-branch-removed", Drive: order("1")}),
}

func turns(name, doc string, turns ...versioning.Turn) versioning.Scenario {
	return versioning.Scenario{Name: name, Doc: doc, Plan: versioning.InTurn{Turns: turns, Ends: versioning.Open}}
}

// order places an order and waits until it is billed, so that the next turn
// finds no activity scheduled.
func order(number string) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		before, err := result(ctx, c, run)
		if err != nil {
			return err
		}
		if err := request(number)(ctx, c, run); err != nil {
			return err
		}
		billed := func(answer string) bool { return answer != before }
		return versioning.UntilQuery("result", billed)(ctx, c, run)
	}
}

func request(what string) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		return c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), "request", what)
	}
}

func result(ctx context.Context, c client.Client, run client.WorkflowRun) (answer string, err error) {
	value, err := c.QueryWorkflow(ctx, run.GetID(), run.GetRunID(), "result")
	if err != nil {
		return "", err
	}
	err = value.Get(&answer)
	return answer, err
}
