package told

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

// Overview returns the families with their answers, what is worst first. Reference families come last, in the order
// in which one reads them.
func Overview(matrices []*matrix.Matrix) (families []*Answered) {
	for _, m := range matrices {
		families = append(families, Answer(m, Summarize(report.CIOptions{}, m)))
	}
	slices.SortStableFunc(families, func(f, other *Answered) int {
		switch {
		case f.Family.Reference && other.Family.Reference:
			return 0
		case f.Family.Reference:
			return 1
		case other.Family.Reference:
			return -1
		}
		return cmp.Or(-cmp.Compare(f.Deploy, other.Deploy), -cmp.Compare(f.Rollback, other.Rollback))
	})
	return families
}

// OverviewTitle is the answer for all families that are not there to teach. If there are none, rest says what the
// others are for.
func OverviewTitle(families []*Answered) (title, rest string) {
	var deployed []*Answered
	for _, f := range families {
		if !f.Family.Reference {
			deployed = append(deployed, f)
		}
	}
	if len(deployed) > 0 || len(families) == 0 {
		return DeployTitle(deployed, WorstDeploy(deployed), func(stage string) string { return stage }), ""
	}
	title = prose.Thousands(len(families)) + " reference families"
	if len(families) == 1 {
		title = "1 reference family"
	}
	return title, "what breaks here is meant to. It shows what a change does."
}

// MatrixPromise is what the command matrix shows of one family.
const MatrixPromise = "what breaks, where, and what to do"

// DeployText says what deploying the newest stage does to how many recorded executions, and for a catalogue what
// its changes do. Where there is little room it does not say what is counted.
func (f *Answered) DeployText(short bool) string {
	var count counted
	for _, t := range f.List {
		switch {
		case f.Family.Catalogue && t.Kind == finding.Deploying:
			count.add(t.Answer(), 1)
		case !f.Family.Catalogue && t.Stage == f.Newest() && (t.Kind == finding.Deploying || t.Kind == finding.Again):
			count.transition(t)
		}
	}
	what := ""
	if f.Family.Catalogue {
		what = "change"
	}
	return count.text(f.Deploy, what, short)
}

// RollbackText says what rolling back from the newest stage does, by the stages that one can go back to; for a
// catalogue what its base does to executions of the changes.
func (f *Answered) RollbackText(short bool) string {
	var count counted
	if f.Family.Catalogue {
		for _, t := range f.List {
			if t.Kind == finding.RollingBack {
				count.transition(t)
			}
		}
		return count.text(f.Rollback, "", short)
	}
	for _, t := range f.Back {
		count.add(t.Answer(), 1)
	}
	return count.text(f.Rollback, "stage", short)
}

// RecordingsText counts them, and those of executions that were open.
func (f *Answered) RecordingsText() string {
	text, all := prose.Thousands(f.Recordings()), Recorded(f.Matrix)
	if all.Open > 0 {
		text += fmt.Sprintf(", %s open", prose.Thousands(all.Open))
	}
	if all.Unread > 0 {
		text += fmt.Sprintf(", %s not readable", prose.Thousands(all.Unread))
	}
	return text
}
