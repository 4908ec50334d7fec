package versioning

// A Plan is what a Scenario does with an execution: which stages execute it, what
// drives it and how it ends. It is an EachStage, an InTurn, an Unattended or an
// Observed, as a value. There are no others.
type Plan interface{ isPlan() }

func (EachStage) isPlan()  {}
func (InTurn) isPlan()     {}
func (Unattended) isPlan() {}
func (Observed) isPlan()   {}

// EachStage is the Plan in which each stage executes the scenario by itself. There is
// a recording for each of them.
type EachStage struct {
	// Stages names the stages that are recorded, where others end before they get
	// there, for example. Empty means all that register the workflow type.
	Stages []string

	// Drive, if not nil, acts on the execution once its first workflow task
	// has completed.
	Drive Drive

	// Journeys also records executions that start under one stage and go on
	// under a later one, because the worker is swapped while they are parked at
	// their first activity. Drive then acts under the later stage.
	Journeys bool

	// LastRun records the last run of an execution that has continued as new, in
	// place of the first one.
	LastRun bool

	// Ends says how the execution ends. Empty means Completed.
	Ends Ending
}

// InTurn is the Plan in which stages execute one execution one after another. It is
// recorded once.
type InTurn struct {
	// Turns are the turns of the stages, at least one. The worker is swapped
	// between them.
	Turns []Turn

	// LastRun records the last run of an execution that has continued as new, in
	// place of the first one.
	LastRun bool

	// Ends says how the execution ends. Empty means Completed.
	Ends Ending
}

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

// Unattended is the Plan in which something comes to an open execution while no worker
// runs: it stands in the history after the last workflow task that has completed. There
// is a recording for each stage.
type Unattended struct {
	// Stages names the stages that are recorded. Empty means all that register the
	// workflow type.
	Stages []string

	// Drive, if not nil, acts on the execution once its first workflow task
	// has completed.
	Drive Drive

	// WithoutWorker acts on the execution when it has come to rest and its worker has
	// stopped.
	WithoutWorker Drive
}

// Observed is the Plan in which live workers are observed: the worker of each stage is
// swapped for that of each other stage while the execution is open, once for a workflow
// task that closes the workflow and once for one that does not. Package record makes a
// recording of the open execution for each stage too.
type Observed struct {
	// Stages names the stages that leave the execution open. Empty means all that
	// register the workflow type. The worker is swapped for those of all stages.
	Stages []string

	// Drive, if not nil, acts on the execution once its first workflow task
	// has completed.
	Drive Drive

	// WithoutWorker, if not nil, acts on the execution when it has come to rest and
	// its worker has stopped. What it brings is also the workflow task that does not
	// close the workflow.
	WithoutWorker Drive

	// Finish makes the open execution close with its next workflow task, as a signal
	// can. It may be nil where NoActivities hold the execution back: the activities of
	// the next worker then close it.
	Finish Drive

	// Control also swaps the worker for another one of the same stage: what the code
	// that left the execution open does itself.
	Control bool
}
