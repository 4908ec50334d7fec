package sidebyside

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// The marks between history and code, and left of the first divergence. They are
// ASCII, so that a log, a search and any terminal have them.
const (
	pointer       = ">>"
	markSame      = "="
	markDiffers   = "!="
	markMissing   = "-"
	markExtra     = "+"
	markUnknown   = "?"
	markAllowed   = "~"
	markNoCommand = ""
)

// marks are in the order of the legend.
var marks = []struct{ mark, doc string }{
	{markSame, "the same"},
	{markDiffers, "not the same"},
	{markMissing, "only in the history"},
	{markExtra, "only in the code"},
	{markAllowed, "allowed to differ"},
	{markUnknown, "not compared"},
}

// A Line is one line of the table. It is a row, or an event without a call in the code, beside the
// call that the code makes instead.
type Line struct {
	Mark         string
	First        bool
	Event        int64
	History      string
	Code, Source string
	Differences  []compare.Difference
}

// quiet is whether the line shows nothing that a reader looks for.
func (s Line) quiet() bool { return s.Mark == markSame || s.Mark == markNoCommand }

// command is whether the line is about a command.
func (s Line) command() bool { return s.Event != 0 || s.Mark != markNoCommand }

// sides returns the lines of a Workflow Task. Events that the code has nothing for
// and calls that the history has nothing for, one right after the other, stand
// beside each other.
func (v *View) sides(task compare.TaskRows) (lines []Line) {
	rows := task.Rows
	for i := 0; i < len(rows); {
		missing, extra := run(rows[i:], compare.MarkMissing), 0
		extra = run(rows[i+missing:], compare.MarkExtra)
		if missing == 0 && extra == 0 {
			lines = append(lines, v.side(&rows[i], v.mark(&rows[i])))
			i++
			continue
		}
		for n := range max(missing, extra) {
			switch {
			case n >= extra:
				lines = append(lines, v.side(&rows[i+n], markMissing))
			case n >= missing:
				lines = append(lines, v.side(&rows[i+missing+n], markExtra))
			default:
				line, call := v.side(&rows[i+n], markDiffers), v.side(&rows[i+missing+n], markDiffers)
				line.Code, line.Source, line.First = call.Code, call.Source, line.First || call.First
				line.Differences = append(line.Differences, call.Differences...)
				lines = append(lines, line)
			}
		}
		i += missing + extra
	}
	return lines
}

// run returns how many rows at the beginning have the mark.
func run(rows []compare.Entry, mark compare.Mark) (n int) {
	for n < len(rows) && rows[n].Mark == mark {
		n++
	}
	return n
}

func (v *View) side(row *compare.Entry, mark string) Line {
	first := v.IsFirst(row)
	if first && (mark == markSame || mark == markUnknown) {
		mark = markDiffers // to the SDK, for a reason that this comparison does not see
	}
	line := Line{
		Mark:        mark,
		First:       first,
		Event:       row.Event.GetEventId(),
		History:     prose.Plain(row.EventText),
		Code:        prose.Plain(row.CallText),
		Differences: v.Differences(row),
	}
	if row.Call != nil {
		line.Source = prose.Plain(row.Call.Source())
	}
	return line
}

// Differences returns the differences of the row. They include differences that a rule allows,
// which are no divergence.
func (v *View) Differences(row *compare.Entry) []compare.Difference {
	all := row.Differences
	for _, d := range v.allowedAt[row.Event.GetEventId()] {
		if !slices.Contains(all, d) {
			all = append(slices.Clip(all), d)
		}
	}
	return all
}

// IsFirst reports whether history and code part first in the row. If the Explanation has no such
// row, the first row is the row of the event of the Place. What a live Worker does next is in no row.
func (v *View) IsFirst(row *compare.Entry) bool {
	if v.Cell.Cause.Ahead != nil {
		return false
	}
	if first := v.Cell.Explanation.First; first != nil {
		return first == row ||
			first.Event == row.Event && first.Call == row.Call && (first.Event != nil || first.Call != nil)
	}
	return row.Event != nil && row.Event.GetEventId() == v.Cell.Place.Event
}

// Pointed says what the pointer points at.
func Pointed(c matrix.Cell) string {
	if a := c.Cause.Ahead; a != nil && a.Task == 0 {
		return "up to here it replays"
	}
	return "first divergence"
}

// firstTask is the index of the Workflow Task in which history and code part first, if no row says
// where: code that panics does so between two calls, and what a live Worker does next comes after all
// rows. It is -1 if a row says where.
func (v *View) firstTask() int {
	last := -1
	if v.Cell.Explanation.First != nil {
		return last
	}
	for i, task := range v.Cell.Explanation.Tasks {
		if task.Completed != 0 && task.Completed <= v.Cell.Place.Event {
			last = i
		}
		if slices.ContainsFunc(task.Rows, func(row compare.Entry) bool { return v.IsFirst(&row) }) {
			return -1
		}
	}
	return last
}

func (v *View) mark(row *compare.Entry) string {
	switch row.Mark {
	case compare.MarkSame, compare.MarkDiffers:
		differences := v.Differences(row)
		for _, d := range differences {
			if _, allowed := v.rules[d]; !allowed {
				return markDiffers
			}
		}
		switch {
		case len(differences) > 0:
			return markAllowed
		case row.Mark == compare.MarkDiffers:
			return markDiffers
		case row.Event == nil:
			return markNoCommand
		}
		return markSame
	case compare.MarkMissing:
		return markMissing
	case compare.MarkExtra:
		return markExtra
	default:
		return markUnknown
	}
}
