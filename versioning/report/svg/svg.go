// Package svg writes the answer of matrices as a picture, for a README, a wiki or a chat. The picture is one SVG
// file without scripts and fonts, in light and in dark.
package svg

import (
	"fmt"
	"io"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

// Options say what Write shows.
type Options struct {
	// Command is the name of the command in the hint at the end, such as "replaymatrix". Empty means
	// that there is none.
	Command string
	// Opening, if not nil, is the answer that the picture begins with. If Opening is nil, the answer is
	// what the matrices say about the newest stages.
	Opening *report.Opening
}

// Write writes one picture of the matrices. Of one family it says whether its newest stage may be deployed and
// rolled back, shows the worst finding, and the verdict of each group of recordings at each stage. Of several
// families it has a line for each. However many recordings there are, the picture stays small.
func Write(w io.Writer, opts Options, matrices ...*matrix.Matrix) error {
	if _, err := io.WriteString(w, prose.Harmless(draw(pictureOf(opts, matrices)))); err != nil {
		return fmt.Errorf("writing the picture: %w", err)
	}
	return nil
}
