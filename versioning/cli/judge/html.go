package judge

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/page"
)

// explaining returns what keeps the explanations of cells as they are judged, and
// what takes each cell; both are nil if no output shows them. An explanation holds
// the whole replay, so what a page shows of it is taken at once.
func explaining(outputs []output) (*page.Explanations, func(*matrix.Cell)) {
	if !slices.ContainsFunc(outputs, func(o output) bool { return o.format == "html" }) {
		return nil, nil
	}
	explanations := &page.Explanations{}
	return explanations, explanations.Take
}
