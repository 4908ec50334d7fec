package workflows_test

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestNotice compares what a cell and its explanation say of live Workers with what
// they did. It says nothing of a Worker that never got the execution.
func TestNotice(t *testing.T) {
	t.Parallel()
	observed, used := map[cause.Notice]int{}, map[string]bool{}
	for _, c := range corpora.All() {
		m := explained(t, c)
		for cell := range m.Cells() {
			if cell.Explanation == nil || cell.Verdict == replay.NotApplicable {
				continue
			}
			for _, o := range m.Observed(cell) {
				observed[cell.Cause.Notice]++
				want, got := announced(cell, o.Task), fateOf(o, controlOf(m, o))
				if slices.Contains(want, got) {
					continue
				}
				pattern := cmp.Or(excused(notYet, cell), excused(rightly, cell))
				used[pattern] = true
				if pattern == "" {
					t.Errorf("%s: %s, noticed %s, so in the %s task it %q is expected; it %s: %s", cell, cell.Verdict,
						cell.Cause.Notice, o.Task, want, got, o)
				}
			}
		}
	}
	for _, excuses := range []map[string]string{rightly, notYet} {
		for pattern, reason := range excuses {
			if !used[pattern] {
				t.Errorf("%s has the fate that is announced: take it out of the list (%s)", pattern, reason)
			}
		}
	}
	for _, notice := range []cause.Notice{cause.NoticedAtOnce, cause.NoticedUnlessClosing, cause.NeverNoticed} {
		require.Greater(t, observed[notice], 50, "%v", observed)
	}
	t.Log(observed)
}

// Reasons that several cells have.
const (
	otherNumbers     = "several signals come, and a rehearsal makes up one"
	signalComesLater = "the signal comes after the deploy, which no history tells"
	defaultInReplay  = "a version that is asked for in a replayed Workflow Task is the default one"
	noCommandYet     = "renamed, or retired and another added: no command tells yet, so a note is the right answer"
)

// rightly has the reasons for which an execution may have another fate than that
// which is announced, by patterns of cells.
var rightly = map[string]string{
	"unnoticed/early-end/base.approval@returns-once-shipped": "it sends no receipt, or one",
	"unnoticed/early-end/returns-once-shipped.approval@base": "it sends no receipt, or one",
	"unnoticed/entity/*.two@*":                               otherNumbers,
	"unnoticed/entity/base.four@takes-seven":                 otherNumbers,
	"unnoticed/signal-type/structure.charged@base":           signalComesLater,
	"unnoticed/unread-signal/renamed.charged@base":           signalComesLater,
	"unnoticed/*-type/ignores-error.charged@base": "the code that left it had not read the value, " +
		"and this code does",
	"unnoticed/memo-type/base.charged@ignores-error":    "the code reads the memo by itself, which no replay sees",
	"unnoticed/get-version/*.charged@*":                 defaultInReplay + ", in a new one it is the highest",
	"unnoticed/get-version/moved-later.paid@base":       defaultInReplay,
	"unnoticed/get-version/first-dropped.paid@base":     defaultInReplay,
	"unnoticed/get-version/retired-and-added.paid@base": defaultInReplay,
	"unnoticed/get-version/base.paid@renamed":           noCommandYet,
	"unnoticed/get-version/renamed.paid@base":           noCommandYet,
}

// notYet are the cells that announce something else than what was observed, by
// patterns. They wait for the engine.
var notYet = map[string]string{}

// excused returns the first pattern that the cell matches.
func excused(patterns map[string]string, cell matrix.Cell) string {
	for _, pattern := range slices.Sorted(maps.Keys(patterns)) {
		if ok, err := path.Match(pattern, cell.String()); ok || err != nil {
			return pattern
		}
	}
	return ""
}
