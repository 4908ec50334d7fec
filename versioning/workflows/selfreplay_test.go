package workflows_test

import (
	"context"
	"path"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestNoFalseAlarm replays every recording by the stage that executed it last, and
// compares all there is to compare: nothing differs. So it is each time, in any order,
// and what is noted beside it is read one by one.
func TestNoFalseAlarm(t *testing.T) {
	t.Parallel()
	// In these another stage had executed the first part, and what the SDK did not
	// notice then is no less true now.
	taken := map[string]string{
		"cutover/before+moved-in-place.lost-refund@moved-in-place": "its first activities are of " +
			"the package of the stage before",
	}
	judged := 0
	var all []matrix.Cell
	for _, c := range corpora.All() {
		m := explained(t, c)
		var own []matrix.Cell
		for _, row := range m.Rows {
			for _, cell := range row.Cells {
				if len(row.Lineage) == 0 || row.Lineage[len(row.Lineage)-1] != cell.Stage {
					continue
				}
				judged++
				own = append(own, cell)
				want := replay.Safe
				if taken[cell.String()] != "" {
					want = replay.Drift
				}
				if cell.Verdict != want || want == replay.Safe && len(cell.Differences)+len(cell.Allowed) > 0 {
					t.Errorf("%s is %s: %s\n%v", cell, cell.Verdict, advice.Line(cell.Result), cell.Differences)
				}
				if cell.Explanation != nil {
					for _, call := range cell.Explanation.Trace.Calls {
						if call.NotAligned() {
							t.Logf("%s: %s %s at %s is not aligned", cell, call.Kind, call.Name, call.Source())
						}
					}
				}
			}
		}
		requireSameAgain(t, c, own)
		all = append(all, own...)
	}
	requireRead(t, all)
	require.Greater(t, judged, 400)
}

// requireSameAgain judges the cells twice more by one Replayer, in two orders: they are
// what they are.
func requireSameAgain(t *testing.T, c corpora.Corpus, cells []matrix.Cell) {
	t.Helper()
	sources, err := history.Dir(c.Recordings(), ".")
	require.NoError(t, err)
	recordings := map[string]*history.Recording{}
	for _, source := range sources {
		if r, err := source.Load(); err == nil {
			recordings[source.Name] = r
		}
	}
	var replayer replay.Replayer
	defer replayer.Close()
	for seed := range uint64(2) {
		for _, cell := range shuffled(cells, seed) {
			stage, _ := c.Family.Stage(cell.Stage)
			again := replayer.JudgeAll(context.Background(), []versioning.Stage{stage}, recordings[cell.Recording],
				&replay.Options{Config: configOf(c), Stages: c.Family.Stages})[0]
			cell.Explanation = nil
			if diff := cmp.Diff(cell.Result, again, sameErrors); diff != "" {
				t.Errorf("%s is another one in order %d (-first +again):\n%s", cell, seed, diff)
			}
		}
	}
}

// ownFindings are those of recordings replayed by the stage that ran them, with the
// patterns of their cells. They were read one by one: each is true, and what the code does.
var ownFindings = []struct {
	cells string
	kind  replay.NoteKind
	why   string
}{
	{"unnoticed/activity-type/*@structure", replay.Unreadable,
		"the activity's result is text and the code wants a structure: it gets an error and fails"},
	{"unnoticed/activity-type/*@ignores-error", replay.Unreadable, "the same, and it goes on without the result"},
	{"unnoticed/local-activity-type/*@structure", replay.Unreadable, "the same with the result of a local activity"},
	{"unnoticed/local-activity-type/*@ignores-error", replay.Unreadable, "the same, and it goes on without the result"},
	{"unnoticed/child-type/*@structure", replay.Unreadable, "the same with the result of a Child Workflow"},
	{"unnoticed/child-type/*@ignores-error", replay.Unreadable, "the same, and it goes on without the result"},
	{"unnoticed/side-effect-type/*@structure", replay.Unreadable,
		"the function gives text and the code reads a structure"},
	{"unnoticed/side-effect-type/*@ignores-error", replay.Unreadable, "the same, and it goes on without the value"},
	{"unnoticed/mutable-side-effect-type/*@structure", replay.Unreadable, "the same with MutableSideEffect"},
	{"unnoticed/mutable-side-effect-type/*@ignores-error", replay.Unreadable,
		"the same, and it goes on without the value"},
	{"unnoticed/failure-type/*@structure", replay.Unreadable,
		"the details of the activity's failure are text and the code reads a structure"},
	{"unnoticed/failure-type/*@ignores-error", replay.Unreadable, "the same, and it goes on without the details"},
	{"unnoticed/repeated-timer/base.ended@base", replay.Unread,
		"the function of its Selector does not receive the signal, as many forget to"},
	{"unnoticed/unread-signal/base.noted@base", replay.Unread,
		"nobody asks for note: that is what the scenario is for"},
	{"unnoticed/unread-signal/base.approved@base", replay.Unread,
		"the base does not know approved, which only a change asks for"},
	{"unnoticed/unread-signal/not-asked-for.ended@not-asked-for", replay.Unread,
		"the change no longer asks for paid, which the scenario sends to every stage"},
	{"unnoticed/unread-selector/base.*@base", replay.Unread,
		"approved and declined both came, and the code takes the one that its Selector has first"},
	{"unnoticed/unread-selector/declined-first.*@declined-first", replay.Unread, "the same, in the other order"},
	{"unnoticed/unread-selector/approved-only.*@approved-only", replay.Unread, "it does not ask for declined"},
	{"unchanged/base.unhandled-command@base", replay.Unread,
		"the signal note makes the service refuse the close; no code asks for it"},
}

// requireRead finds each finding of the cells in the list, and each of the list in the
// cells.
func requireRead(t *testing.T, cells []matrix.Cell) {
	t.Helper()
	used := make([]bool, len(ownFindings))
	for _, cell := range cells {
		for _, finding := range cell.Findings() {
			known := false
			for i, f := range ownFindings {
				matches, err := path.Match(f.cells, cell.String())
				require.NoError(t, err)
				if matches && f.kind == finding.Kind {
					used[i], known = true, true
				}
			}
			if !known {
				t.Errorf("%s: %s\nread it, and say in ownFindings why the code that ran it gives it", cell, finding)
			}
		}
	}
	for i, f := range ownFindings {
		if !used[i] {
			t.Errorf("%s has no finding %s any more (%s): take it out of ownFindings", f.cells, f.kind, f.why)
		}
	}
}
