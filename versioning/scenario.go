package versioning

import (
	"cmp"
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning/internal/registry"
)

// A Scenario is one way to drive an execution, and where it is left.
type Scenario struct {
	// Name is unique within the family: lower-case words or numbers joined by
	// hyphens ("completed").
	Name string

	// Doc is one sentence: what happens to the execution.
	Doc string

	// WorkflowType is the type to start, one of the family's WorkflowTypes.
	// Empty means the first of them. Stages that do not register it are not
	// recorded in this scenario, unless its plan is InTurn.
	WorkflowType string

	// Input holds the workflow's arguments.
	Input []any

	// Start, if not nil, changes the options that the execution is started with: a
	// cron schedule, a retry policy, a timeout, a memo. The workflow ID and the task
	// queue are the recorder's.
	Start func(*client.StartWorkflowOptions)

	// Activities, if not nil, registers activities in place of the stage's
	// own, under the same names: to let one fail, for example. NoActivities
	// registers none, so that the execution stays parked where it waits for one.
	Activities func(worker.ActivityRegistry)

	// Plan says which stages execute it, what drives it and how it ends. nil is
	// EachStage{}: each stage runs it to completion.
	Plan Plan
}

// Drive acts on an execution through the client: it signals, updates, queries
// or cancels. It need not wait for the outcome.
type Drive func(ctx context.Context, c client.Client, run client.WorkflowRun) error

// NoActivities is for Scenario.Activities: it registers none.
func NoActivities(worker.ActivityRegistry) {}

// WithoutActivities reports whether the workers of the scenario run no activity,
// because its Activities are set and register none.
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

// Ending returns how executions of the scenario end, or that they stay Open.
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
