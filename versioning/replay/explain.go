package replay

import (
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// An Explanation shows a replay: the commands in the history beside the calls of
// the code, where they part, what the change was, and what to do.
type Explanation struct {
	// Tasks are the Workflow Tasks of the history, in order, as far as the code
	// was replayed.
	Tasks []ExplainedTask
	// First is the row at which history and code part first, nil if they do not.
	First *Row
	// Change is what the change of the code was.
	Change Change
	// What says in a sentence or two what has changed, with the values that decide it.
	What string
	// Notice is when a live Worker would notice.
	Notice Notice
	// Do says what to do, and Code is Go code for it, for the place Source; Code is
	// empty where no code helps.
	Do, Code string
	// Source is the line of workflow code that the change is at, or the last one
	// before it where the code does nothing there.
	Source string
	// Notes are what is worth knowing and no divergence, such as a GetVersion call
	// that is gone while its marker is in the history.
	Notes []string
	// Trace is what all of it was read from.
	Trace *compare.SideBySide
}

// ExplainedTask is a Workflow Task of the history, and what the code does in it.
type ExplainedTask struct {
	// Started and Completed are the IDs of its WorkflowTaskStarted and
	// WorkflowTaskCompleted event. Completed is 0 for the last task of a history
	// that ends before it completed.
	Started, Completed int64
	Rows               []Row
}

// A Row is a command in the history and the call that it belongs to. One of them
// can be missing.
type Row struct {
	// Event is the event that a command made, nil if the history has none here.
	Event *historypb.HistoryEvent
	// Call is the call of the code, nil if the code makes none here.
	Call *compare.Call
	// EventText and CallText show both in short form: "ActivityTaskScheduled Charge",
	// "ExecuteActivity Charge".
	EventText, CallText string
	// Mark says how they relate.
	Mark Mark
	// Differences are those within the row, where both are there.
	Differences []compare.Difference
}

// A Mark says how event and call of a Row relate.
type Mark string

// The marks.
const (
	// Same is an event and the call that makes it, or a call that makes no event.
	Same Mark = "same"
	// Differs is an event and the call that makes it, with Row.Differences.
	Differs Mark = "differs"
	// Missing is an event that no call of the code makes.
	Missing Mark = "missing"
	// Extra is a call whose command the history does not have.
	Extra Mark = "extra"
	// Unknown is an event or a call that nothing is claimed about.
	Unknown Mark = "unknown"
)

// Notice is when a live Worker notices what a replay shows: see the four layers in
// docs/live.md.
type Notice string

// The notices.
const (
	// NoticedAtOnce fails the first Workflow Task that reaches it.
	NoticedAtOnce Notice = "at once"
	// NoticedUnlessClosing fails a Workflow Task, unless it is the one that closes
	// the execution: that one is completed without a comparison.
	NoticedUnlessClosing Notice = "unless the Workflow Task closes the execution"
	// NeverNoticed is what only this comparison sees.
	NeverNoticed Notice = "never"
	// ClosesUnnoticed closes the execution, and no SDK says a word.
	ClosesUnnoticed Notice = "never: the execution closes"
	// FailsExecution fails the execution for good, in its next Workflow Task.
	FailsExecution Notice = "the execution fails"
	// WaitsUnnoticed drops the signal, and leaves what waits for it waiting.
	WaitsUnnoticed Notice = "never: the execution waits"
	// LeftUnnoticed leaves the signal where it is.
	LeftUnnoticed Notice = "never: the signal is left"
	// ErrorInCode gives the code an error where there was a value, and what comes of that
	// is the code's own.
	ErrorInCode Notice = "the code gets an error"
	// NoticedByChance fails a Workflow Task whenever the code happens to do something
	// else than it did the last time, and the SDK compares that.
	NoticedByChance Notice = "by chance"
)

// Change is a kind of change of workflow code.
type Change string

// The kinds of changes. They are texts for people, without a subject.
const (
	Unchanged         Change = ""
	CallAdded         Change = "call added"
	CallRemoved       Change = "call removed"
	CallRenamed       Change = "call renamed"
	CallReplaced      Change = "call replaced by another kind"
	CallsReordered    Change = "calls reordered"
	CallMoved         Change = "call moved to another Workflow Task"
	ValuesChanged     Change = "values changed"
	OptionsChanged    Change = "options changed"
	EndsEarlier       Change = "ends earlier"
	EndsOtherwise     Change = "ends otherwise"
	BranchRemoved     Change = "branch removed too early"
	VersionNotKnown   Change = "version not known yet"
	TypeNotRegistered Change = "workflow type not registered"
	CodePanics        Change = "workflow code panics"
	NotDeterministic  Change = "not deterministic"
	ValueUnreadable   Change = "value not readable"
	SignalUnread      Change = "signal not received"
	UpdateUnhandled   Change = "update not handled"
	NotTold           Change = "not told"
)
