package replaytest

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// An Excuse leaves branches out of MinCoverage: branches that nobody can record, or that nobody
// needs to record.
type Excuse struct {
	// Stage is the stage of the calls. Empty means the calls of every stage.
	Stage string
	// ChangeID is the change ID of the calls. Required.
	ChangeID string
	// From and To are the first and the last excused version. -1 is workflow.DefaultVersion.
	From, To int
	// Reason tells the reader of the test why the branches may stay unproven. Required.
	Reason string
}

// String names the excused versions.
func (e Excuse) String() string {
	text := fmt.Sprintf("%q %s", e.ChangeID, words.Versions(matrix.Branch{From: e.From, To: e.To}))
	if e.Stage != "" {
		text += " of stage " + e.Stage
	}
	return text
}

// coverageFault returns what is wrong with what the caller asks for, "" if nothing is.
func (p Params) coverageFault() string {
	switch {
	case !(0 <= p.MinCoverage && p.MinCoverage <= 1):
		return fmt.Sprintf("MinCoverage is a share from 0 to 1, not %v", p.MinCoverage)
	case p.MinCoverage == 0 && len(p.Unproven) > 0:
		return "Unproven excuses from MinCoverage, which is not set"
	}
	for _, e := range p.Unproven {
		_, known := p.Family.Stage(e.Stage)
		switch {
		case e.ChangeID == "" || e.Reason == "":
			return fmt.Sprintf("the excuse of %s needs a ChangeID and a Reason", e)
		case e.From > e.To:
			return fmt.Sprintf("the excuse of %s ends before it begins", e)
		case e.Stage != "" && !known:
			return fmt.Sprintf("the excuse of %s: %s has no such stage", e, p.Family.Name)
		}
	}
	return ""
}

// uncovered returns what MinCoverage lacks, for each stage by itself: the branches of the stage
// that is deployed next are not proven by those of an old one.
func (r *run) uncovered(m *matrix.Matrix) (faults []string) {
	used := make([]bool, len(r.Unproven))
	for _, s := range m.Coverage() {
		proven, all := s.Count()
		var lacks []string
		for _, call := range s.Calls {
			for _, b := range call.Branches {
				if len(b.Proven) > 0 {
					continue
				}
				left := r.excuse(s.Stage, call.ChangeID, b, used)
				all -= b.Versions()
				for _, b := range left {
					all += b.Versions()
					lacks = append(lacks,
						fmt.Sprintf("\n  %q %s at %s: %s", call.ChangeID, words.Versions(b), call.Source,
							words.Unproven(s, b)))
				}
			}
		}
		if all == 0 || float64(proven)/float64(all) >= r.MinCoverage {
			continue
		}
		const most = 20
		if more := len(lacks) - most; more > 0 {
			lacks = append(lacks[:most], fmt.Sprintf("\n  and %d more", more))
		}
		faults = append(faults, fmt.Sprintf("recordings prove %d of %d branches of the GetVersion calls of stage %s, and "+
			"MinCoverage is %v; these are unproven:%s\n"+
			"what nobody can record goes into Unproven, with the reason", proven, all, s.Stage, r.MinCoverage,
			strings.Join(lacks, "")))
	}
	for i, e := range r.Unproven {
		if !used[i] {
			faults = append(faults, fmt.Sprintf("the excuse of %s excuses nothing any more: delete it (its reason was: %s)",
				e, e.Reason))
		}
	}
	return faults
}

// excuse returns what the excuses leave of an unproven branch.
func (r *run) excuse(stage, changeID string, b matrix.Branch, used []bool) (left []matrix.Branch) {
	left = []matrix.Branch{b}
	for i, e := range r.Unproven {
		if e.ChangeID != changeID || e.Stage != "" && e.Stage != stage {
			continue
		}
		used[i] = used[i] || e.From <= b.To && b.From <= e.To
		left = without(left, e.From, e.To)
	}
	return left
}

// without takes the versions from the first to the last out of the branches.
func without(branches []matrix.Branch, first, last int) (left []matrix.Branch) {
	for _, b := range branches {
		if last < b.From || b.To < first {
			left = append(left, b)
			continue
		}
		if below := b; first > b.From {
			below.To = first - 1
			left = append(left, below)
		}
		if above := b; last < b.To {
			above.From = last + 1
			left = append(left, above)
		}
	}
	return left
}
