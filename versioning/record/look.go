package record

import (
	"context"
	"fmt"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"
)

// looked is an execution as the service describes it, and those of its pending
// children that have started.
type looked struct {
	*workflowservice.DescribeWorkflowExecutionResponse
	children []looked
}

// look describes the execution, and its children after it: a child that is still
// open then cannot have given its parent anything to do before.
func (x *observed) look(ctx context.Context, id, run string) (looked, error) {
	d, err := x.Client.DescribeWorkflowExecution(ctx, id, run)
	if err != nil {
		return looked{}, fmt.Errorf("describing the execution %s: %w", id, err)
	}
	e := looked{DescribeWorkflowExecutionResponse: d}
	for _, child := range d.GetPendingChildren() {
		if child.GetRunId() == "" {
			continue // It has not started.
		}
		// Not the run that was started: the child may have continued as new.
		c, err := x.look(ctx, child.GetWorkflowId(), "")
		if err != nil {
			return looked{}, err
		}
		e.children = append(e.children, c)
	}
	return e, nil
}

// state is different when anything of the execution is.
func (e looked) state() string {
	var b strings.Builder
	task := e.GetPendingWorkflowTask()
	fmt.Fprint(&b, e.GetWorkflowExecutionInfo().GetStatus(), e.GetWorkflowExecutionInfo().GetHistoryLength(),
		task.GetState(), task.GetAttempt(), len(e.GetPendingChildren()))
	for _, a := range e.GetPendingActivities() {
		fmt.Fprint(&b, a.GetActivityId(), a.GetState(), a.GetAttempt())
	}
	for _, child := range e.children {
		fmt.Fprint(&b, "(", child.GetWorkflowExecutionInfo().GetExecution().GetRunId(), child.state(), ")")
	}
	return b.String()
}

func (e looked) isOpen() bool {
	return e.GetWorkflowExecutionInfo().GetStatus() == enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING
}

func (e looked) typeName() string { return e.GetWorkflowExecutionInfo().GetType().GetName() }
