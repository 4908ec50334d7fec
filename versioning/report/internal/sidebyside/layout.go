package sidebyside

import (
	"path"
	"strconv"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

const (
	// longestCell is the number of lines of a name that is too long for its column.
	longestCell = 4
	// between is the mark between history and code, with its spaces.
	between = 1 + 2 + 1
	// longestSource is the width of the column of the lines of source at most, and leastColumn that of history and
	// code at least, of terminal.Widest columns.
	longestSource = 28
	leastColumn   = 26
)

// layout is the width of each column, and the file that its lines need not name.
type layout struct {
	event, history, code, source int
	file                         string
	// short holds the files whose name without the folder is that of no other one.
	short map[string]bool
}

// indent is what stands left of the column of the history: the pointer, the ID of
// the event, and the spaces between.
func (l layout) indent() int { return len(pointer) + 1 + l.event + 2 }

// layoutOf gives each column what it needs, and if that is too much its share.
func layoutOf(blocks []Block, columns int) (l layout) {
	var shown []Line
	files := map[string]int{}
	for _, block := range blocks {
		for i, line := range block.Lines {
			if !block.Hidden[i] {
				shown = append(shown, line)
				if file := told.SourceFile(line.Source); file != "" {
					files[file]++
				}
			}
		}
	}
	for file, n := range files {
		if n > files[l.file] || n == files[l.file] && file < l.file {
			l.file = file
		}
	}
	l.short = uniqueNames(files)
	l.event, l.history, l.code = len("event"), len("history"), len("code")
	for _, line := range shown {
		l.event = max(l.event, len(strconv.FormatInt(line.Event, 10)))
		l.history = max(l.history, utf8.RuneCountInString(line.History))
		l.code = max(l.code, utf8.RuneCountInString(line.Code))
		l.source = max(l.source, utf8.RuneCountInString(l.sourceOf(line)))
	}
	l.source = min(l.source, longestSource*columns/terminal.Widest)
	room := columns - l.indent() - between - 2 - l.source
	if l.history+l.code > room {
		l.history = share(shown, room, leastColumn*columns/terminal.Widest, l.history, l.code)
		l.code = room - l.history
	}
	return l
}

// share returns the width of the column of the history with which the table is
// shortest, where not both columns can have what they need.
func share(lines []Line, room, narrowest, history, code int) (best int) {
	least := 0
	for _, width := range []int{room / 2, history, room - code} {
		width = min(max(width, narrowest), room-narrowest)
		height := 0
		for _, line := range lines {
			height += max(len(prose.Fold(line.History, width, longestCell)),
				len(prose.Fold(line.Code, room-width, longestCell)))
		}
		if best == 0 || height < least {
			best, least = width, height
		}
	}
	return best
}

func uniqueNames(files map[string]int) map[string]bool {
	names, unique := map[string]int{}, map[string]bool{}
	for file := range files {
		names[path.Base(file)]++
	}
	for file := range files {
		unique[file] = names[path.Base(file)] == 1
	}
	return unique
}

// sourceOf is the place of the call, without the file that is named once for all,
// and of other files without the folder where that is clear.
func (l layout) sourceOf(line Line) string {
	switch file := told.SourceFile(line.Source); {
	case file == "":
		return line.Source
	case file == l.file:
		return line.Source[len(file):]
	case l.short[file]:
		return path.Base(line.Source)
	}
	return line.Source
}
