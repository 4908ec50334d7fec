package replaytest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
)

// TestAllow fails for a rule that no cell needs, unless -run leaves cells out.
func TestAllow(t *testing.T) {
	t.Parallel()
	params := replaytest.Params{
		Family: small, Recordings: folder(t, "initial.completed"),
		Config: replay.Config{Allow: []compare.Allow{{Path: "TimerStarted.*", Reason: "the deadline is longer now"}}},
	}
	messages, _ := run(t.Context(), params, nil)
	require.Equal(t, []string{"Test: no difference needs the allow rule TimerStarted.*: remove it, or spell the " +
		"path as the report does"}, messages)

	messages, _ = run(t.Context(), params, func(name string) bool { return name == "initial.completed@patched" })
	require.Empty(t, messages, "the cells that need it may be among the others")
}
