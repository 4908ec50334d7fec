package judge

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/internal/against"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestGate is about the exit code of against.
func TestGate(t *testing.T) {
	t.Parallel()
	type verdicts = []replay.Verdict
	gone, fresh := compared("gone", nil, nil), compared("fresh", nil, nil)
	gone.Lacks, fresh.Lacks = against.Here, "main"
	safe := compared("safe", verdicts{replay.Safe}, verdicts{replay.Safe})
	one := func(f against.Family) []against.Family { return []against.Family{f} }
	for _, tt := range []struct {
		name           string
		families       []against.Family
		failOn, onBack []string
		// fails and untold are what the error is, neither of both for none.
		fails, untold bool
		why           string
	}{
		{"safe", one(safe), nil, nil, false, false, "that is what was hoped for"},
		{"breaks", one(compared("a", verdicts{replay.Nondeterministic}, nil)), nil, nil, true, false, "the default"},
		{"changes", one(compared("a", verdicts{replay.Drift}, nil)), nil, nil, true, false, "incompatible, as anywhere"},
		{"breaks, and nobody minds", one(compared("a", verdicts{replay.Panic}, nil)), []string{"none"}, nil, false, false,
			"told otherwise"},
		{"breaks otherwise than named", one(compared("a", verdicts{replay.Drift}, nil)), []string{"panic"}, nil, false, false,
			"told otherwise"},
		{"unjudged", one(compared("a", verdicts{replay.Safe, replay.Unjudged}, nil)), nil, nil, false, true,
			"never green"},
		{"unjudged beside a change that is allowed", one(compared("a", verdicts{replay.Drift, replay.Unjudged}, nil)),
			[]string{"panic"}, nil, false, true, "the change does not hide it"},
		{"unjudged, as named", one(compared("a", verdicts{replay.Unjudged}, nil)), []string{"unjudged"}, nil, true, false,
			"what is named is 3"},
		{"unjudged, and nobody minds", one(compared("a", verdicts{replay.Unjudged}, nil)), []string{"none"}, nil, false, false,
			"none is none"},
		{"breaks and unjudged", one(compared("a", verdicts{replay.Panic, replay.Unjudged}, nil)), nil, nil, true, false,
			"the worse one"},
		{"no test any more", []against.Family{safe, gone}, nil, nil, false, true, "silence would pass for safe"},
		{"a new family", []against.Family{safe, fresh}, nil, nil, false, false, "nothing of it runs yet"},
		{"new families only", one(fresh), nil, nil, false, true, "nothing was told"},
		{"had not begun", one(compared("a", verdicts{replay.Unstarted}, nil)), nil, nil, false, true, "it proves nothing"},
		{"the roll back breaks", one(compared("a", verdicts{replay.Safe}, verdicts{replay.Panic})), nil, nil, false, false,
			"that was not asked"},
		{"the roll back breaks, and was asked about", one(compared("a", verdicts{replay.Safe}, verdicts{replay.Panic})), nil,
			[]string{"incompatible"}, true, false, "it was"},
		{"the roll back cannot be told", one(compared("a", verdicts{replay.Safe}, nil)), nil, nil, false, false,
			"that is so before a recording of the new code is made"},
		{"the roll back cannot be told, and was asked about", one(compared("a", verdicts{replay.Safe}, nil)), nil,
			[]string{"incompatible"}, false, true, "never green"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			g, err := gateOf(tt.failOn, tt.onBack)
			require.NoError(t, err)
			c := &against.Comparison{Ref: "main", Commit: "0", Families: tt.families}
			err = g.judge(c, outlookOf(c, "ordermatrix"))
			require.Equal(t, tt.fails, shell.IsIncompatible(err), "%s: %v", tt.why, err)
			require.Equal(t, tt.untold, shell.IsUntold(err), "%s: %v", tt.why, err)
			require.Equal(t, tt.fails || tt.untold, err != nil)
		})
	}
	_, err := gateOf([]string{"none", "panic"}, nil)
	require.ErrorContains(t, err, "--fail-on: none stands alone")
	require.True(t, shell.IsUsage(err))
}
