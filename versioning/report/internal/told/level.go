package told

import (
	"cmp"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// LevelOf is the level of all matrices of one report. All of them are judged with the same options.
func LevelOf(matrices []*matrix.Matrix) compare.Level {
	for _, m := range matrices {
		return cmp.Or(m.Level, compare.Values)
	}
	return compare.Values
}
