package record

import (
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
)

const (
	scheduled         = enumspb.PENDING_WORKFLOW_TASK_STATE_SCHEDULED
	started           = enumspb.PENDING_WORKFLOW_TASK_STATE_STARTED
	activityScheduled = enumspb.PENDING_ACTIVITY_STATE_SCHEDULED
	activityStarted   = enumspb.PENDING_ACTIVITY_STATE_STARTED
)

func described(status enumspb.WorkflowExecutionStatus, with []func(*looked)) looked {
	e := looked{DescribeWorkflowExecutionResponse: &workflowservice.DescribeWorkflowExecutionResponse{
		WorkflowExecutionInfo: &workflowpb.WorkflowExecutionInfo{
			Type:   &commonpb.WorkflowType{Name: "Ship"},
			Status: status,
		}}}
	for _, add := range with {
		add(&e)
	}
	return e
}

func open(with ...func(*looked)) looked {
	return described(enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING, with)
}

func completed() looked { return described(enumspb.WORKFLOW_EXECUTION_STATUS_COMPLETED, nil) }

func workflowTask(state enumspb.PendingWorkflowTaskState, attempt int32) func(*looked) {
	return func(e *looked) {
		e.PendingWorkflowTask = &workflowpb.PendingWorkflowTaskInfo{State: state, Attempt: attempt}
	}
}

func activity(state enumspb.PendingActivityState, failure string) func(*looked) {
	return func(e *looked) {
		a := &workflowpb.PendingActivityInfo{ActivityType: &commonpb.ActivityType{Name: "Charge"}, State: state}
		if failure != "" {
			a.LastFailure = &failurepb.Failure{Message: failure}
		}
		e.PendingActivities = append(e.PendingActivities, a)
	}
}

func child(c looked) func(*looked) {
	return func(e *looked) {
		e.PendingChildren = append(e.PendingChildren, &workflowpb.PendingChildExecutionInfo{RunId: "run"})
		e.children = append(e.children, c)
	}
}

func notStarted(e *looked) {
	e.PendingChildren = append(e.PendingChildren, &workflowpb.PendingChildExecutionInfo{})
}

// TestState is about the clock that measures how long nothing changes.
func TestState(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	states := []looked{
		open(),
		completed(),
		open(workflowTask(scheduled, 1)),
		open(workflowTask(started, 1)),
		open(workflowTask(scheduled, 2)),
		open(activity(activityScheduled, "")),
		open(activity(activityStarted, "")),
		open(notStarted),
		open(child(open())),
		open(child(completed())),
		open(child(open(workflowTask(scheduled, 1)))),
		open(child(open(child(open())))),
	}
	for i, e := range states {
		require.Equal(t, e.state(), e.state())
		other, twice := seen[e.state()]
		require.False(t, twice, "states %d and %d: %s", other, i, e.state())
		seen[e.state()] = i
	}
}
