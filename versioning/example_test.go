package versioning_test

import (
	"fmt"
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// The two forms in which the workflow was released. Reading one of them is
// reading what was in production at the time.

func ShipAtOnce(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	return workflow.ExecuteActivity(ctx, "Ship").Get(ctx, nil)
}

func ChargeFirst(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	if workflow.GetVersion(ctx, "charge", workflow.DefaultVersion, 1) == 1 {
		if err := workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil); err != nil {
			return err
		}
	}
	return workflow.ExecuteActivity(ctx, "Ship").Get(ctx, nil)
}

// Shipping is the family: one workflow type, two stages.
var Shipping = &versioning.Family{
	Name:          "shipping",
	Doc:           "A parcel is shipped, and since v2 charged first.",
	WorkflowTypes: []string{"Ship"},
	Stages: []versioning.Stage{
		{Name: "v1", Doc: "Ships at once.", Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(ShipAtOnce, workflow.RegisterOptions{Name: "Ship"})
		}},
		{Name: "v2", Doc: "Charges, then ships.", Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(ChargeFirst, workflow.RegisterOptions{Name: "Ship"})
		}},
	},
	Scenarios: []versioning.Scenario{versioning.RunsToCompletion, versioning.WaitsForActivity},
}

// A family is a value; Validate tells all that is wrong with it.
func ExampleValidate() {
	fmt.Println("shipping:", versioning.Validate(Shipping))

	forgetful := &versioning.Family{
		Name:          "billing",
		Doc:           "An invoice is sent.",
		WorkflowTypes: []string{"Bill"},
		Stages: []versioning.Stage{{Name: "v1", Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflow(ShipAtOnce)
		}}},
	}
	fmt.Println(versioning.Validate(forgetful))

	// Output:
	// shipping: <nil>
	// family "billing": stage "v1" is undocumented: set Doc to one sentence
	// family "billing": stage "v1" registers workflow type "ShipAtOnce", want "Bill": stages of one family share their workflow type
}
