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
	// Calls are the GetVersion calls that replays of the stage have made, in the order of their
	// lines. A call that no recording reaches is missing, because no replay has seen it.
	Calls []CallCoverage
	// Unjudged is the number of recordings that could not be judged. They may take branches that no
	// other recording takes.
	Unjudged int
}

// CallCoverage is one GetVersion call with the branches of its range. Min, Max and Source are as in
// replay.VersionCall. The same change ID on another line, or with another range, is another call,
// because a recording can end between the two calls.
type CallCoverage struct {
	ChangeID string
	Min, Max int
	Source   string
	// Branches are all versions of the range, in order. Version 0 is left out if the range goes
	// from workflow.DefaultVersion to 1 or more, because no code returns version 0 then. Version 0
	// stays in if a stage has a call for the change ID that begins or ends with version 0, or if a
	// recording takes version 0.
	Branches []Branch
}

// A Branch is one version of a call's range. Neighbouring versions that no recording takes and no
// stage records form one Branch together.
type Branch struct {
	From, To int

	// Proven are the recordings that take the branch and that the stage accepts. Their verdict is
	// Safe, or Drift in which the recording and the code take the same version. The replay went
	// into the branch, but may not have reached its end. An execution that waits in the middle of
	// the branch proves only what is before.
	Proven []string

	// Breaking are the recordings that take the branch and do not replay, whether or not the branch
	// is to blame. They include recordings with the verdict Drift that take another version than
	// the code.
	Breaking []string

	// Elsewhere are the recordings that would take the branch if their execution were moved to the
	// stage. Worker Versioning keeps their executions on another build (NotApplicable). So these
	// recordings prove nothing about executions that get to the stage.
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

// Count returns the number of versions with a recording that proves their branch, and the number of
// all versions in the ranges of all calls.
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

// Coverage returns the coverage of the stages that call GetVersion, in the order of release. All
// recordings that the stage has replayed count, whichever stage made them. A stage in m.Partial is
// left out, because a recording that the stage has not replayed may take the branch.
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
