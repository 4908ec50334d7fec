package replaytest_test

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/unnoticed"
)

// logged runs RunT with a T that has a log, as go test -v would.
func logged(t *testing.T, p replaytest.Params, selects func(string) bool) (messages, log []string) {
	t.Helper()
	var subtests []string
	resume, running := make(chan struct{}), []chan struct{}{}
	fake := &fakeT{ctx: t.Context(), name: "Test", selects: selects, messages: &messages, subtests: &subtests,
		resume: resume, running: &running}
	replaytest.RunT(loggingT{fake, &log}, p)
	close(resume)
	for _, done := range running {
		<-done
	}
	return messages, log
}

// TestGreen is about the line of a test in which nothing fails, for go test -v.
func TestGreen(t *testing.T) {
	t.Parallel()
	two := folder(t, "initial.completed", "patched.completed")
	signals := os.DirFS("../../histories/unnoticed/unread-signal")
	base := &versioning.Family{Name: "order", Doc: "x", WorkflowTypes: unnoticed.UnreadSignal.WorkflowTypes,
		Stages: unnoticed.UnreadSignal.Stages[:1]}
	breaks := verdicts{"patched.completed@initial": replay.Nondeterministic}
	for _, tt := range []struct {
		name       string
		family     *versioning.Family
		recordings fs.FS
		golden     string
		wanted     verdicts
		selects    func(string) bool
		want       []string
		why        string
	}{
		{"one stage", alone, two, "", nil, nil,
			[]string{"2 recordings, none open, all safe twice; versions 2 of 2 proven"}, "the whole answer"},
		{"a version is unproven", alone, folder(t, "patched.completed", "patched.waiting"), "", nil, nil,
			[]string{"2 recordings, 1 open, all safe twice; versions 1 of 2 proven"}, "and what it does not say"},
		{"a signal", base, only(t, signals, "base.charged.json", "base.paid.json"), "", nil, nil,
			[]string{"2 recordings, 2 open, all safe twice; signals 1 of 2 proven"},
			"a replay has taken it"},
		{"a signal is unproven", base, only(t, signals, "base.charged.json"), "", nil, nil,
			[]string{"1 recording, 1 open, all safe twice; signals 0 of 1 proven"}, "no replay has"},
		{"want", small, two, "", breaks, nil,
			[]string{"2 recordings, none open, 4 cells of 2 stages, 3 safe twice, 1 nondeterministic as wanted; " +
				"versions 2 of 2 proven"}, "what has to break does"},
		{"golden", small, two, goldenText, nil, nil,
			[]string{"2 recordings, none open, 4 cells of 2 stages, 3 safe twice, 1 nondeterministic as wanted; " +
				"versions 2 of 2 proven"}, "so does the file say"},
		{"some have not begun", small, both(begun(t), folder(t, "initial.completed")), "", nil, nil,
			[]string{"2 recordings, 1 open, 4 cells of 2 stages, 2 safe twice, 2 unstarted; versions 1 of 2 proven"},
			"these prove nothing"},
		{"one cell", small, two, "", nil, func(name string) bool { return name == "patched.completed@patched" },
			[]string{"1 recording, none open, 1 cell of 2 stages, all safe twice"},
			"who runs one cell is not told what the others prove"},
		{"none", small, two, "", nil, func(string) bool { return false }, nil, "nothing was judged"},
		{"red", small, two, "", nil, nil, nil, "it is for who has nothing to do"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			p := replaytest.Params{Family: tt.family, Recordings: tt.recordings, Want: tt.wanted}
			if tt.golden != "" {
				p.Golden = goldenFile(t, tt.golden)
			}
			messages, log := logged(t, p, tt.selects)
			require.Equal(t, tt.name == "red", len(messages) > 0, "%s", messages)
			if diff := cmp.Diff(tt.want, log); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

// only has some of the files.
func only(t *testing.T, from fs.FS, names ...string) fs.FS {
	t.Helper()
	fsys := folder(t)
	for _, name := range names {
		data, err := fs.ReadFile(from, name)
		require.NoError(t, err)
		fsys[name] = &fstest.MapFile{Data: data}
	}
	return fsys
}
