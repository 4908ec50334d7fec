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

// NotCompared says that values were left out, "" if they were not.
func NotCompared(matrices []*matrix.Matrix) string {
	if LevelOf(matrices).Includes(compare.Values) {
		return ""
	}
	return "Values (arguments, durations, results) were not compared: the level is lower than values."
}
