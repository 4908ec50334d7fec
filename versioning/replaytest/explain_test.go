package replaytest_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/unnoticed"
)

// TestExplained holds that what fails alike is explained once, by the calling test.
func TestExplained(t *testing.T) {
	t.Parallel()
	recordings := folder(t, "patched.completed", "patched.failed", "initial.completed")
	messages, _ := run(t.Context(), replaytest.Params{Family: small, Recordings: recordings}, nil)
	require.Len(t, messages, 3, "of the calling test, and of the two of patched on the stage initial")

	message, below, found := strings.Cut(messages[0], "\n\n")
	require.True(t, found, "an explanation below the message:\n%s", messages[0])
	require.True(t, strings.HasPrefix(message, "Test: finding 1 of 1: 2 recordings, none open: "+
		"patched.completed@initial, patched.failed@initial\nnondeterministic at event 7: "), message)
	require.Contains(t, below,
		"\n>>     7  ActivityTaskScheduled (PostPatchActivity) != ExecuteActivity PrePatchActivity")
	require.Contains(t, below, "\nWhat to do: This code is older than the execution")
	require.Contains(t, below, "\nAll of it: go test -run '^Test$/^patched\\.completed@initial$'")

	require.Equal(t, []string{
		"patched.completed@initial: finding 1, told above: nondeterministic at event 7, patching/initial.go:19",
		"patched.failed@initial: finding 1, told above: nondeterministic at event 7, patching/initial.go:19",
	}, messages[1:])
}

// TestExplainedAlone holds that a cell that -run selects alone fails in its own right, with all of it.
func TestExplainedAlone(t *testing.T) {
	t.Parallel()
	recordings := folder(t, "patched.completed", "patched.failed")
	messages, _ := run(t.Context(), replaytest.Params{Family: small, Recordings: recordings},
		func(name string) bool { return name == "patched.failed@initial" })
	require.Len(t, messages, 1)
	message, below, found := strings.Cut(messages[0], "\n\n")
	require.True(t, found, "an explanation below the message:\n%s", messages[0])
	require.True(t, strings.HasPrefix(message, "patched.failed@initial: nondeterministic at event 7: "), message)
	require.Contains(t, below,
		"\n>>     7  ActivityTaskScheduled (PostPatchActivity) != ExecuteActivity PrePatchActivity")
	require.Contains(t, below, "\nWhat changed   ")
	require.Contains(t, below, "\nWhat to do     This code is older than the execution")
}

// TestExplainedVerdict is about cells that are not as the golden file says.
func TestExplainedVerdict(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		change *regexp.Regexp // of the golden file
		to     string
		want   bool
		why    string
	}{
		{"broken now", regexp.MustCompile("nondeterministic @7 .*"), "safe", true, "the change broke it"},
		{"other words", regexp.MustCompile("@7 "), "@8 ", false, "nothing breaks that did not break before"},
		{"sound now", regexp.MustCompile("(?m)^(initial.completed@patched  )safe.*"), "${1}panic", false,
			"there is nothing to lay side by side"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			p := replaytest.Params{
				Family: small, Recordings: folder(t, "initial.completed", "patched.completed"),
				Golden: goldenFile(t, ""), Update: true,
			}
			messages, _ := run(t.Context(), p, nil)
			require.Empty(t, messages)
			written, err := os.ReadFile(p.Golden)
			require.NoError(t, err)
			changed := tt.change.ReplaceAllString(string(written), tt.to)
			require.NotEqual(t, string(written), changed)
			require.NoError(t, os.WriteFile(p.Golden, []byte(changed), 0o644))
			p.Update = false
			messages, _ = run(t.Context(), p, nil)
			require.Len(t, messages, 3, "on the golden file, on the finding, and that of the cell")
			require.Equal(t, tt.want, strings.Contains(messages[1], "\nWhat to do: "), "%s:\n%s", tt.why,
				messages[1])
		})
	}
}

// TestExplainedAhead is about a cell that replays, and that a live Worker lets hang when a signal comes
// whose argument only another recording has.
func TestExplainedAhead(t *testing.T) {
	t.Parallel()
	p := replaytest.Params{Family: unnoticed.UnreadSignal, Recordings: os.DirFS("../../histories/unnoticed/unread-signal")}
	messages, _ := run(t.Context(), p, func(name string) bool { return name == "base.charged@renamed" })
	require.Len(t, messages, 1)
	require.NotContains(t, messages[0], "replayed again it is")
	require.Contains(t, messages[0], "\nWhat a live Worker does next\n")
}
