package against

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// owner is whose execution a recording is.
type owner int

const (
	ownerNeither owner = iota
	ownerThere
	ownerHere
)

// owns decides whose execution a recording is. What the revision has is its own, and
// what only the work tree has was made by its code, unless it fits the code of the
// revision better: a history of production that came into the tree with the change.
// One that its own code does not replay is of code that was left behind, such as an
// early stage, or is broken already: deploy and rollback cannot break it.
func owns(e *entry, there, here replay.Verdict) owner {
	switch {
	case e.longer != nil && fault(there) == broken && fault(here) != broken:
		return ownerHere // which has gone on with it
	case fault(there) == broken && (e.there != nil || fault(here) == broken):
		return ownerNeither
	case e.there != nil || fault(there) < fault(here) && there != replay.Unjudged:
		return ownerThere
	default:
		return ownerHere
	}
}

const broken = finding.Breaks

// fault orders verdicts by how badly the code fits.
func fault(v replay.Verdict) finding.Answer { return finding.AnswerOf(replay.Result{Verdict: v}) }

// lineage names the columns of the code that has run the execution. Where all stages
// are shown they are those of the name.
func (r *run) lineage(p *pair, e *entry, o owner, stages []string) []string {
	s, t := r.there, p.there
	if e.there == nil || e.longer != nil && e.longer == e.here {
		s, t = r.here, p.here
	}
	if r.AllStages {
		columns := make([]string, len(stages))
		for i, stage := range stages {
			if !slices.ContainsFunc(r.stages(t), func(known exchange.Stage) bool { return known.Name == stage }) {
				return nil
			}
			columns[i] = r.column(s, stage)
		}
		return columns
	}
	switch o {
	case ownerThere:
		return []string{r.there.name}
	case ownerHere:
		return []string{r.here.name}
	default:
		return nil
	}
}
