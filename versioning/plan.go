package versioning

// A Plan says what a Scenario does with an execution: which stages execute it, what drives it and
// how it ends. A Plan is a value of type EachStage, InTurn, Unattended or Observed. There are no
// other Plans.
type Plan interface{ isPlan() }

func (EachStage) isPlan()  {}
func (InTurn) isPlan()     {}
func (Unattended) isPlan() {}
func (Observed) isPlan()   {}

// EachStage is the Plan in which each stage executes the scenario by itself. Each stage gets a
// recording.
type EachStage struct {
	// Stages names the stages that are recorded. Use it, for example, if in other stages the
	// execution ends too early. Empty means all stages that register the workflow type.
	Stages []string

	// Drive, if not nil, acts on the execution once its first Workflow Task has completed.
	Drive Drive

	// Journeys also records executions that start under one stage and go on under a later stage.
	// The Worker is swapped while the execution is parked at its first activity. Drive then acts
	// under the later stage.
	Journeys bool

	// LastRun records the last run of an execution that has continued as new, instead of the first
	// run.
	LastRun bool

	// Ends says how the execution ends. Empty means Completed.
	Ends Ending
}

// InTurn is the Plan in which several stages execute one execution, one after another. The
// execution is recorded once.
type InTurn struct {
	// Turns are the turns of the stages, at least one. The Worker is swapped between turns.
	Turns []Turn

	// LastRun records the last run of an execution that has continued as new, instead of the first
	// run.
	LastRun bool

	// Ends says how the execution ends. Empty means Completed.
	Ends Ending
}

// A Turn is the time in which one stage executes a scenario.
type Turn struct {
	// Stage is the name of the stage. One stage may have several turns.
	Stage string

	// Drive acts on the execution when the stage's Worker is running. Drive makes at least one
	// Workflow Task, and the stage completes that task before the next turn begins. In the first
	// turn, the start of the execution makes a Workflow Task, so Drive may be nil.
	//
	// In a family with build IDs, the stages of all its builds run at the same time. The routing of
	// the Worker Deployment decides which stage gets the Workflow Task. Drive changes the routing
	// through the client, and the routing must lead to the stage of the turn. The client's methods
	// SetCurrentVersion and SetRampingVersion return when the service routes tasks by the new
	// setting.
	Drive Drive

	// Fails says that the Workflow Task which Drive makes fails under this stage, or is not
	// answered in time. The next turn begins with the task in this state.
	Fails bool

	// NewRun says that Drive makes the execution continue as new, and that the stage begins the new
	// run. The recording then has only the new run.
	NewRun bool
}

// Unattended is the Plan in which something reaches an open execution while no Worker runs, a
// signal for example. In the Event History, its event comes after the last completed Workflow Task.
// Each stage gets a recording.
type Unattended struct {
	// Stages names the stages that are recorded. Empty means all stages that register the workflow
	// type.
	Stages []string

	// Drive, if not nil, acts on the execution once its first Workflow Task has completed.
	Drive Drive

	// WithoutWorker acts on the execution when the execution has come to rest and its Worker has
	// stopped.
	WithoutWorker Drive
}

// Observed is the Plan in which live Workers are observed. While the execution is open, the Worker
// of each stage is swapped for the Worker of each other stage that the execution can go to (see
// Family.Transition). This is done once for a Workflow Task that closes the workflow, and once for
// a Workflow Task that does not. Package record also makes a recording of the open execution for
// each stage.
type Observed struct {
	// Stages names the stages that leave the execution open. Empty means all stages that register
	// the workflow type. The Workers of all stages can take over, whatever Stages names.
	Stages []string

	// Drive, if not nil, acts on the execution once its first Workflow Task has completed.
	Drive Drive

	// WithoutWorker, if not nil, acts on the execution when the execution has come to rest and its
	// Worker has stopped. WithoutWorker then also makes the Workflow Task that does not close the
	// workflow.
	WithoutWorker Drive

	// Finish makes the open execution close with its next Workflow Task, for example by a signal.
	// Finish may be nil if NoActivities holds the execution back: the activities of the next Worker
	// then close the execution.
	Finish Drive

	// Control also swaps the Worker for another Worker of the same stage. This shows what the code
	// does that left the execution open.
	Control bool
}
