package cli

import (
	"io"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

// explaining returns the format for one run. For html, which shows explanations, it
// also returns what each cell is to be given to: together they are too much to keep.
func explaining(f format) (format, func(*matrix.Cell)) {
	if f.name != "html" {
		return f, nil
	}
	var explanations report.Explanations
	f.write = func(w io.Writer, _ bool, matrices []*matrix.Matrix) error {
		return report.HTML(w, report.HTMLOptions{Explanations: &explanations}, matrices...)
	}
	return f, explanations.Take
}
