package document

import "github.com/replaymatrix/replaymatrix/versioning/matrix"

// Coverage is one stage of a family in a Document. The stage calls GetVersion. Branches is the
// number of versions that the calls of the stage support. Proven is the number of these versions
// that a recording proves: the recording takes the branch and replays. Unjudged is the number of
// recordings that the stage could not judge. A stage that has not judged all recordings
// (Matrix.Partial) is left out.
type Coverage struct {
	Stage    string `json:"stage"`
	Proven   int    `json:"proven"`
	Branches int    `json:"branches"`
	Unjudged int    `json:"unjudged,omitempty"`
	Calls    []Call `json:"calls"`
}

// Call is a GetVersion call with its range and its line of workflow code. In the range, -1 is
// DefaultVersion.
type Call struct {
	ChangeID string   `json:"changeId"`
	Min      int      `json:"min"`
	Max      int      `json:"max"`
	Source   string   `json:"source"`
	Branches []Branch `json:"branches"`
}

// Branch is one version of the range, or several neighbouring versions that no recording takes.
// Proven are the recordings that take the branch and replay. If there are none, the branch is
// unproven. Breaking are the recordings that take the branch and do not replay. Elsewhere are the
// recordings that are pinned to another build. RecordedBy are the stages whose new executions take
// the branch.
type Branch struct {
	From       int      `json:"from"`
	To         int      `json:"to"`
	Proven     []string `json:"proven"`
	Breaking   []string `json:"breaking,omitempty"`
	Elsewhere  []string `json:"elsewhere,omitempty"`
	RecordedBy []string `json:"recordedBy,omitempty"`
}

func coverageObjects(m *matrix.Matrix) (stages []Coverage) {
	for _, s := range m.Coverage() {
		stage := Coverage{Stage: s.Stage, Unjudged: s.Unjudged}
		stage.Proven, stage.Branches = s.Count()
		for _, c := range s.Calls {
			call := Call{ChangeID: c.ChangeID, Min: c.Min, Max: c.Max, Source: c.Source}
			for _, b := range c.Branches {
				call.Branches = append(call.Branches, Branch{
					From: b.From, To: b.To, Proven: append([]string{}, b.Proven...),
					Breaking: b.Breaking, Elsewhere: b.Elsewhere, RecordedBy: b.RecordedBy,
				})
			}
			stage.Calls = append(stage.Calls, call)
		}
		stages = append(stages, stage)
	}
	return stages
}
