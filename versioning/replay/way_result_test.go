package replay_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestOnItsWay holds what a comparison of revisions makes of the decision, as the stages of a family do.
func TestOnItsWay(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		verdict replay.Verdict
		decided cause.Decision
		way     cause.Way
		want    cause.Decision
		why     string
	}{
		{"a deploy", replay.Nondeterministic, cause.Decision{Kind: cause.Unversioned}, cause.ByDeploy,
			cause.Decision{Kind: cause.Unversioned, Way: cause.ByDeploy}, "a branch mends it"},
		{"a roll back", replay.Nondeterministic, cause.Decision{Kind: cause.NotAsked, ChangeID: "c", Version: 1},
			cause.ByRollback, cause.Decision{Kind: cause.OlderCode, Way: cause.ByRollback}, "nobody mends code that is left"},
		{"no decision", replay.VersionRemoved, cause.Decision{}, cause.ByRollback,
			cause.Decision{Way: cause.ByRollback}, "the range says it all"},
		{"something else than a change", replay.Nondeterministic, cause.Decision{Kind: cause.HeaderUnread, Name: "h"},
			cause.ByRollback, cause.Decision{Kind: cause.HeaderUnread, Name: "h", Way: cause.ByRollback},
			"older code is no reason"},
		{"another function", replay.Nondeterministic, cause.Decision{Kind: cause.RanShadow}, cause.ByRollback,
			cause.Decision{Kind: cause.RanShadow, Way: cause.ByRollback}, "as in a family"},
		{"safe", replay.Safe, cause.Decision{}, cause.ByRollback, cause.Decision{}, "there is nothing to decide"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := replay.Result{Verdict: tt.verdict, Cause: cause.Cause{Decided: tt.decided}}.OnItsWay(tt.way)
			require.Equal(t, tt.want, got.Cause.Decided, tt.why)
		})
	}
}
