package report

import (
	"cmp"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// icon stands for the answer where there is Unicode.
func icon(a finding.Answer) string {
	switch a {
	case finding.Breaks:
		return "❌"
	case finding.Changes, finding.Otherwise, finding.Doubted:
		return "⚠️"
	case finding.Unknown:
		return "❔"
	case finding.Safe, finding.Pinned:
		return "✅"
	default:
		return "–"
	}
}

// A markdownFamily is a matrix with the answers to what a person asks first.
type markdownFamily struct {
	*matrix.Matrix
	list     []finding.Transition
	findings []*told
	// deploy is that of the newest stage, of a catalogue that of any; rollback is
	// from there.
	deploy, rollback finding.Answer
	// back are the rollbacks from the newest stage.
	back []finding.Transition
	// worst is that of all transitions.
	worst finding.Answer
	cells int
	fails int
}

func newMarkdownFamily(m *matrix.Matrix, opts CIOptions) *markdownFamily {
	s := opts.summary(m)
	f := answered(m, s)
	f.findings = mostImportant(findingsOf(opts, m, s))
	for _, found := range f.findings {
		f.fails += found.Asked
	}
	return f
}

// answered is the family with the answers, and without its findings.
func answered(m *matrix.Matrix, s *finding.Summary) *markdownFamily {
	return &markdownFamily{
		Matrix: m, list: s.Transitions(), deploy: s.Deploy(), rollback: s.Rollback(), back: s.FromNewest(),
		worst: s.Worst(), cells: s.Cells(),
	}
}

// compare orders families by what a person has to look at first.
func (f *markdownFamily) compare(other *markdownFamily) int {
	return cmp.Or(
		cmp.Compare(min(f.fails, 1), min(other.fails, 1)), cmp.Compare(f.deploy, other.deploy),
		cmp.Compare(f.rollback, other.rollback), cmp.Compare(f.worst, other.worst),
	)
}

// quiet is whether one line says all there is to say.
func (f *markdownFamily) quiet() bool {
	return len(f.findings) == 0 && f.worst <= finding.Safe && f.cells > 0
}

func (f *markdownFamily) newest() string { return f.Family.Stages[len(f.Family.Stages)-1].Name }

// cellIcon is that of a transition with such an execution.
func cellIcon(c matrix.Cell) string {
	if c.Verdict == replay.NotApplicable || c.Verdict == replay.Unstarted {
		return icon(finding.NotAsked)
	}
	return icon(finding.AnswerOf(c.Result))
}
