package report

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// answered is a matrix with the answers to what a person asks first.
type answered struct {
	*matrix.Matrix
	list []finding.Transition
	// deploy is that of the newest stage, of a catalogue that of any; rollback is
	// from there.
	deploy, rollback finding.Answer
	// back are the rollbacks from the newest stage.
	back []finding.Transition
	// worst is that of all transitions.
	worst finding.Answer
	cells int
}

func newAnswered(m *matrix.Matrix, s *finding.Summary) *answered {
	return &answered{
		Matrix: m, list: s.Transitions(), deploy: s.Deploy(), rollback: s.Rollback(), back: s.FromNewest(),
		worst: s.Worst(), cells: s.Cells(),
	}
}

func (f *answered) newest() string { return f.Family.Stages[len(f.Family.Stages)-1].Name }

// worstDeploy is the worst that deploying the newest stages does.
func worstDeploy(families []*answered) finding.Answer {
	worst := finding.NotAsked
	for _, f := range families {
		worst = max(worst, f.deploy)
	}
	return worst
}

// deployTitle is the answer to the first question, whether to deploy: worst is what happens
// at worst, and name writes the name of a stage.
func deployTitle(families []*answered, worst finding.Answer, name func(string) string) string {
	these := 0
	for _, f := range families {
		if f.deploy == worst {
			these++
		}
	}
	if worst == finding.NotAsked {
		return "No recording tells what a deploy does"
	}
	if len(families) == 1 && !families[0].Family.Catalogue {
		stage := name(families[0].newest())
		switch worst {
		case finding.Breaks:
			return "Do not deploy " + stage + ": it breaks running executions"
		case finding.Changes:
			return "Deploying " + stage + " changes what running executions do"
		case finding.Unknown:
			return "Cannot tell whether " + stage + " may be deployed"
		case finding.Otherwise:
			return stage + " may be deployed, and answers queries otherwise"
		case finding.Doubted:
			return "Look at the findings before you deploy " + stage + ": the histories alone do not settle them"
		default:
			return stage + " may be deployed"
		}
	}
	of := fmt.Sprintf("%s of %s", prose.Thousands(these), prose.Plural(len(families), "workflow"))
	switch worst {
	case finding.Breaks:
		return "Do not deploy " + of + ": running executions break"
	case finding.Changes:
		return "Deploying " + of + " changes what running executions do"
	case finding.Unknown:
		return "Cannot tell whether " + of + " may be deployed"
	case finding.Otherwise:
		return "All may be deployed, and " + of + " answer queries otherwise"
	case finding.Doubted:
		return "Look at the findings before you deploy " + of + ": the histories alone do not settle them"
	}
	if these < len(families) {
		return of + " may be deployed, the others have one stage or no recordings"
	}
	return "All " + prose.Plural(len(families), "workflow") + " may be deployed"
}
