package rehearse_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestCode says which line of workflow code makes an effect. The line is told by what stands on it.
func TestCode(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		cell, news string
		kind       rehearse.Kind
		line       string
		near       bool
		caller     string
		why        string
	}{
		{cell: "unnoticed/unread-signal/base.charged@renamed", news: "signal approved", kind: rehearse.Hangs,
			line: "GetSignalChannel(ctx, signal).Receive(ctx, nil)", caller: "unnoticed/unread.go",
			why: "it is where the workflow function waits, although a replayed task has got there"},
		{cell: "unnoticed/entity/base.four@takes-seven", news: "signal add", kind: rehearse.Hangs,
			line: "added.Receive(ctx, &n)", why: "no interceptor sees the call"},
		{cell: "unnoticed/repeated-activity/returns-once-shipped.shipping@base", news: "cancel",
			kind: rehearse.Closes, line: "GetSignalChannel(ctx, signal).Receive(ctx, nil)",
			caller: "unnoticed/repeated.go", why: "it goes on where it closed"},
		{cell: "unnoticed/entity/base.two@takes-three", news: "signal add", kind: rehearse.Closes,
			line: "NewContinueAsNewError(", why: "the code makes the error on that line"},
		{cell: "unnoticed/early-end/base.delivery@fails", news: "recorded", kind: rehearse.Closes,
			line: "ExecuteActivity(", near: true, why: "nothing tells the line of a return, so it is the last call"},
		{cell: "unnoticed/early-end/base.delivery@returns-at-once", news: "recorded", kind: rehearse.Closes,
			line: "SetQueryHandler(", near: true, caller: "unnoticed/early_end.go", why: "it makes no command at all"},
		{cell: "unnoticed/input-type/base.charged@structure", news: "none", kind: rehearse.Closes,
			why: "no line of the workflow runs: its input does not decode"},
		{cell: "unnoticed/repeated-timer/base.running@does-not-wait", news: "none", kind: rehearse.Stuck,
			line: "NewTimer(", why: "the service refuses the command of that call"},
		{cell: "unchanged/base.late-signal@buggy", news: "recorded", kind: rehearse.Stuck,
			line: "approval.by =", why: "it panics there"},
		{cell: "mistakes/base.nothing@deadlocks", news: "recorded", kind: rehearse.Stuck,
			line: "<-make(chan struct{})", why: "it does not yield there"},
		{cell: "mistakes/base.late-memo@adds-side-effect", news: "recorded", kind: rehearse.Unknown,
			line: "SideEffect(", why: "what that call gives is not known"},
		{cell: "interleavings/base.waiting@reused", news: "signal paid", kind: rehearse.Otherwise,
			line: "ExecuteActivity(", caller: "interleavings/reused.go", why: "it makes another command"},
		{cell: "coroutines/base.everything@other-input", news: "recorded", kind: rehearse.Otherwise,
			line: "ExecuteActivity(", caller: "coroutines/coroutines.go", why: "it gives it another value"},
		{cell: "patching/initial.waiting@initial", news: "none", kind: rehearse.Waits,
			why: "there is nothing to look at"},
	} {
		t.Run(tt.cell+" "+tt.news, func(t *testing.T) {
			t.Parallel()
			cell, root := judged(t, tt.cell)
			i := slices.IndexFunc(cell.Effects.List, func(e rehearse.Effect) bool {
				return e.Kind == tt.kind && e.News.String() == tt.news
			})
			require.GreaterOrEqual(t, i, 0, "%+v", cell.Effects.List)
			e := cell.Effects.List[i]
			if tt.line == "" {
				require.Nil(t, e.Code, tt.why)
				return
			}
			require.NotNil(t, e.Code, "%s: %+v", tt.why, e)
			require.Contains(t, lineAt(t, root, e.Code.Source, e.Code.Line), tt.line, tt.why)
			require.Equal(t, tt.near, e.Code.Near, tt.why)
			require.Contains(t, strings.Join(e.Code.Callers, " "), tt.caller, tt.why)
			if strings.HasSuffix(string(cell.Cause.Kind), "-ahead") && e.Breaks {
				require.NotEmpty(t, cell.Place.Source, "the cell has a line too")
				require.Positive(t, cell.Place.Line)
			}
		})
	}
}

// judged is the cell of that name, and the folder that its code is in.
func judged(t *testing.T, name string) (matrix.Cell, string) {
	t.Helper()
	for _, c := range corpora.All() {
		rest, ok := strings.CutPrefix(name, c.Family.Name+"/")
		if !ok || strings.Contains(rest, "/") {
			continue
		}
		file, stage, _ := strings.Cut(rest, "@")
		sources, err := history.Dir(c.Recordings(), ".")
		require.NoError(t, err)
		m, err := matrix.Judge(t.Context(), c.Family, slices.Values(sources), &matrix.Options{
			Config: replay.Config{Worker: c.Replay},
			Only:   func(recording, at string) bool { return recording == file && at == stage },
		})
		require.NoError(t, err)
		for cell := range m.Cells() {
			if cell.String() == name {
				if c.IsFixture() {
					return cell, "../../testdata"
				}
				return cell, "../workflows"
			}
		}
	}
	t.Fatalf("there is no cell %s", name)
	return matrix.Cell{}, ""
}

func lineAt(t *testing.T, root, source string, line int) string {
	t.Helper()
	file, _, _ := strings.Cut(source, ":")
	code, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	require.NoError(t, err)
	return strings.Split(string(code), "\n")[line-1]
}
