package record

import (
	"context"
	"errors"
	"fmt"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// TaskFailedError reports that a Worker failed a Workflow Task. The execution is then stuck until
// other code comes. Either the journey is not possible, or the stage itself is broken.
type TaskFailedError struct {
	// Event is the ID of the WorkflowTaskFailed event.
	Event int64
	// Cause is the cause that the service stored, for example "NonDeterministicError".
	Cause string
	// Message is the message of the failure that the Worker sent.
	Message string
}

func (e *TaskFailedError) Error() string {
	return fmt.Sprintf("the workflow task failed (event %d, %s): %s", e.Event, e.Cause, e.Message)
}

// EndingError reports that an execution did not end as its scenario says.
type EndingError struct{ Want, Got versioning.Ending }

func (e *EndingError) Error() string {
	return fmt.Sprintf("the execution ended as %s, the scenario says %s", e.Got, e.Want)
}

var endings = map[enumspb.EventType]versioning.Ending{
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:        versioning.Completed,
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED:           versioning.Failed,
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED:         versioning.Canceled,
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED:       versioning.Terminated,
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT:        versioning.TimedOut,
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW: versioning.ContinuedAsNew,
}

// observed is a running execution seen through its event history.
type observed struct {
	*recorder
	taskQueue string
	// prefer, if not nil, is what the workers prefer to record.
	prefer *preferences
	worker worker.Worker
	run    client.WorkflowRun
	events client.HistoryEventIterator
	// rest is the last event that was there when the execution came to rest.
	rest int64
	// recovers is whether a workflow task has failed as the scenario says, and none
	// has completed since: the worker may have failed it more than once.
	recovers bool
}

// await reads events, waiting for new ones, until done says so. A failed
// workflow task ends it too.
func (x *observed) await(ctx context.Context, done func(*historypb.HistoryEvent) bool) error {
	if x.events == nil {
		x.events = x.Client.GetWorkflowHistory(ctx, x.run.GetID(), x.run.GetRunID(), true,
			enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	}
	for x.events.HasNext() {
		event, err := x.events.Next()
		if err != nil {
			return fmt.Errorf("reading the event history: %w", err)
		}
		if err := taskFailed(event); err != nil && !x.recovers && !x.hasClosed(ctx) {
			return err
		}
		if event.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			x.recovers = false
		}
		if done(event) {
			return nil
		}
	}
	return errors.New("the event history ended before the execution got there")
}

// hasClosed reports whether the execution has closed: the service terminates one for
// a command that is too large in the moment in which it fails the workflow task.
func (x *observed) hasClosed(ctx context.Context) bool {
	d, err := x.Client.DescribeWorkflowExecution(ctx, x.run.GetID(), x.run.GetRunID())
	return err == nil && d.GetWorkflowExecutionInfo().GetStatus() != enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING
}

// taskFailed returns a *TaskFailedError if the event is one that ends all hope.
func taskFailed(event *historypb.HistoryEvent) error {
	failed := event.GetWorkflowTaskFailedEventAttributes()
	if failed == nil || isRetried(failed.GetCause()) {
		return nil
	}
	return &TaskFailedError{
		Event:   event.GetEventId(),
		Cause:   failed.GetCause().String(),
		Message: failed.GetFailure().GetMessage(),
	}
}

// failed returns the error of the first Workflow Task that failed for good, if no
// other has completed since. One that was lost on the way to a worker is no failure.
func (x *observed) failed(ctx context.Context) (failure error) {
	h, err := x.history(ctx)
	if err != nil {
		return err
	}
	for _, event := range h.GetEvents() {
		if err := taskFailed(event); err != nil && failure == nil {
			failure = err
		}
		if event.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			failure = nil
		}
	}
	return failure
}

// isRetried reports whether the service tries the workflow task again as a
// matter of course, as when a signal arrives while the workflow closes, or ends it
// with the execution.
func isRetried(cause enumspb.WorkflowTaskFailedCause) bool {
	switch cause {
	case enumspb.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND,
		enumspb.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_UPDATE,
		enumspb.WORKFLOW_TASK_FAILED_CAUSE_RESET_STICKY_TASK_QUEUE,
		enumspb.WORKFLOW_TASK_FAILED_CAUSE_FAILOVER_CLOSE_COMMAND,
		enumspb.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND:
		return true
	}
	return false
}

func (x *observed) awaitFirstTask(ctx context.Context) error {
	return x.await(ctx, func(e *historypb.HistoryEvent) bool {
		return e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
	})
}

