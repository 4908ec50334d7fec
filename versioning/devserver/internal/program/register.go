package program

import (
	"context"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// Type is the workflow type of all programs.
const Type = "Program"

// Names of activities, which local activities and child workflows have too. Rejected is the one
// that fails where the Worker runs it: as a local activity.
const (
	Charge   = "Charge"
	Ship     = "Ship"
	Reserve  = "Reserve"
	Rejected = "Rejected"
)

// Names are all of them.
var Names = []string{Charge, Ship, Reserve, Rejected}

// Stage returns a stage whose code is the program.
func Stage(name string, p *Program) versioning.Stage {
	return versioning.Stage{
		Name: name, Doc: "A program.",
		Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(p.Run, workflow.RegisterOptions{Name: Type})
		},
		RegisterActivities: p.registerActivities,
	}
}

// Family returns the family of the stages.
func Family(stages ...versioning.Stage) *versioning.Family {
	return &versioning.Family{
		Name: "random", Doc: "A program, and an edit of it.", WorkflowTypes: []string{Type}, Stages: stages,
	}
}

func (p *Program) registerActivities(r worker.ActivityRegistry) {
	for _, name := range Names {
		r.RegisterActivityWithOptions(func(_ context.Context, argument string) (string, error) {
			p.tell(LocalActivity) // a Worker that takes up a call of an earlier task runs it without calling it again
			if name == Rejected {
				return "", temporal.NewNonRetryableApplicationError("rejected", "Rejected", nil)
			}
			return name + "ed", nil
		}, activity.RegisterOptions{Name: name})
	}
}

// Finish is the signal with which child workflows end. Its argument says how.
const Finish = "finish"

// Refuse as the argument of Finish makes a child fail.
const Refuse = "refuse"

// RegisterChildren registers the child workflows.
func RegisterChildren(r worker.WorkflowRegistry) {
	for _, name := range Names {
		r.RegisterWorkflowWithOptions(awaitFinish, workflow.RegisterOptions{Name: name})
	}
}

func awaitFinish(ctx workflow.Context, _ string) (how string, err error) {
	workflow.GetSignalChannel(ctx, Finish).Receive(ctx, &how)
	if how == Refuse {
		err = temporal.NewNonRetryableApplicationError("refused", "Refused", nil)
	}
	return how, err
}
