// Package markdown writes matrices and explained cells for a comment on a pull request or for a job
// summary, with the answer first and no longer than such a place allows.
package markdown

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

const (
	// Limit is the default of Options.Limit: GitHub refuses comments
	// of more than 65,536 characters.
	Limit = 65_000
	// SummaryLimit is for a job summary: GitHub refuses more than 1 MiB.
	SummaryLimit = 1<<20 - 1<<10
	// leastLimit holds the answer, and the sentence that says what was left out.
	leastLimit = 4_000
)

// Options say how Write writes.
type Options struct {
	report.CIOptions

	// Opening, if not nil, is the answer that the document begins with. Otherwise it is
	// what the matrices tell of the newest stages.
	Opening *report.Opening

	// Limit is the number of bytes of the document at most, the constant Limit if it is
	// zero. Less than 4,000 is an error.
	Limit int
}

// Write writes the matrices for a comment on a pull request or a job summary, in
// the dialect of GitHub, which GitLab reads too: first whether the newest stages may
// be deployed and rolled back, then for each family that has something to say its
// transitions, findings and grid, the worst first; families in which everything is
// safe are a line each. What does not fit into opts.Limit is left out, least
// important first, and the last sentence says what that was.
//
// The first line is a comment that holds the name of the command, by which a
// pipeline finds its own comment again.
func Write(w io.Writer, opts Options, matrices ...*matrix.Matrix) error {
	limit := cmp.Or(opts.Limit, Limit)
	if limit < leastLimit {
		return fmt.Errorf("writing the matrix as Markdown: a limit of %d bytes is too little, give it %d or more",
			limit, leastLimit)
	}
	b := &writer{opts: opts.CIOptions, opening: opts.Opening}
	for _, m := range matrices {
		b.families = append(b.families, newFamily(m, opts.CIOptions))
	}
	slices.SortStableFunc(b.families, func(x, y *family) int { return y.compare(x) })
	b.head()
	for _, f := range b.families {
		if f.quiet() {
			continue
		}
		b.family(f)
	}
	b.quietFamilies()
	if _, err := io.WriteString(w, b.fit(limit)); err != nil {
		return fmt.Errorf("writing the matrix as Markdown: %w", err)
	}
	return nil
}
