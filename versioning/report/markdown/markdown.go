// Package markdown writes matrices and explained cells for a comment on a pull request or for a job
// summary. The answer comes first. The text is no longer than GitHub allows in such a place.
package markdown

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

const (
	// Limit is the default of Options.Limit, in bytes. GitHub refuses comments of more than 65,536
	// characters.
	Limit = 65_000
	// SummaryLimit is the limit for a job summary, in bytes. GitHub refuses more than 1 MiB.
	SummaryLimit = 1<<20 - 1<<10
	// leastLimit holds the answer, and the sentence that says what was left out.
	leastLimit = 4_000
)

// Options say how Write writes.
type Options struct {
	report.CIOptions

	// Opening, if not nil, is the answer that the document begins with. If Opening is nil, the
	// answer is what the matrices say about the newest stages.
	Opening *report.Opening

	// Limit is the largest number of bytes of the document. Zero means the constant Limit. Less
	// than 4,000 is an error.
	Limit int
}

// Write writes the matrices for a comment on a pull request or a job summary. It writes Markdown in
// the dialect of GitHub, which GitLab reads too.
//
// What a reader sees first fits a screen: whether the newest stages may be deployed and rolled back, the
// families with something to say, the worst first, and the worst findings with what to do. The rest is in
// blocks that open on a click: the code to paste, history and code side by side, the cells, other findings,
// transitions and grids. A family in which everything is safe is one line. Of several families, those that are
// there to be read (versioning.Family.Reference) are one block, and the answer is not about them.
//
// If the text does not fit into opts.Limit, Write leaves out the least important parts first. The
// last sentence says what was left out.
//
// The first line is a comment that holds the name of the command. A pipeline finds its own comment
// again by this line.
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
	b.shown()
	b.folded()
	if _, err := io.WriteString(w, prose.Harmless(b.fit(limit))); err != nil {
		return fmt.Errorf("writing the matrix as Markdown: %w", err)
	}
	return nil
}
