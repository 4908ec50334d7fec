package record

import (
	"slices"
	"sync"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// An asked is a change ID that the code has asked for where nothing was recorded
// for it, and the version that was recorded then.
type asked struct {
	changeID          string
	min, max, version int
	// own is whether the stage's own PreferredVersionProvider chose the version.
	own bool
}

// preferences are what a worker prefers to record in one execution.
type preferences struct {
	attempt
	workflowID string

	mu    sync.Mutex
	asked map[string][]asked // by run ID
}

func newPreferences(a attempt, workflowID string) *preferences {
	return &preferences{attempt: a, workflowID: workflowID, asked: map[string][]asked{}}
}

// provider returns what the worker is started with. Where the stage's own one has
// a preference it wins: it is a part of what the stage is. Child workflows are not
// in the recording, and take what they would take anyway.
func (p *preferences) provider(own worker.PreferredVersionProvider) worker.PreferredVersionProvider {
	return func(in worker.PreferredVersionProviderInput) *worker.VersionPreference {
		var preference *worker.VersionPreference
		if own != nil {
			preference = own(in)
		}
		if in.WorkflowInfo.WorkflowExecution.ID != p.workflowID {
			return preference
		}
		isOwn := preference != nil
		if version, ok := p.prefer[in.ChangeID]; ok && !isOwn {
			v := workflow.Version(version)
			// Out of range it would fail the Workflow Task with words about a
			// provider that the user has not written.
			if in.MinSupported <= v && v <= in.MaxSupported {
				preference = &worker.VersionPreference{Version: v}
			}
		}
		p.note(in.WorkflowInfo.WorkflowExecution.RunID, asked{
			changeID: in.ChangeID, min: int(in.MinSupported), max: int(in.MaxSupported),
			version: resolved(preference, in), own: isOwn,
		})
		return preference
	}
}

// resolved is the version that the SDK makes of the preference, as
// resolvePreferredVersion of its internal/internal_event_handlers.go does. One that
// is out of range fails the Workflow Task.
func resolved(preference *worker.VersionPreference, in worker.PreferredVersionProviderInput) int {
	switch {
	case preference == nil:
		return int(in.MaxSupported)
	case preference.ClampToSupportedRange:
		return int(max(in.MinSupported, min(in.MaxSupported, preference.Version)))
	default:
		return int(preference.Version)
	}
}

// note keeps the last answer: a Workflow Task that failed is done again.
func (p *preferences) note(runID string, a asked) {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := p.asked[runID]
	if i := slices.IndexFunc(list, func(other asked) bool { return other.changeID == a.changeID }); i >= 0 {
		list = slices.Delete(list, i, i+1)
	}
	p.asked[runID] = append(list, a)
}

// of returns what was asked in the run, in the order of the calls.
func (p *preferences) of(runID string) []asked {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.asked[runID])
}

// check notes in the recording what was preferred in it, and returns a
// *NotTakenError if that is not what the attempt is for.
func (p *preferences) check(rec *history.Recording) error {
	taken := p.changeID == ""
	var last *asked
	for _, a := range p.of(rec.RunID) {
		if a.changeID == p.changeID {
			last, taken = &a, a.version == p.version
		}
		if version, preferred := p.prefer[a.changeID]; preferred && version == a.version && !a.own {
			if rec.Preferred == nil {
				rec.Preferred = map[string]int{}
			}
			rec.Preferred[a.changeID] = version
		}
	}
	if taken {
		return nil
	}
	e := &NotTakenError{ChangeID: p.changeID, Version: p.version, Others: p.others()}
	if last != nil {
		e.Asked, e.Min, e.Max = true, last.min, last.max
	}
	return e
}
