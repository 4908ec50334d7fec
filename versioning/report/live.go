package report

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// live writes below a cell what a live worker did unlike the verdict.
func (b *textWriter) live(m *matrix.Matrix, c matrix.Cell) {
	for _, o := range m.Otherwise(c) {
		b.printf("%s%s\n", belowCell, prose.Wrap(liveText(o), Width, len(belowCell)))
	}
}

// liveText is a sentence on what a live worker did.
func liveText(o history.Observation) string {
	task := "a Workflow Task that leaves it open"
	if o.Task == history.ClosingTask {
		task = "the Workflow Task that closes it"
	}
	return fmt.Sprintf("but live, in %s: %s", task, o)
}

// safeButLive lists the cells that replay and that a live worker did not take.
func (b *textWriter) safeButLive(m *matrix.Matrix) {
	written := false
	for c := range m.Cells() {
		if c.Verdict.Incompatible() || c.Verdict == replay.Unjudged || len(m.Otherwise(c)) == 0 {
			continue
		}
		if !written {
			b.printf("A live Worker did not do what the replay says:\n")
			written = true
		}
		b.printf("  %s  %s\n", b.verdict(c.Verdict, replay.MaxSymbol), c)
		b.live(m, c)
	}
	if written {
		b.printf("\n")
	}
}

// answerChange says what a query answers now and what it was.
func answerChange(a matrix.Change) string {
	return AnswerText(a.Now) + ", was " + prose.Shorten(a.Was.Value+a.Was.Err, longestAnswer)
}
