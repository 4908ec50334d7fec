// Package cause says why history and code part, as data. A Cause has what is recorded, what the
// code does now, which part GetVersion plays, and when a live Worker notices. Package replay finds
// causes, and package advice makes sentences of them.
package cause

import "github.com/replaymatrix/replaymatrix/versioning/compare"

// A Cause is the reason for the verdict of a cell, as data. Package advice makes the sentences.
// Kind tells which one of the pointers is set. Parting is also set where history and code part at
// an event or a call. The zero value means that the cell needs no explanation.
//
// The strings in a Cause come from the user: names, values, texts of errors. RUN-ID stands for the
// run ID in these strings, because every recording has another run ID: see WithoutRunID.
type Cause struct {
	Kind Kind `json:"kind"`

	// Parting is what the history and the code have at the Place.
	Parting *Parting `json:"parting,omitempty"`
	// Range is a GetVersion call whose range leaves the recorded version out. The Kind is
	// BranchRemoved or VersionNotKnown.
	Range *VersionRange `json:"range,omitempty"`
	// Value is the value that the code cannot read. The Kind is ValueUnreadable.
	Value *UnreadValue `json:"value,omitempty"`
	// Parameters is about a workflow function that takes more parameters than the input has values.
	// The Kind is ArgumentMissing.
	Parameters *Parameters `json:"parameters,omitempty"`
	// Signal is the signal that the code does not take. The Kind is SignalUnread or SignalRenamed.
	Signal *UnreadSignal `json:"signal,omitempty"`
	// Update is an update without a handler. The Kind is UpdateUnhandled or UpdateRenamed.
	Update *UnhandledUpdate `json:"update,omitempty"`
	// Type is a workflow type that the Worker does not know. The Kind is TypeNotRegistered.
	Type *UnknownType `json:"type,omitempty"`
	// Failure is the text of the SDK or of the code. The Kind is CodePanics, CodeDeadlocks, or the
	// kind of an error that names no call.
	Failure *Failure `json:"failure,omitempty"`
	// Unstable is how two replays differ. The Kind is NotDeterministic.
	Unstable *Instability `json:"unstable,omitempty"`
	// Ahead is what a live Worker does in the next Workflow Task. The Kind is StuckAhead, ClosesAhead
	// or HangsAhead.
	Ahead *Ahead `json:"ahead,omitempty"`
	// Pin is what keeps an execution on its build. The rest of the Cause is then about a replay
	// that can happen only if somebody moves the execution.
	Pin *Pin `json:"pin,omitempty"`

	// Decided says whether GetVersion explains why history and code part.
	Decided Decision `json:"decided,omitzero"`
	// Namespace is set where the unknown namespace of the execution may explain why history and
	// code part.
	Namespace *NamespaceHint `json:"namespace,omitempty"`
	// Notice is when a live Worker would notice.
	Notice Notice `json:"notice,omitempty"`
}

// A Parting is what the history has (Recorded) and what the code does (Now) at the Place. Recorded
// or Now can be missing.
type Parting struct {
	Recorded *compare.Side `json:"recorded,omitempty"`
	Now      *compare.Side `json:"now,omitempty"`
	// Instead is about the side that has nothing at the Place: what this side goes on with. It is
	// nil if nothing is known.
	Instead *compare.Side `json:"instead,omitempty"`
	// Elsewhere is the other half of a moved call: an event, or a call with its line.
	Elsewhere *compare.Side `json:"elsewhere,omitempty"`
	// Difference is the first difference between an event and its call. The Kind is OptionsChanged
	// or ValuesChanged, or CallsSwapped, CallsReordered or CallMovedInTask where only the values tell that.
	Difference *compare.Difference `json:"difference,omitempty"`
	// Task is the ID of the WorkflowTaskCompleted event of the Workflow Task. It is 0 if the
	// Workflow Task has not completed.
	Task int64 `json:"task,omitempty"`
	// Canceled is true if the history has Recorded because the code that ran the execution has
	// canceled something.
	Canceled bool `json:"canceled,omitempty"`
	// Unreached is true if only the Workflow Task that closes the execution gets to the Place. No
	// execution that waits has come there, so a GetVersion call there gives it the new version.
	Unreached bool `json:"unreached,omitempty"`
	// Afterwards is what happens to an execution that has gone further than the point at which the
	// code ends. The Kind is EndsEarlier, and the SDK accepts the earlier end.
	Afterwards *Afterwards `json:"afterwards,omitempty"`
	// Ends is how the execution ends on both sides, where that differs as well. The Kind is
	// OptionsChanged or ValuesChanged, and the replay gets to the end.
	Ends *Ends `json:"ends,omitempty"`
}

// Ends is the end of an execution in the history (Recorded), and that of the code (Now). Now is nil if
// the code goes on.
type Ends struct {
	Recorded *compare.Side `json:"recorded"`
	Now      *compare.Side `json:"now,omitempty"`
}

// VersionRange is a GetVersion call whose range, Min to Max, leaves the recorded version out.
// DefaultVersion is -1.
type VersionRange struct {
	ChangeID string `json:"changeId"`
	Version  int64  `json:"version"`
	// Marked is true if the history has a readable marker of the change ID. Without a readable
	// marker, Version is DefaultVersion.
	Marked bool `json:"marked"`
	Min    int  `json:"min"`
	Max    int  `json:"max"`
}

