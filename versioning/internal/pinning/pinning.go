// Package pinning tells which build Worker Versioning keeps an execution on.
package pinning

import (
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	workflowpb "go.temporal.io/api/workflow/v1"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// A Pin is why Worker Versioning keeps an execution on one build.
type Pin struct {
	Build string
	// By says in words what pins the execution.
	By string
	// Override says that the pin is not a property of the code that ran.
	Override bool
	// Event is the ID of the event that says so.
	Event int64
}

// Of returns what pins the execution after its last event. It returns nil if nothing does. The
// rules are the rules by which the service routes the execution's next Workflow Task:
// GetEffectiveVersioningBehavior in the server's service/history/workflow/util.go, and what
// mutable_state_impl.go and workflow_task_state_machine.go in the same folder make of the events. A
// versioning override has priority over what the Worker said that completed the last Workflow Task.
// What that Worker said has priority over what the run began with.
func Of(events []*historypb.HistoryEvent) *Pin {
	var base, override *Pin
	overridden := false
	set := func(o *workflowpb.VersioningOverride, event int64) {
		overridden, override = true, pinOf(o, event)
	}
	for _, e := range events {
		if started := e.GetWorkflowExecutionStartedEventAttributes(); started != nil {
			base = inherited(started)
			if o := started.GetVersioningOverride(); o != nil {
				set(o, e.GetEventId())
			}
		}
		if updated := e.GetWorkflowExecutionOptionsUpdatedEventAttributes(); updated != nil {
			if o := updated.GetVersioningOverride(); o != nil {
				set(o, e.GetEventId())
			}
			if updated.GetUnsetVersioningOverride() {
				overridden = false
			}
		}
		if completed := e.GetWorkflowTaskCompletedEventAttributes(); completed != nil {
			base = nil
			build := history.BuildOf(completed)
			if completed.GetVersioningBehavior() == enumspb.VERSIONING_BEHAVIOR_PINNED {
				base = &Pin{Build: build, By: "VersioningBehaviorPinned", Event: e.GetEventId()}
			}
			if overridden && override != nil && override.By == oneTime && override.Build == build {
				overridden = false // it ends with a task on its build
			}
		}
	}
	if overridden {
		return override
	}
	return base
}

const oneTime = "a one-time versioning override"

// pinOf returns where the override pins an execution, nil if it makes it upgrade
// by itself. Services before 1.28 wrote only its deprecated fields.
func pinOf(o *workflowpb.VersioningOverride, event int64) *Pin {
	p := &Pin{By: "a versioning override", Override: true, Event: event}
	switch {
	case o.GetOneTime() != nil:
		p.By, p.Build = oneTime, o.GetOneTime().GetTargetDeploymentVersion().GetBuildId()
	case o.GetPinned() != nil:
		p.Build = o.GetPinned().GetVersion().GetBuildId()
	case o.GetBehavior() != enumspb.VERSIONING_BEHAVIOR_PINNED:
		return nil
	case o.GetPinnedVersion() != "":
		_, p.Build, _ = strings.Cut(o.GetPinnedVersion(), ".")
	default:
		p.Build = o.GetDeployment().GetBuildId()
	}
	return p
}

// inherited returns what a run begins with that a pinned one has started as its
// child or continued as.
func inherited(started *historypb.WorkflowExecutionStartedEventAttributes) *Pin {
	build := started.GetInheritedPinnedVersion().GetBuildId()
	if build == "" {
		_, build, _ = strings.Cut(started.GetParentPinnedWorkerDeploymentVersion(), ".")
	}
	if build == "" {
		return nil
	}
	return &Pin{Build: build, By: "the run that it comes from", Event: 1}
}
