// Package cause is why history and code part, as data: what is recorded, what the code does
// now, what of GetVersion decides it, and when a live Worker notices. Package replay finds
// causes, and package advice makes sentences of them.
package cause

import "github.com/replaymatrix/replaymatrix/versioning/compare"

// A Cause is why a cell has its verdict, as data: package advice makes the sentences.
// Kind tells which one of the pointers is set. Parting is also set where history and code part
// at an event or a call. The zero value is that of a cell
// that needs no explanation.
//
// The strings in it are a user's own: names, values, texts of errors. A run ID among
// them reads RUN-ID, since it is another one in every recording.
type Cause struct {
	Kind Kind `json:"kind"`

	// Parting is what stands on both sides of the Place.
	Parting *Parting `json:"parting,omitempty"`
	// Range is a GetVersion call that does not take the recorded version: BranchRemoved,
	// VersionNotKnown.
	Range *VersionRange `json:"range,omitempty"`
	// Value is what the code cannot read: ValueUnreadable.
	Value *UnreadValue `json:"value,omitempty"`
	// Parameters are those of a workflow function that takes more than the input has:
	// ArgumentMissing.
	Parameters *Parameters `json:"parameters,omitempty"`
	// Signal is what the code leaves: SignalUnread.
	Signal *UnreadSignal `json:"signal,omitempty"`
	// Update is one without a handler: UpdateUnhandled.
	Update *UnhandledUpdate `json:"update,omitempty"`
	// Type is one that the Worker does not know: TypeNotRegistered.
	Type *UnknownType `json:"type,omitempty"`
	// Failure is what the SDK, or the code, says itself: CodePanics, CodeDeadlocks and the
	// kinds of errors that name no call.
	Failure *Failure `json:"failure,omitempty"`
	// Unstable is how two replays differ: NotDeterministic.
	Unstable *Instability `json:"unstable,omitempty"`
	// Pin is what keeps an execution on its build. The rest of the Cause is then that of a
	// replay which cannot happen unless somebody moves the execution.
	Pin *Pin `json:"pin,omitempty"`

	// Decided is what GetVersion has to do with it.
	Decided Decision `json:"decided,omitzero"`
	// Namespace is where the unknown namespace of the execution may have to do with it.
	Namespace *NamespaceHint `json:"namespace,omitempty"`
	// Notice is when a live Worker would notice.
	Notice Notice `json:"notice,omitempty"`
}

// A Parting is what the history has and what the code does at the Place. One of them can
// be missing.
type Parting struct {
	Recorded *compare.Side `json:"recorded,omitempty"`
	Now      *compare.Side `json:"now,omitempty"`
	// Instead is what the side that has nothing there goes on with, nil if nothing is known.
	Instead *compare.Side `json:"instead,omitempty"`
	// Elsewhere is where the other half of a moved call is: an event, or a call with its line.
	Elsewhere *compare.Side `json:"elsewhere,omitempty"`
	// Difference is the first one between an event and its call: OptionsChanged,
	// ValuesChanged.
	Difference *compare.Difference `json:"difference,omitempty"`
	// Task is the ID of the WorkflowTaskCompleted event of the Workflow Task, 0 if that
	// has not completed.
	Task int64 `json:"task,omitempty"`
	// Canceled is whether Recorded is there because the code of then has canceled something.
	Canceled bool `json:"canceled,omitempty"`
	// Afterwards is what comes of an execution that has come further than the end of the
	// code: EndsEarlier, where the SDK accepts that.
	Afterwards *Afterwards `json:"afterwards,omitempty"`
}

// VersionRange is the range of a GetVersion call that leaves the recorded version out.
// DefaultVersion is -1.
type VersionRange struct {
	ChangeID string `json:"changeId"`
	Version  int64  `json:"version"`
	// Marked is whether the history has a marker of the change ID that can be read;
	// without one Version is DefaultVersion.
	Marked bool `json:"marked"`
	Min    int  `json:"min"`
	Max    int  `json:"max"`
}

// UnreadValue is a value of an event that does not decode into what the code asks for.
type UnreadValue struct {
	// Of is what the value belongs to.
	Of ValueOf `json:"of"`
	// Name is what the user calls that: the signal, the activity; or the type of the event.
	Name string `json:"name,omitempty"`
	// Field is the field of the event, and Item the place of the value in it, from 0.
	Field string `json:"field"`
	Item  int    `json:"item,omitempty"`
	// Recorded is the value as JSON, as far as it is readable, and Type the Go type.
	Recorded string `json:"recorded,omitempty"`
	Type     string `json:"type"`
	// Encoding is that of the value, where the data converter does not know it.
	Encoding string `json:"encoding,omitempty"`
	// Rejected is whether the SDK does not accept what the code makes of that, so that
	// the Workflow Task fails.
	Rejected bool `json:"rejected,omitempty"`
}

