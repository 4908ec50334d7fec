package trace

import (
	"errors"
	"reflect"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"
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
	// Versions are those of GetVersion, zero for other calls.
	Versions
	// Command is what the call asks the service for.
	Command
	// Local has what a local activity was called with, which no event holds; nil for
	// other calls.
	Local *LocalCall
	// Attempts are the IDs of all attempts of a local activity.
	Attempts []string
	// Count is the number of calls of MutableSideEffect with this ID so far.
	Count int

	place place
	err   error
	// late is whether the replay had ended by then.
	late bool
}

// Versions are what GetVersion gave, and the range that it was asked with.
type Versions struct{ Version, Min, Max int }

// A Command is what a call asks the service for.
type Command struct {
	// Made is whether the SDK made a command, as far as its log tells.
	Made bool
	// Attributes is what the event would say if this code had made it, nil where
	// the call makes no event or its event holds nothing of the user's.
	Attributes proto.Message
	// Unseen are the fields of Attributes that could not be seen.
	Unseen map[string]bool
	// Unset is the number of search attributes that the call unsets: which they are
	// the SDK does not tell.
	Unset int
	// OwnNamespace is whether the other workflow is in the namespace of this one.
	OwnNamespace bool
	// Encoded tells how the input or the result was encoded, and Memo the memo.
	Encoded Encoded
	Memo    EncodedMemo
}

// Encoded is what has encoded values, and their types.
type Encoded struct {
	By    converter.DataConverter
	Types []reflect.Type
}

// EncodedMemo is a memo as the SDK would send it: what has encoded it, and the types of its
// values.
type EncodedMemo struct {
	By    converter.DataConverter
	Types map[string]reflect.Type

	memo *commonpb.Memo
	// failed is whether it could not be encoded.
	failed bool
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

// Err is the error that the call gave at once, or with which the workflow
// function or the handler has ended; nil if there was none.
func (c *Call) Err() error { return c.err }

// OutOfRange reports whether the call is a GetVersion whose range leaves the
// recorded version out.
func (c *Call) OutOfRange() bool {
	return c.Kind == GetVersion && c.err == errOutOfRange //nolint:errorlint // it is never wrapped
}

// Panicked reports whether the SDK panicked in the call: the history has no value for it.
func (c *Call) Panicked() bool { return c.err == errPanicked } //nolint:errorlint // it is never wrapped

// MayBeTakenDown reports whether the call may be one of a deferred function that runs because
// the SDK takes the workflow down. It does so at the end of the replay and beside whoever
// asks for the trace (dispatcherImpl.Close in internal/internal_workflow.go), and what
// makes a command panics then; but a signal can still be taken, and of one that is not
// decoded nothing tells when that was.
func (c *Call) MayBeTakenDown() bool { return c.late || c.Kind == Signal && len(c.place) == 0 }

// What becomes of a call in which the SDK panics.
var (
	errOutOfRange = errors.New("the recorded version is out of the range that the code accepts")
	errPanicked   = errors.New("the history has no value for the call")
)
