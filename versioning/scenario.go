package versioning

import (
	"cmp"
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning/internal/registry"
)

// A Scenario is one way to drive an execution, and the state that the execution is left in.
type Scenario struct {
	// Name is unique within the family: lower-case words or numbers joined by
	// hyphens ("completed").
	Name string

	// Doc is one sentence: what happens to the execution.
	Doc string

	// WorkflowType is the type to start, one of the family's WorkflowTypes. Empty means the first
	// of them. A stage that does not register the type is not recorded in this scenario, unless the
	// scenario's Plan is InTurn.
	WorkflowType string

	// Input holds the workflow's arguments.
	Input []any

	// Start, if not nil, changes the options that the execution is started with: a Cron Schedule, a
	// Retry Policy, a timeout, a memo. The recorder sets the Workflow ID and the Task Queue.
	Start func(*client.StartWorkflowOptions)

	// Activities, if not nil, registers activities under the same names instead of the stage's own
	// activities: to let an activity fail, for example. NoActivities registers none. The execution
	// then stays parked where it waits for an activity.
	Activities func(worker.ActivityRegistry)

	// Plan says which stages execute the scenario, what drives the execution and how it ends. Nil
	// means EachStage{}: each stage runs the execution to completion.
	Plan Plan
}

// Drive acts on an execution through the client: it signals, updates, queries or cancels. A Drive
// need not wait for the outcome.
type Drive func(ctx context.Context, c client.Client, run client.WorkflowRun) error

// NoActivities is a value for Scenario.Activities. It registers no activity.
func NoActivities(worker.ActivityRegistry) {}

// WithoutActivities reports whether the Workers of the scenario run no activity. This is so if
// Activities is set and registers none.
func (s Scenario) WithoutActivities() bool {
	if s.Activities == nil {
		return false
	}
	list, err := registry.OfActivities(s.Activities)
	return err == nil && len(list.Names) == 0 && !list.Dynamic
}

// IsObserved reports whether live workers are observed with executions of the scenario.
func (s Scenario) IsObserved() bool {
	_, observed := s.Plan.(Observed)
	return observed
}

// Ending returns how executions of the scenario end. It returns Open if they stay open.
func (s Scenario) Ending() Ending {
	switch plan := s.Plan.(type) {
	case EachStage:
		return cmp.Or(plan.Ends, Completed)
	case InTurn:
		return cmp.Or(plan.Ends, Completed)
	case Unattended, Observed:
		return Open
	}
	return Completed
}
