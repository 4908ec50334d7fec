package workflows_test

import (
	"flag"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

var update = flag.Bool("update", false, "rewrite the places in testdata")

// TestExplainedPlaces holds, for every cell that is not safe, at which event and at
// which line it explains itself and as what change; -update writes the table. And
// the line is one that makes such a call.
func TestExplainedPlaces(t *testing.T) {
	t.Parallel()
	for _, c := range corpora.All() {
		t.Run(c.Family.Name, func(t *testing.T) {
			t.Parallel()
			var table strings.Builder
			for cell := range explained(t, c).Cells() {
				x := cell.Explanation
				if x == nil || cell.Verdict == replay.Safe || cell.Verdict == replay.NotApplicable ||
					cell.Verdict == replay.Unregistered {
					continue
				}
				source := strings.Join(append([]string{cell.Place.Source}, cell.Place.Callers...), " < ")
				fmt.Fprintf(&table, "%s  %s, event %d, %s\n", cell.Name(), cell.Cause.Kind.Title(), cell.Place.Event,
					source)
				if x.First == nil && takesNoCall(cell.Cause.Kind) {
					continue
				}
				if title := cell.Cause.Kind.Title(); title != cause.CodePanics.Title() &&
					cell.Verdict != replay.Unjudged {
					require.NotNil(t, x.First, "%s", cell)
					require.NotContains(t, []string{"", "not told"}, title, "%s", cell)
					requireCallAt(t, c, cell, *x.First)
				}
				if code := advice.Explain(cell.Result).Code; code != "" {
					_, err := format.Source([]byte("package p\nfunc _(ctx workflow.Context) {\n" + code + "\n}\n"))
					require.NoError(t, err, "%s:\n%s", cell, code)
				}
			}
			file := filepath.Join("testdata", c.Family.Name+".places")
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(table.String()), 0o644))
				return
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(table.String(), "\n")); diff != "" {
				t.Errorf("%s; go test ./versioning/workflows -update writes it (-want +got):\n%s", file, diff)
			}
		})
	}
}

// takesNoCall reports whether the change is in what the code takes of the history,
// where no call stands beside an event.
func takesNoCall(c cause.Kind) bool {
	switch c {
	case cause.ValueUnreadable, cause.SignalUnread, cause.UpdateUnhandled, cause.SignalRenamed, cause.UpdateRenamed,
		cause.StuckAhead, cause.ClosesAhead, cause.HangsAhead: // which are in a task that comes
		return true
	}
	return false
}

// words are those of which one stands on the line of a call of the kind.
var words = map[trace.Kind][]string{
	trace.Activity:          {"ExecuteActivity"},
	trace.LocalActivity:     {"ExecuteLocalActivity"},
	trace.ChildWorkflow:     {"ExecuteChildWorkflow"},
	trace.NexusOperation:    {"ExecuteOperation"},
	trace.Timer:             {"NewTimer", "Sleep", "AwaitWith"},
	trace.SideEffect:        {"SideEffect"},
	trace.MutableSideEffect: {"MutableSideEffect"},
	trace.GetVersion:        {"GetVersion"},
	trace.Memo:              {"UpsertMemo"},
	trace.SignalExternal:    {"SignalExternalWorkflow", "SignalChildWorkflow"},
	trace.CancelExternal:    {"RequestCancelExternalWorkflow"},
	trace.SearchAttributes:  {"UpsertTypedSearchAttributes", "UpsertSearchAttributes"},
}

func requireCallAt(t *testing.T, c corpora.Corpus, cell matrix.Cell, row compare.Entry) {
	t.Helper()
	if row.Call == nil || words[row.Call.Kind] == nil {
		return
	}
	file, number, _ := strings.Cut(row.Call.Source(), ":")
	root := "."
	if c.IsFixture() {
		root = "../../testdata"
	}
	code, err := os.ReadFile(filepath.Join(root, file))
	require.NoError(t, err, "%s", cell)
	n, err := strconv.Atoi(number)
	require.NoError(t, err)
	line := strings.Split(string(code), "\n")[n-1]
	require.True(t,
		slices.ContainsFunc(words[row.Call.Kind], func(word string) bool { return strings.Contains(line, word) }),
		"%s: %s at %s: %s", cell, row.Call.Kind, row.Call.Source(), line)
}
