package told

import (
	"fmt"
	"maps"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Live says in one line what live Workers do next with the execution of the cell. It begins with "but
// live" where that is not what the verdict leads one to expect. It is empty where the verdict says
// all: a live Worker notices nothing of a drift.
func Live(c matrix.Cell) string {
	text := prose.Plain(advice.Live(c.Effects))
	switch {
	case text == "":
		return ""
	case c.Verdict.Incompatible() && c.Effects.AsRecorded():
		return "but no live Worker notices: " + text
	case c.ButLive():
		return "but live: " + text
	case c.Verdict == replay.Drift && !slices.ContainsFunc(c.Effects.List, rehearse.Effect.Notable):
		return ""
	default:
		return "live: " + text
	}
}

// ButLive are the cells whose verdict lets the stage have the execution, and of which a live Worker
// makes something else.
func ButLive(m *matrix.Matrix) (cells []matrix.Cell) {
	for c := range m.Cells() {
		if IsGood(c.Verdict) && c.ButLive() {
			cells = append(cells, c)
		}
	}
	return cells
}

// ButLiveTitle is the title above those cells.
const ButLiveTitle = "A live Worker does not do what the replay says"

// NotRehearsed counts the cells of which nobody knows what a live Worker does, one line for each
// reason.
func NotRehearsed(m *matrix.Matrix) (lines []string) {
	cells := map[string]int{}
	for c := range m.Cells() {
		if c.Effects.Failed != "" {
			cells[c.Effects.Failed]++
		}
	}
	for _, reason := range slices.Sorted(maps.Keys(cells)) {
		lines = append(lines, fmt.Sprintf("not rehearsed in %s, so nobody knows what a live Worker does next: %s",
			prose.Plural(cells[reason], "cell"), prose.Plain(reason)))
	}
	return lines
}
