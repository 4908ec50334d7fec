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

// TestExplained holds that a failing cell is explained below its message, and that
// what fails alike is explained once.
func TestExplained(t *testing.T) {
	t.Parallel()
	recordings := folder(t, "patched.completed", "patched.failed", "initial.completed")
	messages, _ := run(t.Context(), replaytest.Params{Family: small, Recordings: recordings}, nil)
	require.Len(t, messages, 2, "the two of patched on the stage initial")

	message, below, found := strings.Cut(messages[0], "\n\n")
	require.True(t, found, "an explanation below the message:\n%s", messages[0])
	require.True(t, strings.HasPrefix(message, "patched.completed@initial: nondeterministic at event 7: "), message)
	require.Contains(t, below,
		"\n>>     7  ActivityTaskScheduled (PostPatchActivity) != ExecuteActivity PrePatchActivity")
	require.Contains(t, below, "\nWhat changed   ")
	require.Contains(t, below, "\nWhat to do     This code is older than the execution")

	require.Contains(t, messages[1], "\npatched.completed@initial fails alike and is explained there")
	require.NotContains(t, messages[1], "What changed")
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
			require.Len(t, messages, 2, "the test's own, and that of the cell")
			require.Equal(t, tt.want, strings.Contains(messages[1], "\nWhat changed   "), "%s:\n%s", tt.why,
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
