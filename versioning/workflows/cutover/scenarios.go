package cutover

import (
	"context"
	"strings"

	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning"
)

var scenarios = []versioning.Scenario{
	{
		Name:   "waiting",
		Doc:    "MyWorkflow, left open when it is charged and its reminder runs.",
		Drive:  untilReminding,
		Ends:   versioning.Open,
		Live:   true,
		Finish: end("delivered"),
	},
	{
		Name:  "completed",
		Doc:   "MyWorkflow, delivered.",
		Drive: versioning.InOrder(untilReminding, end("delivered")),
		Ends:  versioning.Completed,
	},
	{
		Name:         "v2-waiting",
		Doc:          "MyWorkflowV2, left open when it is charged and its reminder runs.",
		WorkflowType: TypeV2,
		Drive:        untilReminding,
		Ends:         versioning.Open,
	},
	{
		Name:         "v2-completed",
		Doc:          "MyWorkflowV2, delivered.",
		WorkflowType: TypeV2,
		Drive:        versioning.InOrder(untilReminding, end("delivered")),
		Ends:         versioning.Completed,
	},
	{
		Name:         "renamed-waiting",
		Doc:          "orders.MyWorkflow, left open when it is charged and its reminder runs.",
		WorkflowType: TypeRenamed,
		Drive:        untilReminding,
		Ends:         versioning.Open,
	},
	{
		Name: "returned",
		Doc:  "MyWorkflow, begun before the new type was there and refunded beside it.",
		Turns: []versioning.Turn{
			{Stage: "before", Drive: untilReminding},
			{Stage: "both", Drive: end("returned")},
		},
		Ends: versioning.Completed,
	},
	{
		Name: "lost-refund",
		Doc:  "MyWorkflow, charged by one billing system and refunded by the other, which fails.",
		Turns: []versioning.Turn{
			{Stage: "before", Drive: untilReminding},
			{Stage: "moved-in-place", Drive: end("returned")},
		},
		Ends: versioning.Failed,
	},
	{
		Name:         "v2-returned",
		Doc:          "MyWorkflowV2, begun beside the old type and refunded when that is gone.",
		WorkflowType: TypeV2,
		Turns: []versioning.Turn{
			{Stage: "both", Drive: untilReminding},
			{Stage: "after", Drive: end("returned")},
		},
		Ends: versioning.Completed,
	},
	{
		Name: "found-by-function",
		Doc:  "MyWorkflow, begun under its name and refunded by code that registers it under another.",
		Turns: []versioning.Turn{
			{Stage: "before", Drive: untilReminding},
			{Stage: "renamed", Drive: end("returned")},
		},
		Ends: versioning.Completed,
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
