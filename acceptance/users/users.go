// Package users holds what teams would have in modules of their own: families of
// one stage, today's code. The scripts run the commands that cli.Main makes of them.
package users

import (
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// Order is a family of one stage without scenarios.
var Order = today("order", "An order is paid.", patching.Patched)

// Billing is another one.
var Billing = today("billing", "A bill is written.", patching.Initial)

func today(name, doc string, code any) *versioning.Family {
	return &versioning.Family{
		Name: name, Doc: doc, WorkflowTypes: []string{patching.WorkflowType},
		Stages: []versioning.Stage{{
			Name: "today",
			Doc:  "The code as it is.",
			Register: func(r worker.WorkflowRegistry) {
				r.RegisterWorkflowWithOptions(code, workflow.RegisterOptions{Name: patching.WorkflowType})
			},
		}},
	}
}
