package order_test

import (
	"os"
	"testing"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"example.com/orders/order"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
)

// family is the workflow as it is now: one stage, the code of today.
var family = &versioning.Family{
	Name:          "order",
	Doc:           "An order from its reservation to its shipment.",
	WorkflowTypes: []string{order.WorkflowType},
	Stages: []versioning.Stage{{
		Name: "today",
		Doc:  "The code of this work tree.",
		Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(order.Order, workflow.RegisterOptions{Name: order.WorkflowType})
		},
	}},
}

// TestReplay replays every history in the folder against the code of today.
func TestReplay(t *testing.T) {
	replaytest.Run(t, replaytest.Params{
		Family:     family,
		Recordings: os.DirFS("testdata/histories/order"),
	})
}
