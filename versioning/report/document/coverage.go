package document

import "github.com/replaymatrix/replaymatrix/versioning/matrix"

// Coverage is one stage of a family in a Document that calls GetVersion:
// Branches is the number of versions that its calls support, and Proven of how many
// of them a recording takes the branch and replays. A stage is left out if it has
// not judged all recordings. Unjudged is the number of those that it could not
// judge.
type Coverage struct {
	Stage    string `json:"stage"`
	Proven   int    `json:"proven"`
	Branches int    `json:"branches"`
	Unjudged int    `json:"unjudged,omitempty"`
	Calls    []Call `json:"calls"`
}

// Call is a GetVersion call with its range, -1 being DefaultVersion, and its
// line of workflow code.
type Call struct {
	ChangeID string   `json:"changeId"`
	Min      int      `json:"min"`
	Max      int      `json:"max"`
	Source   string   `json:"source"`
	Branches []Branch `json:"branches"`
}

// Branch is one version of the range, or neighbouring ones that no recording
// takes. Proven are the recordings that take it and replay; it is unproven if there
// are none. Breaking take it and do not replay, Elsewhere are pinned to another
// build. RecordedBy are the stages whose new executions take it.
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
