package trace

import (
	"context"
	"slices"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"
)

// NewRecorder returns a recorder for a replay with these options.
func NewRecorder(options worker.WorkflowReplayerOptions) *Recorder {
	return newRecorder(options, false)
}

// NewIntakeRecorder returns a recorder that notes only what the code takes from the history, see
// Recorder.Intake. The recorder does not note what the code does.
func NewIntakeRecorder(options worker.WorkflowReplayerOptions) *Recorder {
	return newRecorder(options, true)
}

func newRecorder(options worker.WorkflowReplayerOptions, light bool) *Recorder {
	r := &Recorder{light: light, loud: options.EnableLoggingInReplay}
	r.mutable, r.canceled = map[string]int{}, map[string]bool{}
	if !light {
		// The SDK tells the IDs of commands in the log of a Workflow Task, and nowhere else.
		options.EnableLoggingInReplay = true
	}
	options.Plugins = append(slices.Clip(options.Plugins), &lastPlugin{recorder: r})
	r.options = options
	return r
}

// lastPlugin listens to the replayer as the other plugins leave it.
type lastPlugin struct {
	worker.PluginBase
	recorder *Recorder
	// external is whether payloads are kept elsewhere.
	external bool
}

func (p *lastPlugin) Name() string { return "replaymatrix.trace" }

func (p *lastPlugin) ConfigureWorkflowReplayer(_ context.Context,
	configured worker.PluginConfigureWorkflowReplayerOptions) error {
	options, r := configured.WorkflowReplayerOptions, p.recorder
	dc := options.DataConverter
	if dc == nil {
		dc = converter.GetDefaultDataConverter()
	}
	r.converter, r.failures = dc, options.FailureConverter
	if options.FailureConverter == nil {
		// What the SDK takes then (ensureRequiredParams in internal/internal_worker.go),
		// with its data converter heard: details of errors are read by it.
		options.FailureConverter = temporal.NewDefaultFailureConverter(temporal.DefaultFailureConverterOptions{
			DataConverter: &readingConverter{converter.GetDefaultDataConverter(), r},
		})
	}
	if r.light {
		options.DataConverter = &readingConverter{dc, r}
	} else {
		options.DataConverter = r.listening(dc)
	}
	// The first interceptor is the innermost for calls, and for what the workflow
	// gets and returns the outermost: it sees what the others leave of both
	// (newWorkflowContext in the SDK's internal/internal_workflow.go).
	r.interceptors = len(options.Interceptors)
	options.Interceptors = slices.Concat([]interceptor.WorkerInterceptor{&tap{recorder: r}}, options.Interceptors)
	p.external = len(options.ExternalStorage.Drivers) > 0
	return nil
}

// ReplayWorkflow is called after the ReplayWorkflow of the other plugins, with what these plugins
// pass on.
func (p *lastPlugin) ReplayWorkflow(ctx context.Context, options worker.PluginReplayWorkflowOptions,
	next func(context.Context, worker.PluginReplayWorkflowOptions) error) error {
	if !p.recorder.light {
		options.Logger = &listener{recorder: p.recorder, next: options.Logger}
	}
	p.recorder.history = options.History.GetEvents()
	p.recorder.signaled = slices.ContainsFunc(p.recorder.history, func(e *historypb.HistoryEvent) bool {
		return e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED
	})
	err := next(ctx, options)
	p.recorder.ended()
	if p.external {
		// The SDK has put what it has fetched into these events.
		p.recorder.resolved = proto.CloneOf(&historypb.History{Events: options.History.GetEvents()}).GetEvents()
	}
	return err
}

// tap sees calls as the user's interceptors leave them.
type tap struct {
	interceptor.WorkerInterceptorBase
	recorder *Recorder
}

func (t *tap) InterceptWorkflow(ctx workflow.Context,
	next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	t.recorder.info = workflow.GetInfo(ctx)
	in := &inbound{recorder: t.recorder}
	in.Next = next
	return in
}
