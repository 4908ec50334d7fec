package order

import (
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// Families are the workflows of this package. The stage "today" is the code of
// the work tree. To judge a release against another one, keep its functions under
// other names and add a stage for each, in the order of release.
var Families = []*versioning.Family{
	{
		Name:          "order",
		Doc:           "Order runs one order until it is shipped, and returns the tracking number.",
		WorkflowTypes: []string{"Order"},
		Stages: []versioning.Stage{{
			Name: "today",
			Doc:  "The code of the work tree.",
			Register: func(r worker.WorkflowRegistry) {
				// As cmd/orders/main.go registers it.
				r.RegisterWorkflow(Order)
			},
		}},
	},
}
