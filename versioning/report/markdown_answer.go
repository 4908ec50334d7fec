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

// cellIcon is that of a transition with such an execution.
func cellIcon(c matrix.Cell) string {
	if c.Verdict == replay.NotApplicable || c.Verdict == replay.Unstarted {
		return icon(finding.NotAsked)
	}
	return icon(finding.AnswerOf(c.Result))
}

// A markdownFamily is what a person asks first of a matrix, with its findings.
type markdownFamily struct {
	*answered
	findings []*told
	fails    int
}

func newMarkdownFamily(m *matrix.Matrix, opts CIOptions) *markdownFamily {
	s := summarize(opts, m)
	f := &markdownFamily{answered: newAnswered(m, s), findings: mostImportant(findingsOf(opts, m, s))}
	for _, found := range f.findings {
		f.fails += found.Asked
	}
	return f
}
