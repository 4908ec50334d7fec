package replaytest_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/unnoticed"
)

// paidFor is a folder with the history of an execution that nobody knows the code of, and
// the code that listens to another name of the signal which has come.
func paidFor(t *testing.T) (folder string, order *versioning.Family) {
	t.Helper()
	folder = t.TempDir()
	r, err := history.ReadFile(os.DirFS("../../histories/unnoticed/unread-signal"), "base.paid.json")
	require.NoError(t, err)
	r.Lineage = nil
	require.NoError(t, history.WriteFile(filepath.Join(folder, "4711.json"), r))
	i := slices.IndexFunc(unnoticed.UnreadSignal.Stages, func(s versioning.Stage) bool { return s.Name == "renamed" })
	return folder, &versioning.Family{Name: "order", Doc: "An order.",
		WorkflowTypes: unnoticed.UnreadSignal.WorkflowTypes, Stages: unnoticed.UnreadSignal.Stages[i : i+1]}
}

// TestFailOn compares the exact messages.
func TestFailOn(t *testing.T) {
	t.Parallel()
	folder, order := paidFor(t)
	const (
		text = "4711@renamed: unread at event 5: history has signal paid, which the code never asks for; the " +
			"code listens to order-paid\n"
		fails = text + "FailOn names it; if the code that ran the execution is a stage, name the file " +
			"STAGE.SCENARIO.json after it: then that code tells"
		line = "4711@renamed  safe, query state answers \"charged\", unread at event 5 (paid)\n"
	)
	golden := func(line string) string {
		file := filepath.Join(t.TempDir(), "order.matrix")
		require.NoError(t, os.WriteFile(file, []byte("# order\n"+line), 0o644))
		return file
	}
	type kinds = []replay.NoteKind
	for _, tt := range []struct {
		name   string
		failOn kinds
		want   map[string]replay.Verdict
		golden string
		says   []string
		why    string
	}{
		{"nobody has asked", nil, nil, "", nil, "a finding is no verdict"},
		{"findings", kinds{replay.Unread, replay.Unreadable}, nil, "", []string{fails}, "asked for"},
		{"another kind", kinds{replay.Unreadable, replay.ZeroValue}, nil, "", nil, "which it has not"},
		{"wanted", kinds{replay.Unread}, map[string]replay.Verdict{"*": replay.Safe}, "", []string{fails},
			"Want is about verdicts"},
		{"in the golden file", nil, nil, golden(line), nil, "known, and in the line"},
		{"in the golden file, and asked for", kinds{replay.Unread}, nil, golden(line), []string{fails}, "both hold"},
		{"new to the golden file", nil, nil, golden("4711@renamed  safe, query state answers \"charged\"\n"), []string{
			"Test: order.matrix differs from the replays: 1 cell says something else" + meant,
			"4711@renamed: the verdict is the same, what it says is not\n got safe, query state answers " +
				"\"charged\", unread at event 5 (paid)\nwant safe, query state answers \"charged\"\nrun the test " +
				"with its update flag, then read the diff",
		}, "a finding that comes with a change of the code is seen"},
		{"misspelt", kinds{"unred"}, nil, "",
			[]string{`Test: FATAL FailOn: unknown kind of notes "unred": the kinds are unread, unreadable, unrun, missing-argument, service-default, zero-value, namespace-unknown, version-replaced, unanswered, undelivered`}, "it would never fail"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			messages, _ := run(t.Context(),
				replaytest.Params{Family: order, Recordings: os.DirFS(folder), FailOn: tt.failOn, Want: tt.want,
					Golden: tt.golden}, nil)
			if diff := cmp.Diff(tt.says, messages); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

// loggingT is a fakeT that has a log.
type loggingT struct {
	*fakeT
	log *[]string
}

func (t loggingT) Logf(format string, args ...any) { *t.log = append(*t.log, sprintf(format, args...)) }

func (t loggingT) Run(name string, f func(replaytest.T)) bool {
	return t.fakeT.Run(name, func(sub replaytest.T) { f(loggingT{sub.(*fakeT), t.log}) })
}

// TestFindingsAreLogged is about a test without a golden file: whoever looks sees them.
func TestFindingsAreLogged(t *testing.T) {
	t.Parallel()
	folder, order := paidFor(t)
	messages, log := logged(t, replaytest.Params{Family: order, Recordings: os.DirFS(folder)}, nil)
	require.Empty(t, messages)
	require.Equal(t, []string{
		"1 recording, 1 open, all safe twice; signals 0 of 1 proven",
		"finding: unread at event 5: history has signal paid, which the code never asks for; the code listens to " +
			"order-paid",
	}, log)
}
