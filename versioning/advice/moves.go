package advice

import (
	"os"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/internal/source"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// moves reports whether the call that the code makes no more, or makes anew, stands in both branches of the
// edit: then it was moved, further than a replay gets.
func moves(r replay.Result, e *source.Edit) bool {
	p := r.Explanation.Parted
	if p == nil || !partedComplete(*p) {
		return false
	}
	lines := r.Explanation.Stacks.Was
	switch r.Cause.Kind {
	case cause.CallRemoved:
	case cause.CallAdded:
		lines = r.Explanation.Stacks.Now
	default:
		return false
	}
	for _, l := range lines { // the innermost that the edit has
		if text := textOf(l); strings.Contains(text, "(") && strings.Contains(e.Text, text) {
			return strings.Count(e.Text, text) > 1
		}
	}
	return false
}

// textOf is what stands in the line, "" if the file is not there.
func textOf(l trace.Line) string {
	src, err := os.ReadFile(l.File)
	if err != nil {
		return ""
	}
	if lines := strings.Split(string(src), "\n"); l.Number >= 1 && l.Number <= len(lines) {
		return strings.TrimSpace(lines[l.Number-1])
	}
	return ""
}
