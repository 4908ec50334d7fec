package trace

import (
	"errors"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	updatepb "go.temporal.io/api/update/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
)

type inbound struct {
	interceptor.WorkflowInboundInterceptorBase
	recorder *Recorder
	// sdk is the SDK as the code calls it, below all interceptors.
	sdk interceptor.WorkflowOutboundInterceptor
}

func (in *inbound) Init(next interceptor.WorkflowOutboundInterceptor) error {
	in.sdk = next
	watching := watching{recorder: in.recorder}
	watching.Next = next
	if in.recorder.light {
		return in.Next.Init(&watching)
	}
	return in.Next.Init(&outbound{watching})
}

func (in *inbound) ExecuteWorkflow(ctx workflow.Context, input *interceptor.ExecuteWorkflowInput) (any, error) {
	in.recorder.begins()
	result, err := in.Next.ExecuteWorkflow(ctx, input)
	if in.recorder.light {
		in.recorder.mu.Lock()
		defer in.recorder.mu.Unlock()
		in.recorder.poll()
		return result, err
	}
	c := in.recorder.begin(ctx, &Call{Kind: Ending, Command: Command{Made: true}})
	failed := err
	if canceled := (*temporal.CanceledError)(nil); errors.As(err, &canceled) {
		failed = canceled
	} else if EndingOf(err) != enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED {
		failed = nil
	}
	failure := in.recorder.failureOf(failed)
	// The SDK encodes the result next (workflowExecutor.Execute in
	// internal/internal_worker.go), and so it does with the details of a
	// cancellation (completeWorkflow in internal/internal_task_handlers.go).
	in.recorder.await(c, func() {
		c.ended(result != nil, err, failure)
		next := in.recorder.inputOfNext(err)
		c.Encoded = next.Encoded
	})
	if err == nil && result == nil || EndingOf(err) == enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW {
		in.recorder.end(func(heard) {})
	}
	return result, err
}

// begins notes that the SDK has decoded the input of the workflow function and calls it.
func (r *Recorder) begins() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ofInput = len(r.decodes)
}

func (in *inbound) ExecuteUpdate(ctx workflow.Context, input *interceptor.UpdateInput) (any, error) {
	id := in.recorder.executes(ctx)
	if in.recorder.light {
		return in.Next.ExecuteUpdate(ctx, input)
	}
	c := in.recorder.begin(ctx, &Call{Kind: Update, Name: input.Name, ID: id})
	in.recorder.end(func(heard) {})
	ctx = workflow.WithValue(ctx, coroutineKey, "update "+input.Name)
	result, err := in.Next.ExecuteUpdate(ctx, input)
	failure := in.recorder.failureOf(err)
	// The SDK encodes the result next (updateProtocol.Complete in
	// internal/internal_update.go).
	in.recorder.await(c, func() { c.updated(err, failure) })
	return result, err
}

// failureOf returns what the SDK makes of the error, nil for nil or if the
// converter panics, as it then does for the SDK too.
func (r *Recorder) failureOf(err error) (failure *failurepb.Failure) {
	if err == nil {
		return nil
	}
	defer func() {
		if recover() != nil {
			failure = nil
		}
	}()
	failures := converter.WithFailureConverterSerializationContext(r.failureConverter(), converter.WorkflowSerializationContext{
		Namespace: r.info.Namespace, WorkflowID: r.info.WorkflowExecution.ID,
	})
	// An error of an activity holds the failure of the replayed event.
	return proto.CloneOf(failures.ErrorToFailure(err))
}

// failureConverter is that of the workers. The SDK's default one has nothing to do
// with their data converter (ensureRequiredParams in internal/internal_worker.go).
func (r *Recorder) failureConverter() converter.FailureConverter {
	if r.failures != nil {
		return r.failures
	}
	return temporal.GetDefaultFailureConverter()
}

func (c *Call) updated(err error, failure *failurepb.Failure) {
	attributes := &historypb.WorkflowExecutionUpdateCompletedEventAttributes{}
	c.Made, c.err, c.Attributes = true, err, attributes
	if failure == nil {
		c.unseenField("outcome")
		return
	}
	attributes.Outcome = &updatepb.Outcome{Value: &updatepb.Outcome_Failure{Failure: failure}}
}

