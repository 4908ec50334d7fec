package report

import (
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// Explained is a cell whose Result has an Explanation, and what live workers did
// in it.
type Explained struct {
	Cell matrix.Cell
	Live []history.Observation
}
