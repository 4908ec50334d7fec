package replay

import (
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	workflowpb "go.temporal.io/api/workflow/v1"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// A pin is why Worker Versioning keeps an execution on one build.
type pin struct {
	build string
	// by is what pins it, in words.
	by string
	// override says that it is no property of the code that ran.
	override bool
	event    int64
}

// pinned returns what pins the execution after its last event, nil if nothing
// does. The rules are those by which the service routes its next workflow task:
// GetEffectiveVersioningBehavior in the server's service/history/workflow/util.go,
// and what mutable_state_impl.go and workflow_task_state_machine.go beside it make
// of the events. A versioning override goes over what the worker said that
// completed the last workflow task, and that over what the run began with.
func pinned(events []*historypb.HistoryEvent) *pin {
	var base, override *pin
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
				base = &pin{build: build, by: "VersioningBehaviorPinned", event: e.GetEventId()}
			}
			if overridden && override != nil && override.by == oneTime && override.build == build {
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
func pinOf(o *workflowpb.VersioningOverride, event int64) *pin {
	p := &pin{by: "a versioning override", override: true, event: event}
	switch {
	case o.GetOneTime() != nil:
		p.by, p.build = oneTime, o.GetOneTime().GetTargetDeploymentVersion().GetBuildId()
	case o.GetPinned() != nil:
		p.build = o.GetPinned().GetVersion().GetBuildId()
	case o.GetBehavior() != enumspb.VERSIONING_BEHAVIOR_PINNED:
		return nil
	case o.GetPinnedVersion() != "":
		_, p.build, _ = strings.Cut(o.GetPinnedVersion(), ".")
	default:
		p.build = o.GetDeployment().GetBuildId()
	}
	return p
}

// inherited returns what a run begins with that a pinned one has started as its
// child or continued as.
func inherited(started *historypb.WorkflowExecutionStartedEventAttributes) *pin {
	build := started.GetInheritedPinnedVersion().GetBuildId()
	if build == "" {
		_, build, _ = strings.Cut(started.GetParentPinnedWorkerDeploymentVersion(), ".")
	}
	if build == "" {
		return nil
	}
	return &pin{build: build, by: "the run that it comes from", event: 1}
}

// Pin is what keeps an execution on one build.
type Pin struct {
	// Build is that build, and To that of the stage.
	Build string `json:"build"`
	To    string `json:"to"`
	// By is what pins it, in words, and Event the ID of the event that says so.
	By    string `json:"by"`
	Event int64  `json:"event"`
	// Override is whether that is a versioning override, which can be taken back, and
	// Closed whether the execution is.
	Override bool `json:"override,omitempty"`
	Closed   bool `json:"closed,omitempty"`
	// At is the ID of the event at which it would part if it moved to the stage, 0 if it
	// would not; Source, Callers and Near are as in Place.
	At      int64    `json:"at,omitempty"`
	Source  string   `json:"source,omitempty"`
	Callers []string `json:"callers,omitempty"`
	Near    bool     `json:"near,omitempty"`
}

// keep gives the verdict on a stage of another build, from what a replay there
// has shown: it cannot happen, unless somebody moves the execution.
func (p *pin) keep(closed bool, build string, there Result) Result {
	cause := there.Cause
	d := there.Place
	cause.Pin = &Pin{
		Build: p.build, To: build, By: p.by, Event: p.event, Override: p.override, Closed: closed,
		At: d.Event, Source: d.Source, Callers: d.Callers, Near: d.Near,
	}
	return Result{
		Verdict:  NotApplicable,
		Moved:    there.Verdict,
		Cause:    cause,
		Err:      there.Err,
		Evidence: Evidence{Park: there.Park, Versions: there.Versions, Explanation: there.Explanation},
	}
}