// ValueOf is what a value of the history belongs to.
type ValueOf string

// What values belong to.
const (
	OfInput          ValueOf = "input"
	OfSignal         ValueOf = "signal"
	OfUpdate         ValueOf = "update"
	OfActivity       ValueOf = "activity"
	OfLocalActivity  ValueOf = "local-activity"
	OfChildWorkflow  ValueOf = "child-workflow"
	OfNexusOperation ValueOf = "nexus-operation"
	OfMarker         ValueOf = "marker"
	OfFailure        ValueOf = "failure"
	OfEvent          ValueOf = "event"
)

// Parameters are how many the workflow function takes, and how many values the input has.
type Parameters struct {
	Takes int `json:"takes"`
	Has   int `json:"has"`
}

// UnreadSignal is a signal that came and that the code does not take.
type UnreadSignal struct {
	Name string `json:"name"`
	// Events are those of that name that are not taken.
	Events []int64 `json:"events"`
	// Asked is whether the code asks for the channel of that name, and Listens are the
	// channels that it asks for.
	Asked   bool     `json:"asked,omitempty"`
	Listens []string `json:"listens,omitempty"`
	// Taken is whether the code took it that ran the execution.
	Taken bool `json:"taken,omitempty"`
	// Rejected is as in UnreadValue.
	Rejected bool `json:"rejected,omitempty"`
}

// UnhandledUpdate is an update that the history has accepted and that has no handler.
type UnhandledUpdate struct {
	Name  string `json:"name"`
	Event int64  `json:"event"`
	// Handlers are the names of the updates that the code handles.
	Handlers []string `json:"handlers,omitempty"`
}

// UnknownType is a workflow type that the Worker does not know.
type UnknownType struct {
	Name       string   `json:"name"`
	Registered []string `json:"registered"`
}

// Failure is what the SDK or the code says.
type Failure struct {
	// Text is the first line of it.
	Text string `json:"text,omitempty"`
	// Subject is what the SDK's text names: the number of a flag, the ID of a command.
	Subject string `json:"subject,omitempty"`
	// FirstTask is whether it was in a first Workflow Task that was made up for an
	// execution that has not begun.
	FirstTask bool `json:"firstTask,omitempty"`
}

// Instability is where replays of the same code differ. It has the place and not the values,
// because those change with every replay.
type Instability struct {
	// Path is that of a value, empty where the calls differ.
	Path string `json:"path,omitempty"`
	// Ends is whether the calls are the same and the code ends otherwise.
	Ends bool `json:"ends,omitempty"`
	// Sources are the lines on which that is, each once, sorted.
	Sources []string `json:"sources,omitempty"`
}

// Afterwards is what becomes of what an execution has beyond the point at which the code
// ends.
type Afterwards struct {
	// Resends is a command with an ID that the code makes in the task in which it ends: a
	// live Worker sends it once more. It is nil if there is none.
	Resends *compare.Side `json:"resends,omitempty"`
	// Signals and Results are how many of them the history has after that.
	Signals int `json:"signals,omitempty"`
	Results int `json:"results,omitempty"`
}

// NamespaceHint is where code asks for the namespace that nobody knows.
type NamespaceHint struct {
	// Shown is whether the name that the SDK's replayer has stands in what differs.
	Shown bool `json:"shown,omitempty"`
	// Source is the line of workflow code that asks.
	Source string `json:"source"`
}

// Pin is what keeps an execution on one build.
type Pin struct {
	// Build is that build, and To that of the stage.
	Build string `json:"build"`
	To    string `json:"to"`
	// By is what pins it, in words, and Event the ID of the event that says so.
	By    string `json:"by"`
	Event int64  `json:"event"`
	// Override is whether that is a versioning override, which can be taken back, and
	// Closed whether the execution is.
	Override bool `json:"override,omitempty"`
	Closed   bool `json:"closed,omitempty"`
	// At is the ID of the event at which it would part if it moved to the stage, 0 if it
	// would not; Source, Callers and Near are as in Place.
	At      int64    `json:"at,omitempty"`
	Source  string   `json:"source,omitempty"`
	Callers []string `json:"callers,omitempty"`
	Near    bool     `json:"near,omitempty"`
}
