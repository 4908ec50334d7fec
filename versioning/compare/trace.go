// Package compare shows what workflow code does during a replay: every call it
// makes to the SDK, in order, beside the event of the history that the call's
// command made.
//
//	recorder := compare.NewRecorder(options)
//	replayer, _ := worker.NewWorkflowReplayerWithOptions(recorder.Options())
//	… replay …
//	t := recorder.Trace(events, err == nil)
//	differences := t.Differences(compare.Values)
//
// The SDK's own check compares commands and events by little more than their
// kind. A Trace holds what each event would say if this code had made it, so
// that arguments, durations and options can be compared too. The package judges
// nothing: package replay does.
package compare

import (
	"reflect"

	"google.golang.org/protobuf/proto"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// Kind is what a call does.
type Kind string

// The kinds of calls, by the name of the SDK's function where there is one.
const (
	Activity          Kind = "ExecuteActivity"
	LocalActivity     Kind = "ExecuteLocalActivity"
	ChildWorkflow     Kind = "ExecuteChildWorkflow"
	NexusOperation    Kind = "ExecuteOperation"
	Timer             Kind = "NewTimer"
	SignalExternal    Kind = "SignalExternalWorkflow"
	CancelExternal    Kind = "RequestCancelExternalWorkflow"
	SideEffect        Kind = "SideEffect"
	MutableSideEffect Kind = "MutableSideEffect"
	GetVersion        Kind = "GetVersion"
	SearchAttributes  Kind = "UpsertSearchAttributes"
	Memo              Kind = "UpsertMemo"
	QueryHandler      Kind = "SetQueryHandler"
	UpdateHandler     Kind = "SetUpdateHandler"
	Signal            Kind = "signal received"
	Update            Kind = "update executed"
	// Ending is the return of the workflow function.
	Ending Kind = "return"
)

// Alignment says how a call relates to the events of the history.
type Alignment string

// The alignments.
const (
	// Aligned is a call whose event is known for certain.
	Aligned Alignment = "aligned"
	// NoEvent is a call that makes no event: it was cancelled before its command
	// was sent, gave an error instead of a command, or is of a kind that makes
	// none.
	NoEvent Alignment = "no event"
	// NotAligned is a call that makes an event, and nothing tells which. Nothing
	// is claimed about it.
	NotAligned Alignment = "not aligned"
)

// A Call is one call that workflow code made to the SDK.
type Call struct {
	Kind Kind
	// Name is what the user calls it: the activity type, the name of the signal,
	// the change ID. It is empty for timers.
	Name string
	// ID identifies its command within the history, where one is known: the
	// activity ID, the timer ID, the workflow ID of a Child Workflow, the number of
	// a side effect.
	ID string
	// Task is the ID of the WorkflowTaskStarted event of the Workflow Task in which
	// the code made it.
	Task int64
	// Coroutine names the coroutine that made it: "main" for the workflow
	// function, the name given to workflow.GoNamed, or a number.
	Coroutine string
	// Version is what GetVersion gave; Min and Max are the range it was asked with.
	Version, Min, Max int

	// Alignment says what is known about its event, and Event is that one, nil
	// where there is none.
	Alignment Alignment
	Event     *historypb.HistoryEvent
	// Attributes is what the event would say if this code had made it, nil where
	// the call makes no event or its event holds nothing of the user's.
	Attributes proto.Message
	// Local has what a local activity was called with, which no event holds; nil for
	// other calls.
	Local *LocalCall

	place place
	// ids are those of all attempts of a local activity.
	ids []string
	// made is whether the SDK made a command for it, as far as its log tells.
	made bool
	// count is the number of calls of MutableSideEffect with this ID so far.
	count int
	// unset is the number of search attributes that the call unsets.
	unset int
	// by is what encoded the input or the result, and types are those of its values.
	by    converter.DataConverter
	types []reflect.Type
	// memoBy and memoTypes are the same of the memo.
	memoBy    converter.DataConverter
	memoTypes map[string]reflect.Type
	// unseen are the fields of Attributes that could not be seen, which are not compared.
	unseen map[string]bool
	// ownNamespace is whether the other workflow is in the namespace of this one.
	ownNamespace bool
	err          error
	// filledIn is whether Attributes have what the service fills in, and completions
	// are the fields that it has changed.
	filledIn    bool
	completions []completion
	// late is whether the replay had ended by then.
	late bool
}

// A LocalCall is what a local activity was called with.
type LocalCall struct {
	// Input is nil if the data converter does not encode it.
	Input   *commonpb.Payloads
	Options workflow.LocalActivityOptions
}

// Source is the line of workflow code that made the call: the last two elements
// of the path, and the line. It is empty for calls of the SDK's own.
func (c *Call) Source() string { return c.Line().String() }

// Line is that of Source, with the whole path.
func (c *Call) Line() Line { return c.place.line() }

// Callers are the lines of workflow code from which it came to Source, the innermost
// first: what tells calls apart that share a function. There are none where the
// SDK has called the function of Source.
func (c *Call) Callers() []string { return c.place.callers() }

// A Trace is what the code did in one replay.
type Trace struct {
	// Calls are in the order in which the code made them.
	Calls []*Call
	// Unexplained are events that commands made and that no call explains, in the
	// order of the history.
	Unexplained []*historypb.HistoryEvent
	// Events are those of the history.
	Events []*historypb.HistoryEvent

	index     *index
	converter payload.Decoder
	// canceled are the timers and activities whose cancellation the SDK has logged.
	canceled map[string]bool
	// made is the number of calls that make commands of a type in a task, of a replay
	// that the SDK has rejected.
	made map[taskAndType]int
	// accepted is whether the SDK has found nothing wrong.
	accepted bool
}