// setResult takes the encoded result of a workflow or an update.
func (c *Call) setResult(payloads *commonpb.Payloads) {
	switch attributes := c.Attributes.(type) {
	case *historypb.WorkflowExecutionCompletedEventAttributes:
		attributes.Result = payloads
		delete(c.Unseen, "result")
	case *historypb.WorkflowExecutionCanceledEventAttributes:
		attributes.Details = payloads
	case *historypb.WorkflowExecutionUpdateCompletedEventAttributes:
		if c.err == nil {
			attributes.Outcome = &updatepb.Outcome{Value: &updatepb.Outcome_Success{Success: payloads}}
			delete(c.Unseen, "outcome")
		}
	}
}

// EndingOf returns the type of the event with which an execution closes whose
// workflow function returns the error, nil included. It asks in the order in which
// the SDK does (completeWorkflow in internal/internal_task_handlers.go).
func EndingOf(err error) enumspb.EventType {
	var canceled *temporal.CanceledError
	var continued *workflow.ContinueAsNewError
	switch {
	case err == nil:
		return enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED
	case errors.As(err, &canceled):
		return enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED
	case errors.As(err, &continued):
		return enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW
	default:
		return enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED
	}
}

// ended says what the event would hold with which the workflow function ends.
func (c *Call) ended(hasResult bool, err error, failure *failurepb.Failure) {
	c.err = err
	switch EndingOf(err) {
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:
		c.Attributes = &historypb.WorkflowExecutionCompletedEventAttributes{}
		if hasResult {
			c.unseenField("result")
		}
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED:
		// Details that come from the history are sent as they are, and others follow.
		c.Attributes = &historypb.WorkflowExecutionCanceledEventAttributes{Details: failure.GetCanceledFailureInfo().GetDetails()}
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
		var continued *workflow.ContinueAsNewError
		errors.As(err, &continued)
		c.Name = continued.WorkflowType.Name
		c.Attributes = &historypb.WorkflowExecutionContinuedAsNewEventAttributes{
			WorkflowType:        &commonpb.WorkflowType{Name: continued.WorkflowType.Name},
			TaskQueue:           taskQueue(continued.TaskQueueName),
			Input:               continued.Input,
			WorkflowRunTimeout:  durationpb.New(continued.WorkflowRunTimeout),
			WorkflowTaskTimeout: durationpb.New(continued.WorkflowTaskTimeout),
		}
	default:
		c.Attributes = &historypb.WorkflowExecutionFailedEventAttributes{Failure: failure}
		if failure == nil {
			c.unseenField("failure")
		}
	}
}

// EventType returns the type of the event that the call's command makes,
// unspecified if it makes none.
func (c *Call) EventType() enumspb.EventType {
	switch c.Attributes.(type) {
	case *historypb.WorkflowExecutionCompletedEventAttributes:
		return enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED
	case *historypb.WorkflowExecutionCanceledEventAttributes:
		return enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED
	case *historypb.WorkflowExecutionContinuedAsNewEventAttributes:
		return enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW
	case *historypb.WorkflowExecutionFailedEventAttributes:
		return enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED
	}
	return eventTypes[c.Kind]
}

var eventTypes = map[Kind]enumspb.EventType{
	Activity:          enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
	LocalActivity:     enumspb.EVENT_TYPE_MARKER_RECORDED,
	ChildWorkflow:     enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
	NexusOperation:    enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED,
	Timer:             enumspb.EVENT_TYPE_TIMER_STARTED,
	SignalExternal:    enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
	CancelExternal:    enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
	SideEffect:        enumspb.EVENT_TYPE_MARKER_RECORDED,
	MutableSideEffect: enumspb.EVENT_TYPE_MARKER_RECORDED,
	GetVersion:        enumspb.EVENT_TYPE_MARKER_RECORDED,
	SearchAttributes:  enumspb.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
	Memo:              enumspb.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED,
	Update:            enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED,
}
