package accept

import (
	deploymentpb "go.temporal.io/api/deployment/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	updatepb "go.temporal.io/api/update/v1"
)

// request refuses what does not become an answer at all: api.go, Invoke.
func (t *taking) request() *Refusal {
	if t.answer.GetVersioningBehavior() != enumspb.VERSIONING_BEHAVIOR_UNSPECIFIED &&
		t.answer.GetDeployment() == nil && //nolint:staticcheck // older SDKs send it
		t.answer.GetDeploymentOptions().GetWorkerVersioningMode() != enumspb.WORKER_VERSIONING_MODE_VERSIONED {
		return unanswered("versioning behavior cannot be specified without deployment options being set with " +
			"versioned mode")
	}
	return nil
}

// discardable is how many events may lie between the last answer and a task that is thrown away:
// DiscardSpeculativeWorkflowTaskMaximumEventsCount.
const discardable = 10

// discards reports whether the service throws the task away, because it was for updates alone and
// all of them are rejected: workflow_task_state_machine.go, skipWorkflowTaskCompletedEvent.
func (t *taking) discards() bool {
	if !t.c.Speculative || len(t.answer.GetCommands()) > 0 || t.answer.GetForceCreateNewWorkflowTask() {
		return false
	}
	between := int64(2)
	if t.answer.GetCapabilities().GetDiscardSpeculativeWorkflowTaskWithEvents() {
		between += discardable
	}
	scheduled := t.task.GetWorkflowTaskStartedEventAttributes().GetScheduledEventId()
	if scheduled > t.lastCompleted()+between {
		return false
	}
	for _, message := range t.answer.GetMessages() {
		if !message.GetBody().MessageIs((*updatepb.Rejection)(nil)) {
			return false
		}
	}
	return true
}

// lastCompleted is the WorkflowTaskStarted of the last task that was completed, 0 if there is none.
func (t *taking) lastCompleted() int64 {
	for i := len(t.history) - 1; i >= 0; i-- {
		if e := t.history[i]; e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			return e.GetWorkflowTaskCompletedEventAttributes().GetStartedEventId()
		}
	}
	return 0
}

func (t *taking) discard() Outcome {
	for _, message := range t.answer.GetMessages() {
		if err := t.message(message); err != nil {
			return t.refused(err)
		}
	}
	return Outcome{
		Status: enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING, Discarded: true, NextTask: t.blocked,
		Unanswered: t.updates.unanswered(),
	}
}

// complete writes WorkflowTaskCompleted: workflow_task_state_machine.go, AddWorkflowTaskCompletedEvent.
func (t *taking) complete() {
	a := t.answer
	behavior := a.GetVersioningBehavior()
	if a.GetDeploymentOptions() != nil &&
		a.GetDeploymentOptions().GetWorkerVersioningMode() != enumspb.WORKER_VERSIONING_MODE_VERSIONED {
		behavior = enumspb.VERSIONING_BEHAVIOR_UNSPECIFIED
	}
	name := a.GetDeploymentOptions().GetDeploymentName()
	if name == "" {
		name = a.GetDeployment().GetSeriesName() //nolint:staticcheck // older SDKs send it
	}
	e := t.add(&historypb.WorkflowTaskCompletedEventAttributes{
		ScheduledEventId:     t.task.GetWorkflowTaskStartedEventAttributes().GetScheduledEventId(),
		StartedEventId:       t.task.GetEventId(),
		Identity:             a.GetIdentity(),
		BinaryChecksum:       a.GetBinaryChecksum(),     //nolint:staticcheck // older SDKs send it
		WorkerVersion:        a.GetWorkerVersionStamp(), //nolint:staticcheck // older SDKs send it
		SdkMetadata:          a.GetSdkMetadata(),
		MeteringMetadata:     a.GetMeteringMetadata(),
		WorkerDeploymentName: name,
		DeploymentVersion:    t.deployment(),
		VersioningBehavior:   behavior,
	})
	t.completed = e.GetEventId()
}

// deployment is the version that the Worker says, nil if it says only a part of it:
// worker_versioning.go, DeploymentOrVersion.
func (t *taking) deployment() *deploymentpb.WorkerDeploymentVersion {
	v := &deploymentpb.WorkerDeploymentVersion{
		DeploymentName: t.answer.GetDeployment().GetSeriesName(), //nolint:staticcheck // older SDKs send it
		BuildId:        t.answer.GetDeployment().GetBuildId(),    //nolint:staticcheck // older SDKs send it
	}
	if o := t.answer.GetDeploymentOptions(); o.GetWorkerVersioningMode() == enumspb.WORKER_VERSIONING_MODE_VERSIONED {
		v.DeploymentName, v.BuildId = o.GetDeploymentName(), o.GetBuildId()
	}
	if v.GetDeploymentName() == "" || v.GetBuildId() == "" {
		return nil
	}
	return v
}

// done is the outcome of an answer that is taken.
func (t *taking) done() Outcome {
	o := Outcome{Status: t.status, NewRunID: t.newRunID}
	if t.running() {
		o.NextTask = t.answer.GetForceCreateNewWorkflowTask() || t.blocked || t.cancelledUnstarted
		if !t.answer.GetForceCreateNewWorkflowTask() {
			o.Unanswered = t.updates.unanswered()
		}
		t.flush()
		if t.tooLong(o.NextTask) {
			return t.forceClose()
		}
	}
	o.Events = t.events
	return o
}
