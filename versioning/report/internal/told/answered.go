package told

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

// Answered is a matrix with the answers to the first questions of a person.
type Answered struct {
	*matrix.Matrix
	List []finding.Transition
	// Deploy is the answer to deploying the newest stage. For a catalogue it is the worst answer to
	// deploying any stage. Rollback is the answer to rolling back from the newest stage. For a
	// catalogue it is what the base does to executions of the changes.
	Deploy, Rollback finding.Answer
	// Back are the rollbacks from the newest stage.
	Back []finding.Transition
	// Worst is the worst answer to any transition.
	Worst finding.Answer
	// Judged is the number of cells.
	Judged int
}

// Answer returns the matrix with its answers.
func Answer(m *matrix.Matrix, s *finding.Summary) *Answered {
	return &Answered{
		Matrix: m, List: s.Transitions(), Deploy: s.Deploy(), Rollback: s.Rollback(), Back: s.FromNewest(),
		Worst: s.Worst(), Judged: s.Cells(),
	}
}

// First are the transitions that a person asks about first: those to the newest stage, and back from it. Of a
// catalogue they are those of each change.
func (f *Answered) First() (list []finding.Transition) {
	for _, t := range f.List {
		if t.Kind != finding.RollingBack && (f.Family.Catalogue || t.Stage == f.Newest()) {
			list = append(list, t)
		}
	}
	return append(list, f.Back...)
}

// Newest is the name of the newest stage.
func (f *Answered) Newest() string { return f.Family.Stages[len(f.Family.Stages)-1].Name }

// WorstDeploy is the worst answer to deploying the newest stages.
func WorstDeploy(families []*Answered) finding.Answer {
	worst := finding.NotAsked
	for _, f := range families {
		worst = max(worst, f.Deploy)
	}
	return worst
}

// DeployTitle answers the first question: whether to deploy. The argument worst is the worst thing
// that happens. The argument name is a function that writes the name of a stage.
func DeployTitle(families []*Answered, worst finding.Answer, name func(string) string) string {
	these := 0
	for _, f := range families {
		if f.Deploy == worst {
			these++
		}
	}
	if worst == finding.NotAsked {
		return "No recording tells what a deploy does"
	}
	if len(families) == 1 && !families[0].Family.Catalogue {
		stage := name(families[0].Newest())
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
			return stage + " may be deployed" + families[0].wayBack(name)
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

// wayBack says whether one can go back after a good deploy, to the last stage that one can go back to.
func (f *Answered) wayBack(name func(string) string) string {
	if len(f.Back) == 0 {
		return ""
	}
	to := "rolling back to " + name(f.Back[0].Stage)
	switch f.Back[0].Answer() {
	case finding.Breaks:
		return "; " + to + " breaks executions"
	case finding.Changes:
		return "; " + to + " changes what executions do"
	case finding.Unknown:
		return "; whether " + to + " is safe is not known"
	case finding.Otherwise:
		return "; " + to + " answers queries otherwise"
	case finding.Doubted:
		return "; look at the findings before " + to
	default:
		return ""
	}
}

// Quoted is the name of a stage within a sentence.
func Quoted(stage string) string { return `"` + prose.Plain(stage) + `"` }

// Title answers whether to deploy: the newest stage, or of a catalogue how many of its changes.
func (f *Answered) Title() string {
	if f.Family.Catalogue && f.Deploy > finding.Safe {
		_, these, _ := strings.Cut(f.DeployText(false), ": ")
		return these + " " + map[finding.Answer]string{
			finding.Breaks: "break running executions", finding.Changes: "change what running executions do",
			finding.Unknown: "cannot be judged", finding.Otherwise: "answer queries otherwise",
			finding.Doubted: "have findings to look at",
		}[f.Deploy]
	}
	return DeployTitle([]*Answered{f}, f.Deploy, Quoted)
}

// Counts are what the answer rests on.
func (f *Answered) Counts() string {
	stages := prose.Plural(len(f.Family.Stages), "stage")
	if f.Family.Catalogue {
		stages = prose.Plural(len(f.Family.Stages)-1, "change") + " of one workflow"
	}
	if f.Family.Reference {
		stages = "a reference family, in " + stages
	}
	return stages + "; recordings: " + Recorded(f.Matrix).Short()
}

// Questions are what a person asks first, with the answers: may the newest stage be deployed, and may one go back from
// it? With all they are about every transition. Rollbacks that do the same are one question.
func (f *Answered) Questions(all bool) (list []report.Question) {
	transitions := f.List
	if !all {
		transitions = f.First()
	}
	for _, l := range Lines(transitions, all, func(p Part, _ bool) string { return p.Text() }) {
		q := report.Question{Title: prose.Plain(l.Title()), Answer: l.Answer}
		if l.Now != "" {
			q.Says = append(q.Says, l.Now)
		}
		for _, s := range l.Says {
			q.Says = append(q.Says, prose.Plain(s.String()))
		}
		list = append(list, q)
	}
	return list
}
