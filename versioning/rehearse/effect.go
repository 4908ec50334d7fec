package rehearse

import "slices"

// A Kind is what a live Worker does with the next Workflow Task of an execution.
type Kind string

// The kinds of effects.
const (
	// AsRecorded is what the history has, or what the code that ran the execution does.
	AsRecorded Kind = "as-recorded"
	// Otherwise is other commands or values. After an honest GetVersion that is what a change is
	// for.
	Otherwise Kind = "otherwise"
	// Stuck is a Workflow Task that fails, or whose answer the service refuses. It is tried again
	// and again.
	Stuck Kind = "stuck"
	// Closes is an execution that closes where it went on, goes on where it closed, or closes in
	// another way.
	Closes Kind = "closes"
	// Hangs is an execution that does nothing where it did something, and that nothing will come
	// to by itself.
	Hangs Kind = "hangs"
	// Waits is an execution that goes on and waits for what comes next, where nothing says what it
	// should do. It is what a healthy execution does most of the time.
	Waits Kind = "waits"
	// Unknown is what cannot be known without running what must not run.
	Unknown Kind = "unknown"
)

// An Effect is what a live Worker of a stage does with the next Workflow Task of an execution that
// waits at a point of a recording, and with the tasks after that one as long as they are recorded.
type Effect struct {
	// Point is the ID of the WorkflowTaskCompleted event after which the execution waits, 0 for an
	// execution that has not begun.
	Point int64
	// News is what brings the task. After are the made-up news that came before, in which the code
	// did what the code does that ran the execution.
	News  News
	After []News `json:",omitempty"`
	Kind  Kind
	// Task is the ID of the WorkflowTaskCompleted event of the task in which it happens, as the
	// recording has it: that of the task after Point, or of a later one up to which all is as
	// recorded. It is 0 in a task that is made up.
	Task int64

	// Cause is the cause of a Workflow Task that fails, as the service names it:
	// "NonDeterministicError". Message is the first line of what the Worker or the service says.
	Cause, Message string
	// Refused is whether the service refuses the answer, which the Worker takes for right.
	Refused bool
	// Checked is whether a Worker that closes the execution in the task would not notice: the
	// failure comes from the comparison of commands and events, which is not made then.
	Checked bool

	// Ending is how the execution closes, as Temporal names its status: "Completed". It is empty
	// if it does not close. Result is the result as JSON, of an execution that continues as new
	// the first argument of the new run.
	Ending, Result string

	// Recorded and Now are what the recorded task and this one have first that the other does
	// not: "ActivityTaskScheduled (Charge)". One is empty where there is nothing in its place.
	Recorded, Now string
	// Code is the line of workflow code that makes the effect, nil if it is not known. It is never
	// known of what goes on or waits as it should. Code is not said of a task that fails because of
	// commands that the history does not have, where the replay of the cell says it.
	Code *Code `json:",omitempty"`

	// Why says what is not known: "runs local activity Charge".
	Why string

	// Rejects is the name of the update that the code rejects in the task, where it did not or where
	// nothing says what it should do. Whoever sends it is told.
	Rejects string

	// Drops is the name of the first signal, of this task or of one before it that was rehearsed, that
	// does not decode into what the code receives: the SDK drops it, with an Error line in the Worker's log.
	Drops string

	// WaitsFor is what can bring the task after this one. It is set if the execution goes on, and is
	// still open then.
	WaitsFor WaitsFor

	// Versions are those that the code has asked for first in the rehearsed tasks.
	Versions []Version
	// ByVersion is whether the effect does not remain if all of Versions are DefaultVersion.
	ByVersion bool

	// Breaks is whether the effect makes the cell incompatible, whatever its replay says.
	Breaks bool

	// Roll is what a Worker of the stage that ran the execution does with it after that. It is nil
	// if that is not known.
	Roll *Roll `json:",omitempty"`
}

// Notable reports whether the effect is one to look at: it breaks the execution, or leaves it stuck,
// or closes it or lets it hang by a version that the history does not have.
func (e Effect) Notable() bool { return e.Breaks || e.ByVersion || e.Kind == Stuck }

// Mismatch reports whether the Workflow Task fails for the usual cause: commands and events do not
// match.
func (e Effect) Mismatch() bool {
	return e.Kind == Stuck && !e.Refused && e.Cause == nondeterministic
}

// MadeUp reports whether the task is one that no recording has and that something brings.
func (e Effect) MadeUp() bool {
	switch e.News.Kind {
	case TimerFired, CancelRequested, SignalCame, UpdateCame:
		return true
	}
	return false
}

// WaitsFor is what an execution waits for. Each list is sorted.
type WaitsFor struct {
	// Signals and Updates are those that the code listens to.
	Signals, Updates []string
	// Timers are the IDs of those that run.
	Timers []string
	// Results are the names of activities, Child Workflows and operations whose end is to come, and
	// what is said of other executions: "the signal paid to order-5". Each is there once.
	Results []string
}

// Nothing reports whether nothing will come by itself.
func (w WaitsFor) Nothing() bool { return len(w.Timers)+len(w.Results) == 0 }

// A Version is what GetVersion gave where the history has no marker for its change ID.
type Version struct {
	ChangeID string
	Version  int
}

// A Roll is what a Worker of another stage does with an execution after a task under this one, as
// happens while a deploy rolls. After an honest GetVersion that is so by design.
type Roll struct {
	// Stage is the other stage.
	Stage string
	// Stuck is whether its Workers cannot take the execution back: they are stuck with it until they
	// stop. Cause is the verdict of the replay that says so. Checked is whether a Worker that closes
	// the execution in its task would not notice.
	Stuck   bool
	Cause   string
	Checked bool
	// Ending is how its Workers close the execution, whatever comes, as Temporal names the status:
	// "Completed". It is empty if they do not.
	Ending string
}

// Effects are those of one cell.
type Effects struct {
	// Points is the number of waiting points of the recording, and Rehearsed that of the points
	// that were rehearsed. Nothing is claimed of the others.
	Points, Rehearsed int
	// List has the effects in the order of their points.
	List []Effect
	// Borrowed is whether Request.Argument was asked: the effects depend on other recordings too.
	Borrowed bool
	// Failed is why the Workers could not be set up, or did not answer. It is empty otherwise.
	Failed string
}

// Has reports whether an effect is of the kind.
func (e Effects) Has(k Kind) bool {
	return slices.ContainsFunc(e.List, func(one Effect) bool { return one.Kind == k })
}

// AsRecorded reports whether every waiting point was rehearsed, and all that was rehearsed, made up or recorded, is as
// recorded or as the code does that ran the execution.
func (e Effects) AsRecorded() bool {
	return len(e.List) > 0 && e.Rehearsed == e.Points && !slices.ContainsFunc(e.List, func(one Effect) bool {
		return one.Notable() || one.Rejects != "" || one.Kind != AsRecorded && one.Kind != Waits
	})
}