// awaitTaskOf waits for a workflow task that a worker of the stage completes.
func (x *observed) awaitTaskOf(ctx context.Context, s versioning.Stage) error {
	var build string
	err := x.await(ctx, func(e *historypb.HistoryEvent) bool {
		build = e.GetWorkflowTaskCompletedEventAttributes().GetDeploymentVersion().GetBuildId()
		return e.GetEventId() > x.rest && (build == buildOf(s) || build != "" && x.family.HasBuilds())
	})
	if err == nil && build != buildOf(s) {
		return &BuildError{Want: []string{buildOf(s)}, Got: []string{build}}
	}
	return err
}

// awaitFailedTask waits for a workflow task that fails or is not answered in time.
func (x *observed) awaitFailedTask(ctx context.Context) error {
	err := x.await(ctx, func(e *historypb.HistoryEvent) bool {
		return e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT
	})
	if failed := (*TaskFailedError)(nil); err != nil && !errors.As(err, &failed) {
		return err
	}
	x.recovers = true
	return nil
}

func (x *observed) awaitEnding(ctx context.Context, sc versioning.Scenario) error {
	want := sc.Ending()
	if want == versioning.Open {
		return x.awaitQuiet(ctx, !sc.WithoutActivities())
	}
	var got versioning.Ending
	err := x.await(ctx, func(e *historypb.HistoryEvent) (closed bool) {
		got, closed = endings[e.GetEventType()]
		return closed
	})
	if err == nil && got != want && want != versioning.Closed {
		return &EndingError{Want: want, Got: got}
	}
	return err
}

// awaitQuiet waits until the open execution has no workflow task to run, nor an
// activity if the worker runs them: until nothing but the outside, or a timer,
// can move it. The service does not push that to anyone.
func (x *observed) awaitQuiet(ctx context.Context, activitiesRun bool) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		d, err := x.Client.DescribeWorkflowExecution(ctx, x.run.GetID(), x.run.GetRunID())
		if err != nil {
			return fmt.Errorf("describing the execution: %w", err)
		}
		if status := d.GetWorkflowExecutionInfo().GetStatus(); status != enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING {
			return &EndingError{Want: versioning.Open, Got: versioning.Ending(status.String())}
		}
		// It would be tried again and again, until time is up.
		if d.GetPendingWorkflowTask().GetAttempt() > 1 && !x.recovers {
			if err := x.failed(ctx); err != nil {
				return err
			}
		}
		if d.GetPendingWorkflowTask() == nil && (!activitiesRun || len(d.GetPendingActivities()) == 0) {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// followLastRun turns to the run that the execution has continued as.
func (x *observed) followLastRun(ctx context.Context) error {
	d, err := x.Client.DescribeWorkflowExecution(ctx, x.run.GetID(), "")
	if err != nil {
		return fmt.Errorf("looking for the last run: %w", err)
	}
	x.run = x.Client.GetWorkflow(ctx, x.run.GetID(), d.GetWorkflowExecutionInfo().GetExecution().GetRunId())
	x.events = nil
	return nil
}

// resetSticky makes the service forget the worker that is gone, for the execution
// and its child workflows. Without it their next workflow tasks would first wait
// for that worker, for five seconds.
func (x *observed) resetSticky(ctx context.Context) error {
	d, err := x.Client.DescribeWorkflowExecution(ctx, x.run.GetID(), x.run.GetRunID())
	if err != nil {
		return fmt.Errorf("describing the execution: %w", err)
	}
	executions := []*commonpb.WorkflowExecution{{WorkflowId: x.run.GetID(), RunId: x.run.GetRunID()}}
	for _, child := range d.GetPendingChildren() {
		executions = append(executions,
			&commonpb.WorkflowExecution{WorkflowId: child.GetWorkflowId(), RunId: child.GetRunId()})
	}
	for _, execution := range executions {
		_, err := x.Client.WorkflowService().ResetStickyTaskQueue(ctx, &workflowservice.ResetStickyTaskQueueRequest{
			Namespace: x.Namespace,
			Execution: execution,
		})
		if err != nil {
			return fmt.Errorf("handing %s to the next stage: %w", execution.GetWorkflowId(), err)
		}
	}
	return nil
}

func (x *observed) history(ctx context.Context) (*historypb.History, error) {
	var h historypb.History
	events := x.Client.GetWorkflowHistory(ctx, x.run.GetID(), x.run.GetRunID(), false,
		enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		if err != nil {
			return nil, fmt.Errorf("reading the event history: %w", err)
		}
		h.Events = append(h.Events, event)
	}
	return &h, nil
}
