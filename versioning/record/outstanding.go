package record

import (
	"fmt"

	enumspb "go.temporal.io/api/enums/v1"
)

// An outstanding is something that a worker or the service has to do before an
// execution is at rest.
type outstanding struct {
	how  how
	what string
}

type how int

const (
	// untaken waits for a worker.
	untaken how = iota
	// taken was taken by a worker, or the service is about to do it. When that
	// does not end, it says nothing about the worker that is observed.
	taken
	// failing fails and is tried again and again.
	failing
)

// outstanding returns what is left to do for the execution, nothing if only the
// outside, or a timer, can move it. A child that is only open is no work of its
// parent's. One that has a task is, because it may close with it; and so is one
// that is not known to have started, or that has closed: the parent is yet to be
// told.
func (e looked) outstanding() (list []outstanding) {
	switch task := e.GetPendingWorkflowTask(); {
	case task == nil:
	case task.GetState() == enumspb.PENDING_WORKFLOW_TASK_STATE_SCHEDULED:
		// All else may be different after the workflow task.
		return []outstanding{{untaken, "no Worker takes its Workflow Task"}}
	default:
		return []outstanding{{taken, "its Workflow Task"}}
	}
	for _, a := range e.GetPendingActivities() {
		name := "activity " + a.GetActivityType().GetName()
		switch {
		case a.GetLastFailure() != nil:
			list = append(list, outstanding{failing, name + " fails: " + brief(a.GetLastFailure().GetMessage())})
		case a.GetState() == enumspb.PENDING_ACTIVITY_STATE_SCHEDULED:
			list = append(list, outstanding{untaken, "no Worker takes " + name})
		default:
			list = append(list, outstanding{taken, name})
		}
	}
	if len(e.children) < len(e.GetPendingChildren()) {
		list = append(list, outstanding{taken, "the start of a Child Workflow"})
	}
	for _, child := range e.children {
		list = append(list, child.outstandingForParent()...)
	}
	return list
}

func (e looked) outstandingForParent() []outstanding {
	name := "Child Workflow " + e.typeName()
	switch {
	case !e.isOpen():
		return []outstanding{{taken, "the end of " + name}}
	// A task that was lost is answered in the second attempt.
	case e.GetPendingWorkflowTask().GetAttempt() > 2:
		return []outstanding{{failing, "the Workflow Task of " + name + " fails"}}
	}
	list := e.outstanding()
	for i := range list {
		list[i].what = fmt.Sprintf("%s: %s", name, list[i].what)
	}
	return list
}
