// Package observer notes what workflow code does in one replay that neither the SDK's error
// nor the trace of its calls tells: where it calls GetVersion and panics, how it ends, what it
// answers to queries. It names activities and the namespace as a live Worker does. It judges
// nothing.
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

// An Observer notes what the SDK's errors do not tell, or not reliably: in which
// workflow task and on which line GetVersion was called, and where workflow code
// panicked. The SDK prints every stack trace of a process into one buffer
// (stackBuf in internal/internal_workflow.go), so with replays side by side an
// error can hold the stack of another one [measured]. One replay uses one value.
type Observer struct {
	interceptor.WorkerInterceptorBase
	Config
	// Recorder notes the calls. Whoever runs the replay makes it, before.
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

// Config is what an Observer is to do beside noting.
type Config struct {
	// Asking makes the replay call the query handlers when it is done.
	Asking bool
	// Goroutines makes the observer note those that run the workflow's coroutines, for
	// Blocked. That costs as much as a tenth of the replay of a small history.
	Goroutines bool
	// Namespace is that of the execution, "" if nobody knows.
	Namespace string
	// Aliases are the registered names of activities, by those of their functions.
	Aliases map[string]string
}

// New returns an observer of one replay, as which Plugin takes part in it.
func New(config Config) *Observer { return &Observer{Config: config} }

// FunctionRun is what became of the workflow function.
type FunctionRun struct {
	// Reached is whether it was called: the SDK decodes its input before.
	Reached bool
	// Ended is whether it returned, with Err if that is not nil, and Started the ID of
	// the WorkflowTaskStarted event of the task in which it did.
	Ended   bool
	Err     error
	Started int64
}

// Asked is the last call of GetVersion for a change ID.
type Asked struct {
	// TaskStarted is the ID of the WorkflowTaskStarted event.
	TaskStarted int64
	Source      trace.Line
	// FirstStarted and FirstSource are those of the first call for the change ID,
	// which decides what all later ones give.
	FirstStarted int64
	FirstSource  trace.Line
}

// now is the ID of the WorkflowTaskStarted event of the current task: the SDK counts the
// history up to there.
func (o *Observer) now() int64 { return int64(o.info.GetCurrentHistoryLength()) }

// Ran is what became of the workflow function until now.
func (o *Observer) Ran() FunctionRun {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.run
}

// Asked are the last calls of GetVersion, by change ID.
func (o *Observer) Asked() map[string]Asked {
	o.mu.Lock()
	defer o.mu.Unlock()
	return maps.Clone(o.versions)
}

// Panicked is the line of the last panic that passed through, the zero Line if there was
// none.
func (o *Observer) Panicked() trace.Line {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.panicked
}

// AsksInfo is the first line of code that asks for the WorkflowInfo of the execution, noted
// where the namespace is not known.
func (o *Observer) AsksInfo() trace.Line {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.asksInfo
}

// Converter is the data converter of the Workers, after all plugins and for the execution,
// nil for the default one.
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

// An Answer is what the replayed workflow answers to a query: what a live worker
// of the stage would answer at the end of the recording.
type Answer struct {
	// Query is the name of the query.
	Query string
	// Value is the answer as JSON, as the data converter gives it. One that is
	// longer than maxAnswer is replaced by its length and hash, so that answers
	// can still be told apart.
	Value string
	// Err is the error of the query handler, or its panic, empty if it answered.
	Err string
}

type queryHandler struct {
	query    string
	function reflect.Value
}

// A VersionCall is a GetVersion call that the replayed code has made. However
// often it is made, one run gives it one answer: the first call for a change ID
// decides for all of them (GetVersion in the SDK's
// internal/internal_event_handlers.go).
type VersionCall struct {
	ChangeID string

	// Min and Max are the range of versions that the call supports, -1 being
	// workflow.DefaultVersion.
	Min, Max int

	// Source is the last two elements of the path and the line of workflow code
	// that calls GetVersion, "order/charge.go:31". It is that of the helper where
	// all of a program's calls go through one.
	Source string

	// Taken is whether the call returned, with Version. It did not where the
	// recorded version is outside of the range.
	Taken   bool
	Version int
}

type observedOutbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	observer *Observer
}
