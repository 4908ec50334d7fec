package matrix

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// StageCoverage says which branches of a stage's GetVersion calls the recordings
// have taken.
type StageCoverage struct {
	Stage string
	// Calls are those that the stage was seen to make, by their lines. A call that
	// no recording reaches is not among them: nobody has seen it.
	Calls []CallCoverage
	// Unjudged is the number of recordings that could not be judged: they may take
	// branches that no other takes.
	Unjudged int
}

// CallCoverage is one GetVersion call and the branches that its range has: Min,
// Max and Source are those of replay.VersionCall. The same change ID on another
// line, or with another range, is another call: a recording can end between them.
type CallCoverage struct {
	ChangeID string
	Min, Max int
	Source   string
	// Branches are all versions of the range, in order, but for version 0 where the
	// range goes from workflow.DefaultVersion to 1 or more: no code gives it, unless
	// a stage has a call for the change ID that begins or ends with it, or a
	// recording takes it.
	Branches []Branch
}

// A Branch is one version of a call's range, or all neighbouring ones that no
// recording takes and no stage records.
type Branch struct {
	From, To int

	// Proven are the recordings that take the branch and that the stage accepts:
	// the verdict is Safe, or Drift. It says that the replay went into the branch,
	// not that it has come to its end: an execution that waits in the middle of it
	// proves what is before.
	Proven []string

	// Breaking are the recordings that take the branch and do not replay, whether
	// the branch is to blame or not.
	Breaking []string

	// Elsewhere are the recordings that would take the branch if their execution
	// were moved to the stage: Worker Versioning keeps them on another build
	// (NotApplicable), so they stand for none that gets here.
	Elsewhere []string

	// RecordedBy are the stages under which new executions take the branch, as far as was
	// seen and if no PreferredVersionProvider changes that. A stage records a version if one
	// of its calls for the change ID ends with it. A stage records workflow.DefaultVersion if
	// it comes before the stage of this coverage and makes no call for the change ID.
	RecordedBy []string
}

// Taken reports whether any recording takes the branch.
func (b Branch) Taken() bool { return len(b.Proven)+len(b.Breaking)+len(b.Elsewhere) > 0 }

// Versions is the number of versions that the branch stands for.
func (b Branch) Versions() int { return b.To - b.From + 1 }

// Count returns the number of versions in the ranges of all calls, and of how many
// of them a recording proves the branch.
func (s StageCoverage) Count() (proven, all int) {
	for _, call := range s.Calls {
		for _, b := range call.Branches {
			all += b.Versions()
			if len(b.Proven) > 0 {
				proven++
			}
		}
	}
	return proven, all
}

// Coverage returns the coverage of the stages that call GetVersion, in the order of release.
// Every recording counts that the stage has replayed, whichever stage made it. A stage that is
// Partial is left out: a recording that it has not replayed may take the branch.
func (m *Matrix) Coverage() (stages []StageCoverage) {
	seen := survey(m)
	for _, name := range m.Family.StageNames() {
		if m.Partial[name] || len(seen.calls[name]) == 0 {
			continue
		}
		s := StageCoverage{Stage: name, Unjudged: seen.unjudged[name]}
		for call := range seen.calls[name] {
			s.Calls = append(s.Calls, CallCoverage{
				ChangeID: call.ChangeID, Min: call.Min, Max: call.Max, Source: call.Source,
				Branches: seen.branches(name, call),
			})
		}
		slices.SortFunc(s.Calls, CallCoverage.compare)
		stages = append(stages, s)
	}
	return stages
}

// compare sorts by file, line, change ID and range.
func (c CallCoverage) compare(other CallCoverage) int {
	file, line := place(c.Source)
	otherFile, otherLine := place(other.Source)
	return cmp.Or(cmp.Compare(file, otherFile), cmp.Compare(line, otherLine),
		cmp.Compare(c.ChangeID, other.ChangeID), cmp.Compare(c.Min, other.Min), cmp.Compare(c.Max, other.Max))
}

func place(source string) (file string, line int) {
	colon := strings.LastIndex(source, ":")
	line, _ = strconv.Atoi(source[colon+1:])
	return source[:max(colon, 0)], line
}
