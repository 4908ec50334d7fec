package markdown

import (
	"cmp"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
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
func (f *family) compare(other *family) int {
	return cmp.Or(
		cmp.Compare(min(f.fails, 1), min(other.fails, 1)), cmp.Compare(f.Deploy, other.Deploy),
		cmp.Compare(f.Rollback, other.Rollback), cmp.Compare(f.Worst, other.Worst),
	)
}

// quiet is whether one line says all there is to say.
func (f *family) quiet() bool {
	return len(f.findings) == 0 && f.Worst <= finding.Safe && f.Judged > 0 && len(told.ButLive(f.Matrix)) == 0 &&
		len(told.NotRehearsed(f.Matrix)) == 0
}

// cellIcon is that of a transition with such an execution.
func cellIcon(c matrix.Cell) string {
	if c.Verdict == replay.NotApplicable || c.Verdict == replay.Unstarted {
		return icon(finding.NotAsked)
	}
	return icon(finding.AnswerOf(c.Result))
}

// A family is what a person asks first of a matrix, with its findings.
type family struct {
	*told.Answered
	// rows are those of the grid.
	rows     []told.Merged
	findings []*told.Finding
	fails    int
	// shown are those of the findings that a reader sees without a click.
	shown map[*told.Finding]bool
}

// mostRecordings is the number of recordings that have each a row in the grid. More are merged.
const mostRecordings = 30

func newFamily(m *matrix.Matrix, opts report.CIOptions) *family {
	s := told.Summarize(opts, m)
	f := &family{Answered: told.Answer(m, s), rows: told.MergedRows(m, s, mostRecordings), findings: told.MostImportant(told.FindingsOf(opts, m, s)),
		shown: map[*told.Finding]bool{}}
	for _, found := range f.findings {
		f.fails += found.Asked
	}
	return f
}
