package replaymatrix_test

import (
	"context"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// explanations hold what explained gives, for all tests that ask.
var explanations sync.Map

// explained judges all recordings of a corpus, with explanations.
func explained(t *testing.T, c corpus) *matrix.Matrix {
	t.Helper()
	once, _ := explanations.LoadOrStore(c.family.Name, sync.OnceValues(func() (*matrix.Matrix, error) { return explain(c) }))
	m, err := once.(func() (*matrix.Matrix, error))()
	require.NoError(t, err)
	return m
}

func explain(c corpus) (*matrix.Matrix, error) {
	sources, err := history.Dir(c.recordings(), ".")
	if err != nil {
		return nil, err
	}
	matrix.Order(c.family, sources)
	m, err := matrix.Judge(context.Background(), c.family, slices.Values(sources), matrix.Options{Replay: replay.Options{Replayer: c.replay, Explain: true}})
	if err != nil {
		return nil, err
	}
	live, err := history.ReadLive(c.recordings())
	m.Live = live.Observations
	return m, err
}

// TestNoFalseAlarm replays every recording by the stage that executed it last, and
// compares all there is to compare: nothing differs. So it is each time, in any order,
// and what is noted beside it is read one by one.
func TestNoFalseAlarm(t *testing.T) {
	t.Parallel()
	// In these another stage had executed the first part, and what the SDK did not
	// notice then is no less true now.
	taken := map[string]string{
		"cutover/before+moved-in-place.lost-refund@moved-in-place": "its first activities are of the package of the stage before",
	}
	judged := 0
	var all []matrix.Cell
	for _, c := range corpora() {
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
					t.Errorf("%s is %s: %s\n%v", cell, cell.Verdict, cell.Detail, cell.Differences)
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

// TestExplainedPlaces holds, for every cell that is not safe, at which event and at
// which line it explains itself and as what change; -update writes the table. And
// the line is one that makes such a call.
func TestExplainedPlaces(t *testing.T) {
	t.Parallel()
	for _, c := range corpora() {
		t.Run(c.family.Name, func(t *testing.T) {
			t.Parallel()
			var table strings.Builder
			for cell := range explained(t, c).Cells() {
				x := cell.Explanation
				if x == nil || cell.Verdict == replay.Safe || cell.Verdict == replay.NotApplicable || cell.Verdict == replay.Unregistered {
					continue
				}
				source := strings.Join(append([]string{x.Source}, cell.Divergence.Callers...), " < ")
				fmt.Fprintf(&table, "%s  %s, event %d, %s\n", cell.Name(), x.Change, cell.Divergence.Event, source)
				if x.First == nil && takesNoCall(x.Change) {
					continue
				}
				if x.Change != replay.CodePanics && cell.Verdict != replay.Unjudged {
					require.NotNil(t, x.First, "%s", cell)
					require.NotContains(t, []replay.Change{replay.Unchanged, replay.NotTold}, x.Change, "%s", cell)
					requireCallAt(t, c, cell, *x.First)
				}
				if x.Code != "" {
					_, err := format.Source([]byte("package p\nfunc _(ctx workflow.Context) {\n" + x.Code + "\n}\n"))
					require.NoError(t, err, "%s:\n%s", cell, x.Code)
				}
			}
			file := filepath.Join("testdata", c.family.Name+".places")
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(table.String()), 0o644))
				return
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(table.String(), "\n")); diff != "" {
				t.Errorf("%s; go test . -update writes it (-want +got):\n%s", file, diff)
			}
		})
	}
}

// takesNoCall reports whether the change is in what the code takes of the history,
// where no call stands beside an event.
func takesNoCall(c replay.Change) bool {
	return c == replay.ValueUnreadable || c == replay.SignalUnread || c == replay.UpdateUnhandled
}

// words are those of which one stands on the line of a call of the kind.
var words = map[string][]string{
	"ExecuteActivity": {"ExecuteActivity"}, "ExecuteLocalActivity": {"ExecuteLocalActivity"}, "ExecuteChildWorkflow": {"ExecuteChildWorkflow"},
	"ExecuteOperation": {"ExecuteOperation"}, "NewTimer": {"NewTimer", "Sleep", "AwaitWith"}, "SideEffect": {"SideEffect"},
	"MutableSideEffect": {"MutableSideEffect"}, "GetVersion": {"GetVersion"}, "UpsertMemo": {"UpsertMemo"},
	"SignalExternalWorkflow": {"SignalExternalWorkflow", "SignalChildWorkflow"}, "RequestCancelExternalWorkflow": {"RequestCancelExternalWorkflow"},
	"UpsertSearchAttributes": {"UpsertTypedSearchAttributes", "UpsertSearchAttributes"},
}

func requireCallAt(t *testing.T, c corpus, cell matrix.Cell, row replay.Row) {
	t.Helper()
	if row.Call == nil || words[string(row.Call.Kind)] == nil {
		return
	}
	file, number, _ := strings.Cut(row.Call.Source(), ":")
	root := "versioning/workflows"
	if c.dir != "histories" {
		root = "testdata"
	}
	code, err := os.ReadFile(filepath.Join(root, file))
	require.NoError(t, err, "%s", cell)
	n, err := strconv.Atoi(number)
	require.NoError(t, err)
	line := strings.Split(string(code), "\n")[n-1]
	require.True(t, slices.ContainsFunc(words[string(row.Call.Kind)], func(word string) bool { return strings.Contains(line, word) }),
		"%s: %s at %s: %s", cell, row.Call.Kind, row.Call.Source(), line)
}
