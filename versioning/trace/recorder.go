package trace

import (
	"context"
	"maps"
	"slices"
	"sync"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// A Recorder notes what workflow code does during one replay. Make a new one for
// each replay with NewRecorder.
type Recorder struct {
	options worker.WorkflowReplayerOptions
	// loud is whether the user wants the log of workflow code.
	loud bool

	// mu is for a coroutine that the SDK has given up as deadlocked: it can come
	// back while the trace is made.
	mu    sync.Mutex
	calls []*Call
	// current is the call that is under way, and what the SDK encodes and logs
	// meanwhile belongs to it.
	current *Call
	// pending is the call that waits for its result to be encoded.
	pending *Call
	// encoded is what was last encoded for current.
	encoded *commonpb.Payloads
	// converter and failures are those of the replayer, after all plugins.
	converter converter.DataConverter
	failures  converter.FailureConverter

	// interceptors is the number of those of the user's.
	interceptors int

	// canceled are the timers and activities whose cancellation the SDK has logged.
	canceled map[string]bool

	coroutines, locals int
	mutable            map[string]int
}

// NewRecorder returns a recorder for a replay with these options.
func NewRecorder(options worker.WorkflowReplayerOptions) *Recorder {
	r := &Recorder{loud: options.EnableLoggingInReplay, interceptors: len(options.Interceptors), mutable: map[string]int{}, canceled: map[string]bool{}}
	// The SDK tells the IDs of commands in the log of a Workflow Task, and nowhere else.
	options.EnableLoggingInReplay = true
	options.Interceptors = append(slices.Clip(options.Interceptors), &tap{recorder: r})
	options.Plugins = append(slices.Clip(options.Plugins), &lastPlugin{recorder: r})
	r.options = options
	return r
}

// Options returns the options to make the replayer with.
func (r *Recorder) Options() worker.WorkflowReplayerOptions { return r.options }

// Logger returns the logger to replay with. It passes on what the given one would
// have got without the recorder.
func (r *Recorder) Logger(logger sdklog.Logger) sdklog.Logger {
	return &listener{recorder: r, next: logger}
}

// Trace returns what was noted, beside the events of the history that was
// replayed. accepted is whether the SDK has accepted the replay.
func (r *Recorder) Trace(events []*historypb.HistoryEvent, accepted bool) *Trace {
	r.mu.Lock()
	defer r.mu.Unlock()
	t := &Trace{Calls: slices.Clone(r.calls), Events: events, converter: decoder{r.converter}, accepted: accepted, canceled: maps.Clone(r.canceled)}
	t.align()
	return t
}

// begin notes a call that workflow code makes now.
func (r *Recorder) begin(ctx workflow.Context, kind Kind, name string) *Call {
	c := &Call{
		Kind: kind,
		Name: name,
		// The SDK counts the history up to the start of the current task.
		Task:      int64(workflow.GetInfo(ctx).GetCurrentHistoryLength()),
		Coroutine: coroutine(ctx),
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls = append(r.calls, c)
	r.current, r.pending, r.encoded = c, nil, nil
	return c
}

// call notes a call of workflow code, and where it was made.
func (r *Recorder) call(ctx workflow.Context, kind Kind, name string) *Call {
	c := r.begin(ctx, kind, name)
	c.place = here(r.interceptors)
	return c
}

// end returns what the SDK encoded for the call, nil if it encoded nothing: then
// the workflow uses a data converter of its own.
func (r *Recorder) end(*Call) *commonpb.Payloads {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.current = nil
	return r.encoded
}

// await makes what is encoded next the result of the call.
func (r *Recorder) await(c *Call) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.current, r.pending = nil, c
}

// lastPlugin learns the converters that the other plugins leave.
type lastPlugin struct {
	worker.PluginBase
	recorder *Recorder
}

func (p *lastPlugin) Name() string { return "replaymatrix.trace" }

func (p *lastPlugin) ConfigureWorkflowReplayer(_ context.Context, options worker.PluginConfigureWorkflowReplayerOptions) error {
	dc := options.WorkflowReplayerOptions.DataConverter
	if dc == nil {
		dc = converter.GetDefaultDataConverter()
	}
	p.recorder.converter, p.recorder.failures = dc, options.WorkflowReplayerOptions.FailureConverter
	options.WorkflowReplayerOptions.DataConverter = &listeningConverter{DataConverter: dc, recorder: p.recorder}
	return nil
}

// tap is the innermost interceptor: it sees calls as the others leave them.
type tap struct {
	interceptor.WorkerInterceptorBase
	recorder *Recorder
}

func (t *tap) InterceptWorkflow(_ workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	in := &inbound{recorder: t.recorder}
	in.Next = next
	return in
}
