package report

import (
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// Explained is a cell whose Result has an Explanation, together with what live Workers did in the
// cell.
type Explained struct {
	Cell matrix.Cell
	Live []history.Observation
}
