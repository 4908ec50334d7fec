package trace

import (
	"errors"

	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"google.golang.org/protobuf/proto"
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
	defer in.recorder.left()
	result, err := in.Next.ExecuteWorkflow(ctx, input)
	if in.recorder.light {
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
	defer in.recorder.left()
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
	in.recorder.await(c, func() {
		c.updated(err, failure)
		c.Returned = in.recorder.now()
	})
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
	failures := converter.WithFailureConverterSerializationContext(r.failureConverter(),
		converter.WorkflowSerializationContext{
			Namespace: r.info.Namespace, WorkflowID: r.info.WorkflowExecution.ID,
		})
	// An error of an activity holds the failure of the replayed event.
	return proto.CloneOf(failures.ErrorToFailure(err))
}

func (in *inbound) HandleSignal(ctx workflow.Context, input *interceptor.HandleSignalInput) error {
	r := in.recorder
	channel := in.sdk.GetSignalChannel(ctx, input.SignalName)
	err := in.Next.HandleSignal(ctx, input)
	r.mu.Lock()
	defer r.mu.Unlock()
	s := &signal{name: input.SignalName, arg: input.Arg}
	r.signals.fill()
	r.signals.delivered = append(r.signals.delivered, s)
	if s.arg != nil && r.signals.byArg[s.arg] == nil {
		r.signals.byArg[s.arg] = s
	}
	// A coroutine that waits for it has it already, and goes on when the next Workflow
	// Task starts. What an interceptor keeps for itself counts as taken too.
	r.signals.channels[s.name] = channel
	r.signals.waiting[s.name] = append(r.signals.waiting[s.name], s)
	return err
}

// executes notes that a handler has the update of the ID.
func (r *Recorder) executes(ctx workflow.Context) (id string) {
	info := workflow.GetCurrentUpdateInfo(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.updates.fill()
	if !r.sealed {
		r.updates.executed[info.ID], r.updates.ran[info.Name] = true, true
	}
	return info.ID
}
