package trace

import (
	"errors"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	updatepb "go.temporal.io/api/update/v1"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/types/known/durationpb"
)

// EndingOf returns the type of the event that closes an execution. err is what the workflow
// function returned, and may be nil. EndingOf checks in the same order as the SDK (completeWorkflow
// in internal/internal_task_handlers.go).
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
