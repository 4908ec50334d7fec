// Package observer notes what workflow code does in one replay, where neither the SDK's error nor
// the trace of the calls tells enough. It notes where the code calls GetVersion, where the code
// panics, how the code ends, and what the code answers to queries. It names activities and the
// namespace as a live Worker does. It judges nothing.
package observer

import (
	"maps"
	"reflect"
	"sync"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// An Observer notes what the SDK's errors do not tell, or do not tell reliably: in which Workflow
// Task and on which line GetVersion was called, and where workflow code panicked. The SDK prints
// every stack trace of a process into one buffer (stackBuf in internal/internal_workflow.go). So if
// replays run side by side, an error can hold the stack of another replay [measured]. Use one
// Observer for one replay.
type Observer struct {
	interceptor.WorkerInterceptorBase
	Config
	// Recorder notes the calls. The code that runs the replay makes the Recorder before the replay.
	Recorder *trace.Recorder
	// mu is for a coroutine that the SDK has given up as deadlocked: it can come
	// back while the result is made.
	mu sync.Mutex
	// versions has the last call for each change ID.
	versions map[string]Asked
	run      FunctionRun
	// calls are the different GetVersion calls, and places where they stand there.
	calls  []VersionCall
	places map[VersionCall]int
	// panicked is the line of the last panic that passed through.
	panicked trace.Line
	// goroutines are those that run the workflow's coroutines, as the runtime
	// prints them: "goroutine 18 [".
	goroutines []string
	// handlers are those of queries without arguments, and answers what they
	// have answered when the channel answered is closed.
	handlers []queryHandler
	// takeArguments are the queries whose handlers cannot be called without arguments.
	takeArguments map[string]bool
	// activities are the names of those that the code has called.
	activities map[string]bool
	answers    []Answer
	answered   chan struct{}
	// info is what the SDK keeps of the execution. asksInfo is the first line of code
	// that asks for it where the namespace is not known.
	info     *workflow.Info
	asksInfo trace.Line
	// converter is that of the workers, after all plugins and for the execution, nil
	// for the default one.
	converter converter.DataConverter
}

// Config says what an Observer does in addition to noting.
type Config struct {
	// Asking makes the replay call the query handlers at its end.
	Asking bool
	// Goroutines makes the Observer note the goroutines that run the workflow's coroutines. Blocked
	// needs them. This costs as much as a tenth of the replay of a small history.
	Goroutines bool
	// Namespace is the namespace of the execution, "" if the namespace is not known.
	Namespace string
	// Aliases are the registered names of activities, by the names of their functions.
	Aliases map[string]string
	// Newest is a change ID that gets the highest version of each call, whatever the history has, "" if
	// there is none. No replay that counts has it.
	Newest string
}

// New returns an Observer of one replay. The Observer takes part in the replay through Plugin.
func New(config Config) *Observer { return &Observer{Config: config} }

// FunctionRun says how far the workflow function came.
type FunctionRun struct {
	// Reached is whether the workflow function was called. The SDK decodes the input before the
	// call.
	Reached bool
	// Ended is whether the workflow function returned. Err is the error that it returned, if any.
	// Started is the ID of the WorkflowTaskStarted event of the Workflow Task in which it returned.
	Ended   bool
	Err     error
	Started int64
}

// Asked is the last call of GetVersion for a change ID.
type Asked struct {
	// TaskStarted is the ID of the WorkflowTaskStarted event.
	TaskStarted int64
	Source      trace.Line
	// FirstStarted and FirstSource are from the first call for the change ID. The first call
	// decides what all later calls return.
	FirstStarted int64
	FirstSource  trace.Line
}

// now is the ID of the WorkflowTaskStarted event of the current task: the SDK counts the
// history up to there.
func (o *Observer) now() int64 { return int64(o.info.GetCurrentHistoryLength()) }

// Ran returns how far the workflow function has come until now.
func (o *Observer) Ran() FunctionRun {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.run
}

// Asked returns the last call of GetVersion for each change ID.
func (o *Observer) Asked() map[string]Asked {
	o.mu.Lock()
	defer o.mu.Unlock()
	return maps.Clone(o.versions)
}

// Panicked returns the line of the last panic that passed through the Observer. It returns the zero
// Line if there was no panic.
func (o *Observer) Panicked() trace.Line {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.panicked
}

// AsksInfo returns the first line of code that asks for the WorkflowInfo of the execution. The line
// is noted only if the namespace is not known.
func (o *Observer) AsksInfo() trace.Line {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.asksInfo
}

// Converter returns the data converter of the Workers, after all plugins and for the execution. It
// returns nil for the default converter.
func (o *Observer) Converter() converter.DataConverter {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.converter
}

func (o *Observer) note(what func(*Observer)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	what(o)
}

// An Answer is what the replayed workflow answers to a query. A live Worker of the stage would give
// the same answer at the end of the recording.
type Answer struct {
	// Query is the name of the query.
	Query string
	// Value is the answer as JSON, as the data converter gives it. An answer longer than maxAnswer
	// is replaced by its length and hash. So long answers can still be told apart.
	Value string
	// Err is the error of the query handler, its panic, or that it took too long. Err is empty if
	// the handler answered.
	Err string
}

type queryHandler struct {
	query    string
	function reflect.Value
}

// A VersionCall is a GetVersion call that the replayed code has made. One run gives the same answer
// to the call each time. The first call for a change ID decides the answer for all calls
// (GetVersion in the SDK's internal/internal_event_handlers.go).
type VersionCall struct {
	ChangeID string

	// Min and Max are the range of versions that the call supports. -1 is workflow.DefaultVersion.
	Min, Max int

	// Source is the line of workflow code that calls GetVersion: the last two elements of the path,
	// and the line, "order/charge.go:31". If all GetVersion calls of a program go through a helper,
	// Source is the line in the helper.
	Source string

	// Taken is whether the call returned, and Version is what the call returned. The call did not
	// return if the recorded version is outside the range.
	Taken   bool
	Version int
}

type observedOutbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	observer *Observer
}