// UnreadValue is a value of an event that does not decode into what the code asks for.
type UnreadValue struct {
	// Of is what the value belongs to.
	Of ValueOf `json:"of"`
	// Name is the user's name for what the value belongs to, such as the signal or the activity.
	// Otherwise Name is the type of the event.
	Name string `json:"name,omitempty"`
	// Field is the field of the event. Item is the position of the value in the field, from 0.
	Field string `json:"field"`
	Item  int    `json:"item,omitempty"`
	// Recorded is the value as JSON, as far as the value is readable. Type is the Go type that the
	// code asks for.
	Recorded string `json:"recorded,omitempty"`
	Type     string `json:"type"`
	// Encoding is the encoding of the value. It is set only if the data converter does not know the
	// encoding.
	Encoding string `json:"encoding,omitempty"`
	// Rejected is true if the SDK does not accept what the code does with the unreadable value. The
	// Workflow Task then fails.
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

// Parameters says how many parameters the workflow function takes (Takes), and how many values the
// input has (Has).
type Parameters struct {
	Takes int `json:"takes"`
	Has   int `json:"has"`
}

// UnreadSignal is a signal that came, and the code does not take it.
type UnreadSignal struct {
	Name string `json:"name"`
	// Events are the IDs of the events of signals with this name that the code does not take.
	Events []int64 `json:"events"`
	// Asked is true if the code asks for the signal channel with this name. Listens are the names
	// of all signal channels that the code asks for.
	Asked   bool     `json:"asked,omitempty"`
	Listens []string `json:"listens,omitempty"`
	// Now is the name that the code asks for instead. It is empty if nothing tells that the signal was
	// renamed.
	Now string `json:"now,omitempty"`
	// Taken is true if the code that ran the execution took the signal.
	Taken bool `json:"taken,omitempty"`
	// Rejected is true if the SDK does not accept what the code does without the signal. The
	// Workflow Task then fails, as in UnreadValue.
	Rejected bool `json:"rejected,omitempty"`
}

// UnhandledUpdate is an update without a handler in the code. The history says that the update was
// accepted.
type UnhandledUpdate struct {
	Name  string `json:"name"`
	Event int64  `json:"event"`
	// Now is the name that the code handles instead. It is empty if nothing tells that the update was
	// renamed.
	Now string `json:"now,omitempty"`
	// Handlers are the names of the updates that the code handles.
	Handlers []string `json:"handlers,omitempty"`
}

// UnknownType is a workflow type that the Worker does not know.
type UnknownType struct {
	Name       string   `json:"name"`
	Registered []string `json:"registered"`
	// Function is the function that the stage which ran the execution registers for the type, as a person would name it:
	// "MyWorkflow" or "Orders.Run". It is empty where the stage is not known, or registers no function by name, and for a
	// rollback, which is not mended by that.
	Function string `json:"function,omitempty"`
	// Source is the line at which Function begins, as in Place.Source. It is empty where Function is.
	Source string `json:"source,omitempty"`
	// Others are the functions that other stages register for the type. One Worker can register one function for it.
	Others []string `json:"others,omitempty"`
}

// Failure is the text of an error from the SDK or from the code.
type Failure struct {
	// Text is the first line of the error.
	Text string `json:"text,omitempty"`
	// Subject is what the SDK's text names, such as the number of a flag or the ID of a command.
	Subject string `json:"subject,omitempty"`
	// FirstTask is true if the failure was in a made-up first Workflow Task. Package replay makes
	// up such a Workflow Task for an execution that has not begun.
	FirstTask bool `json:"firstTask,omitempty"`
}

// Instability is where replays of the same code differ. It has the place, but not the values,
// because the values change with every replay.
type Instability struct {
	// Path is the path of the value that differs. It is empty where the calls differ.
	Path string `json:"path,omitempty"`
	// Ends is true if the calls are the same, but the code ends in another way.
	Ends bool `json:"ends,omitempty"`
	// Sources are the lines of workflow code where replays differ. Each line is listed once. They
	// are sorted.
	Sources []string `json:"sources,omitempty"`
}

// Afterwards is about an execution that has gone further than the point at which the code ends. It
// says what happens to the part of the history after this point.
type Afterwards struct {
	// Resends is a command with an ID from the Workflow Task in which the code ends. A live Worker
	// sends the command once more. It is nil if there is no such command.
	Resends *compare.Side `json:"resends,omitempty"`
	// Signals and Results are the numbers of signals and results that the history has after the
	// Workflow Task in which the code ends. Both are 0 if Resends is set.
	Signals int `json:"signals,omitempty"`
	Results int `json:"results,omitempty"`
}

// NamespaceHint is set where code asks for the namespace of the execution, and nobody knows this
// namespace.
type NamespaceHint struct {
	// Shown is true if the difference contains the namespace name of the SDK's replayer.
	Shown bool `json:"shown,omitempty"`
	// Source is the line of workflow code that asks for the namespace.
	Source string `json:"source"`
}

// Pin is what keeps an execution on one build.
type Pin struct {
	// Build is the build that the execution is pinned to. To is the build of the stage.
	Build string `json:"build"`
	To    string `json:"to"`
	// By says in words what pins the execution. Event is the ID of the event that pins the
	// execution.
	By    string `json:"by"`
	Event int64  `json:"event"`
	// Override is true if a versioning override pins the execution. An override can be taken back.
	// Closed is true if the execution is closed.
	Override bool `json:"override,omitempty"`
	Closed   bool `json:"closed,omitempty"`
	// At is the ID of the event at which history and code would part if the execution moved to the
	// stage. It is 0 if they would not part. Source, Callers and Near are as in the Place of
	// package replay.
	At      int64    `json:"at,omitempty"`
	Source  string   `json:"source,omitempty"`
	Callers []string `json:"callers,omitempty"`
	Near    bool     `json:"near,omitempty"`
}
