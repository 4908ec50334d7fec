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
	// Cancellation is the call of the function that cancels a context. Cancel.Call makes such calls.
	Cancellation Kind = "cancel"
	// Asking asks for the channel of a signal, or waits for a condition. It is in no row.
	Asking Kind = "asks"
	// Starting starts a coroutine. It is in no row.
	Starting Kind = "starts"
	// Ending is the return of the workflow function.
	Ending Kind = "return"
)

// A Call is one call that workflow code made to the SDK.
type Call struct {
	Kind Kind
	// Name is what the user calls the target of the call: the Activity Type, the name of the
	// signal, the change ID. Name is empty for timers.
	Name string
	// ID identifies the command of the call within the history, if an ID is known: the activity ID,
	// the timer ID, the Workflow ID of a Child Workflow, the number of a side effect.
	ID string
	// Task is the ID of the WorkflowTaskStarted event of the Workflow Task in which the code made
	// the call.
	Task int64
	// Coroutine names the coroutine that made the call: "main" for the workflow function, the name
	// given to workflow.GoNamed, or a number.
	Coroutine string
	// Versions are the versions of a GetVersion call, zero for other calls.
	Versions
	// Command is what the call asks the service for.
	Command
	// Local is what a local activity was called with. No event holds these values. Local is nil for
	// other calls.
	Local *LocalCall
	// Attempts are the IDs of all attempts of a local activity.
	Attempts []string
	// Returned is the ID of the WorkflowTaskStarted event of the Workflow Task in which the handler of
	// an Update returned. Returned is 0 if the handler has not returned, and for other calls.
	Returned int64
	// Count is the number of calls of MutableSideEffect with this ID so far.
	Count int

	place place
	err   error
	// late is whether the replay had ended by then.
	late bool
}

// Versions are the version that GetVersion returned, and the range that the code passed.
type Versions struct{ Version, Min, Max int }

// A Command is what a call asks the service for.
type Command struct {
	// Made is whether the SDK made a command, as far as its log tells.
	Made bool
	// Attributes is what the event would say if this code had made the event. Attributes is nil if
	// the call makes no event, or if the event holds nothing from the user.
	Attributes proto.Message
	// Unseen are the fields of Attributes that could not be seen.
	Unseen map[string]bool
	// Unset is the number of Search Attributes that the call unsets. The SDK does not tell which
	// Search Attributes these are.
	Unset int
	// OwnNamespace is whether the other workflow is in the namespace of this one.
	OwnNamespace bool
	// Encoded tells how the input or the result was encoded. Memo tells how the memo was encoded.
	Encoded Encoded
	Memo    EncodedMemo
}

// Encoded is the converter that has encoded values, and the types of the values.
type Encoded struct {
	By    converter.DataConverter
	Types []reflect.Type
}

// EncodedMemo is a memo as the SDK would send the memo: the converter that has encoded the memo,
// and the types of its values.
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

// Source is the line of workflow code that made the call: the last two elements of the path, and
// the line. Source is empty for the SDK's own calls.
func (c *Call) Source() string { return c.Line().String() }

// Line is the same line as Source, with the whole path.
func (c *Call) Line() Line { return c.place.line() }

// Lines are Line and the lines that led to it, the innermost first.
func (c *Call) Lines() []Line { return c.place.lines() }

// Callers are the lines of workflow code that led to Source, the innermost line first. They tell
// calls apart that share a function. Callers is empty if the SDK has called the function of Source.
func (c *Call) Callers() []string { return c.place.callers() }

// Err is the error that the call gave at once, or the error with which the workflow function or the
// handler ended. Err is nil if there was no error.
func (c *Call) Err() error { return c.err }

// OutOfRange reports whether the call is a GetVersion call whose range does not include the
// recorded version.
func (c *Call) OutOfRange() bool {
	return c.Kind == GetVersion && c.err == errOutOfRange //nolint:errorlint // it is never wrapped
}

// Panicked reports whether the SDK panicked in the call. The SDK panics there because the history
// has no value for the call.
func (c *Call) Panicked() bool { return c.err == errPanicked } //nolint:errorlint // it is never wrapped

// MayBeTakenDown reports whether the call may come from a deferred function that runs because the
// SDK takes the workflow down. The SDK does so at the end of the replay, possibly while another
// goroutine asks for the trace (dispatcherImpl.Close in internal/internal_workflow.go). Calls that
// make a command panic then, but the code can still take a signal. If the code does not decode a
// signal, nothing tells when the code took the signal.
func (c *Call) MayBeTakenDown() bool { return c.late || c.Kind == Signal && len(c.place) == 0 }

// What becomes of a call in which the SDK panics.
var (
	errOutOfRange = errors.New("the recorded version is out of the range that the code accepts")
	errPanicked   = errors.New("the history has no value for the call")
)
