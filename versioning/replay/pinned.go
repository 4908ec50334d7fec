package replay

import (
	"fmt"
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

// keep gives the verdict on a stage of another build, from what a replay there
// has shown: it cannot happen, unless somebody moves the execution.
func (p *pin) keep(closed bool, build string, there Result) Result {
	detail := fmt.Sprintf("pinned to build %s by %s (event %d)", p.build, p.by, p.event)
	switch {
	case closed:
		detail += ", closed: queries and resets go there too; if a reset moved it here, "
	case p.override:
		detail += " until UpdateWorkflowExecutionOptions changes that; if it moved here, "
	default:
		detail += fmt.Sprintf(", it never gets to %s unless UpdateWorkflowExecutionOptions moves it; if it moved here, ", build)
	}
	switch {
	case there.Verdict == Safe:
		detail += "it would be safe"
	case there.Verdict == Unstarted:
		detail += "it would be begun here"
	case there.Verdict == Unjudged:
		detail += "nobody can tell: " + there.Detail
	default:
		detail += fmt.Sprintf("it would be %s at event %d", there.Verdict, there.Divergence.Event)
	}
	return Result{
		Verdict: NotApplicable, Moved: there.Verdict, Park: there.Park, Detail: detail, Versions: there.Versions, Explanation: there.Explanation,
	}
}
