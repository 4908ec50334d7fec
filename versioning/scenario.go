package versioning

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
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
	// recorded in this scenario.
	WorkflowType string

	// Stages, if not empty, names the stages that are recorded in it, and whose open
	// executions are swapped if it is Live: where others end before they get there,
	// for example. Empty means all that register the workflow type.
	Stages []string

	// Input holds the workflow's arguments.
	Input []any

	// Start, if not nil, changes the options that the execution is started with: a
	// cron schedule, a retry policy, a timeout, a memo. The workflow ID and the task
	// queue are the recorder's.
	Start func(*client.StartWorkflowOptions)

	// WithoutActivities runs the worker without any activity, so that the
	// execution stays parked where it waits for one.
	WithoutActivities bool

	// Activities, if not nil, registers activities in place of the stage's
	// own, under the same names: to let one fail, for example.
	Activities func(worker.ActivityRegistry)

	// Drive, if not nil, acts on the execution once its first workflow task
	// has completed.
	Drive Drive

	// Unattended, if not nil, acts on the execution when it has come to rest and its
	// worker has stopped: what it brings stands in the history after the last
	// workflow task that has completed. With Live it is also what gives the swapped
	// worker the workflow task that does not close the workflow.
	Unattended Drive

	// Turns, if not empty, are the stages that execute it one after another;
	// the worker is swapped between them. The scenario is then recorded once.
	// Without Turns it is recorded at every stage.
	Turns []Turn

	// Ends says how the execution has ended, or that it is still open, when
	// its history is taken. An execution that ends in another way is an error
	// of the recording and is not written. An Open one is left when nothing but
	// the outside or a timer can move it: no workflow task is pending, and, unless
	// WithoutActivities holds them back, no activity. So behind its first activity
	// an execution is parked by a signal or a timer that it waits for.
	Ends Ending

	// LastRun records the last run of an execution that has continued as new, in
	// place of the first one.
	LastRun bool

	// Journeys also records executions that start under one stage and go on
	// under a later one, because the worker is swapped while they are parked.
	Journeys bool

	// Live, for a scenario that Ends Open, also observes live workers: the worker
	// of each stage is swapped for that of each other stage while the execution
	// is open, once for a workflow task that closes the workflow and once for one
	// that does not.
	Live bool

	// Control, for a Live scenario, also swaps the worker for another one of the same
	// stage: what the code that left the execution open does itself.
	Control bool

	// Finish, if not nil, makes the open execution of a Live scenario close with
	// its next workflow task, as a signal can. Without it the activities that
	// WithoutActivities held back do that.
	Finish Drive
}

// Drive acts on an execution through the client: it signals, updates, queries
// or cancels. It need not wait for the outcome.
type Drive func(ctx context.Context, c client.Client, run client.WorkflowRun) error

// A Turn is the time in which one stage executes a scenario.
type Turn struct {
	// Stage is the name of the stage, which may have had a turn before.
	Stage string

	// Drive acts on the execution when the stage's worker is running: it makes
	// at least one workflow task, which the stage completes before the next turn
	// begins. In the first turn the start of the execution does that, and Drive
	// may be nil.
	//
	// In a family with build IDs the stages of all its builds run beside each
	// other, and the routing of the Worker Deployment decides which of them takes
	// the workflow task: Drive changes that, through the client, and the stage of
	// the turn is what it must lead to. The client's SetCurrentVersion and
	// SetRampingVersion then return when tasks are routed by them.
	Drive Drive

	// Fails says that the workflow task which Drive makes fails under this stage, or
	// is not answered in time, and that the next turn finds it so.
	Fails bool

	// NewRun says that Drive makes the execution continue as new, and that the
	// stage begins the new run. The recording is then of the new run alone.
	NewRun bool
}
