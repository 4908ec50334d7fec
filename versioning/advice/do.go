package advice

import (
	"fmt"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

const usualCures = "Let nothing decide what the workflow does but its input and its history: range over " +
	"workflow.DeterministicKeys of a map; take the time from workflow.Now, and random numbers and UUIDs from " +
	"workflow.SideEffect; use workflow.Go, workflow.Channel and workflow.Selector in the place of Go's own; read " +
	"the environment, configuration and global state in an activity. A new call, such as that of " +
	"SideEffect, is a change of its own: replay the executions that are open with the code that is mended, too."

// putBack is for a branch that is gone, while executions need it.
const putBack = "Put this branch of the code back before you deploy, and keep it while such executions are open." + IfDeployed

// IfDeployed ends what there is to do where code that breaks executions may have begun some itself.
const IfDeployed = " If code without it has been deployed already, replay the executions that it began as well."

const thisCall = "Put the change behind this GetVersion call before you deploy it."

// notPassed is about executions that have not come to the line of the change: see cause.Parting.
const notPassed = " Executions that wait before that line take the new branch. If they have to keep the old way, call " +
	"GetVersion where they have passed already, such as in the first line of the workflow function; or make the change in a new workflow type, or from the next " +
	"Continue-As-New on."

// do says in sentences what to do. The patch is the code that is printed with it, nil if that is a sketch.
func do(r replay.Result, patch *Patch) string {
	text, c := doHere(r, patch), r.Cause
	if c.Signal != nil && patch != nil && c.Kind == cause.SignalUnread {
		return text + notPassed
	}
	p := c.Parting
	if patch != nil && ranFirst(r, patch) {
		return text // who waits has passed that line
	}
	if p == nil || p.Difference != nil && p.Difference.Open ||
		c.Decided.Kind != cause.Unversioned && c.Decided.Kind != cause.PerhapsDefault {
		return text
	}
	if p.Unreached || laterTask(r) && (r.Verdict == replay.Drift || patch != nil && !patch.Restored) {
		return text + notPassed
	}
	return text
}

// laterTask reports whether the place is in a later Workflow Task than the first: executions can wait before it.
func laterTask(r replay.Result) bool {
	x := r.Explanation
	if x == nil || len(x.Tasks) == 0 || x.Tasks[0].Completed == 0 {
		return false
	}
	if task := r.Cause.Parting.Task; task != 0 {
		return task > x.Tasks[0].Completed
	}
	return r.Place.Event > x.Tasks[0].Completed && !slices.ContainsFunc(x.Tasks[0].Rows, func(row compare.Entry) bool {
		return row.Event.GetEventId() == r.Place.Event
	})
}

func doHere(r replay.Result, patch *Patch) string {
	c := r.Cause
	if patch != nil && patch.Restored {
		return putBack
	}
	if c.Kind == cause.SignalRenamed && patch != nil {
		return fmt.Sprintf("With this code executions that began before take %s, and new ones %s. A sender that does not "+
			"know which one it has to do with sends both.", c.Signal.Name, c.Signal.Now)
	}
	switch c.Kind {
	case cause.NotDeterministic:
		return usualCures
	case cause.CodePanics, cause.CodeDeadlocks:
		if c.Decided.Kind == cause.HeaderUnread || c.Decided.Kind == cause.ReferenceParts {
			return doElsewhere(c.Decided)
		}
		if c.Kind == cause.CodeDeadlocks {
			return sentence(cure(r)) + " If nothing can come there, take the wait out. Such executions stay open until a Worker has " +
				"code that yields."
		}
		return "Mend the code, or find out what it needs that it does not have in a replay; such executions stay " +
			"open until a Worker has code that does not fail."
	case cause.NotCalled:
		return "Give this replay the interceptors and plugins of your Workers. If it has them, one of them ends the " +
			"workflow before its function." + inOptions
	case cause.ValueUnreadable, cause.ArgumentMissing, cause.SignalUnread, cause.UpdateUnhandled,
		cause.SignalRenamed, cause.UpdateRenamed,
		cause.TypeNotRegistered, cause.StuckAhead, cause.ClosesAhead, cause.HangsAhead,
		cause.BranchRemoved, cause.VersionNotKnown, cause.FlagUnknown:
		if c.Ahead != nil && patch != nil && !patch.Sketch {
			return "Put this GetVersion call in before you deploy. Executions that wait there now go on as they did, and new " +
				"ones take the new code."
		}
		if c.Value != nil && c.Value.Encoding != "" {
			return sentence(cure(r)) + inOptions
		}
		return sentence(cure(r))
	}
	if c.Decided.Elsewhere() {
		return doElsewhere(c.Decided)
	}
	verdict := r.Verdict
	if r.Moved != "" {
		verdict = r.Moved
	}
	if verdict == replay.Nondeterministic && patch != nil && !patch.Sketch && c.Decided.Kind == cause.Unversioned {
		return thisCall
	}
	branches := r.Explanation != nil && r.Explanation.Parted != nil && (c.Parting == nil || c.Parting.Afterwards == nil)
	decision := c.Decided.Kind
	if verdict == replay.Nondeterministic && branches &&
		(decision == cause.Unversioned || decision == cause.PerhapsDefault) {
		if patch == nil || patch.Sketch {
			return sentence("put the change behind a GetVersion call before you deploy it"+perhaps(c.Decided)) +
				" The code is a sketch of it."
		}
		return sentence("put the change behind this GetVersion call before you deploy it" + perhaps(c.Decided))
	}
	if r.Verdict == replay.Drift && patch != nil && !patch.Sketch && c.Decided.Kind == cause.Unversioned {
		if Allow(r) == "" {
			return "No SDK notices. Branch with this GetVersion call, or allow the differences with a reason."
		}
		return "No SDK notices. Branch with this GetVersion call, or allow the difference with the rule below it."
	}
	return sentence(cure(r))
}
