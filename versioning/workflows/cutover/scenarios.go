package cutover

import (
	"context"
	"strings"

	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning"
)

var scenarios = []versioning.Scenario{
	{
		Name: "waiting",
		Doc:  "MyWorkflow, left open when it is charged and its reminder runs.",
		Plan: versioning.Observed{Drive: untilReminding, Finish: end("delivered")},
	},
	{
		Name: "completed",
		Doc:  "MyWorkflow, delivered.",
		Plan: versioning.EachStage{Drive: versioning.InOrder(untilReminding, end("delivered"))},
	},
	{
		Name:         "v2-waiting",
		Doc:          "MyWorkflowV2, left open when it is charged and its reminder runs.",
		WorkflowType: TypeV2,
		Plan:         versioning.EachStage{Drive: untilReminding, Ends: versioning.Open},
	},
	{
		Name:         "v2-completed",
		Doc:          "MyWorkflowV2, delivered.",
		WorkflowType: TypeV2,
		Plan:         versioning.EachStage{Drive: versioning.InOrder(untilReminding, end("delivered"))},
	},
	{
		Name:         "renamed-waiting",
		Doc:          "orders.MyWorkflow, left open when it is charged and its reminder runs.",
		WorkflowType: TypeRenamed,
		Plan:         versioning.EachStage{Drive: untilReminding, Ends: versioning.Open},
	},
	{
		Name: "returned",
		Doc:  "MyWorkflow, begun before the new type was there and refunded beside it.",
		Plan: versioning.InTurn{Turns: []versioning.Turn{
			{Stage: "before", Drive: untilReminding},
			{Stage: "both", Drive: end("returned")},
		}},
	},
	{
		Name: "lost-refund",
		Doc:  "MyWorkflow, charged by one billing system and refunded by the other, which fails.",
		Plan: versioning.InTurn{Ends: versioning.Failed, Turns: []versioning.Turn{
			{Stage: "before", Drive: untilReminding},
			{Stage: "moved-in-place", Drive: end("returned")},
		}},
	},
	{
		Name:         "v2-returned",
		Doc:          "MyWorkflowV2, begun beside the old type and refunded when that is gone.",
		WorkflowType: TypeV2,
		Plan: versioning.InTurn{Turns: []versioning.Turn{
			{Stage: "both", Drive: untilReminding},
			{Stage: "after", Drive: end("returned")},
		}},
	},
	{
		Name: "found-by-function",
		Doc:  "MyWorkflow, begun under its name and refunded by code that registers it under another.",
		Plan: versioning.InTurn{Turns: []versioning.Turn{
			{Stage: "before", Drive: untilReminding},
			{Stage: "renamed", Drive: end("returned")},
		}},
	},
}

// untilReminding waits until the execution has nothing to do but wait for its
// end. The service would call it quiet already while the child workflow starts.
var untilReminding = versioning.UntilQuery("result", func(result string) bool {
	return strings.HasSuffix(result, "runs")
})

func end(how string) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		return c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), "end", how)
	}
}
