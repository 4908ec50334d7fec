package replay_test

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

func TestCatalogue(t *testing.T) {
	t.Parallel()
	want := map[replay.Verdict]bool{ // whether it is incompatible
		replay.Safe: false, replay.Drift: true, replay.Nondeterministic: true, replay.VersionRemoved: true,
		replay.Undecodable:    true,
		replay.VersionUnknown: true, replay.Unregistered: true, replay.NotApplicable: false, replay.Panic: true,
		replay.Unstable: true, replay.Unstarted: false, replay.Unjudged: false,
	}
	require.Len(t, replay.Verdicts(), len(want), "a constant is missing in the catalogue, or here")
	symbols := map[string]replay.Verdict{}
	for _, info := range replay.Verdicts() {
		incompatible, known := want[info.Verdict]
		require.True(t, known, "%s is no constant", info.Verdict)
		require.Equal(t, incompatible, info.Verdict.Incompatible(), "%s", info.Verdict)
		require.NotEmpty(t, info.Doc, "%s has no doc", info.Verdict)
		require.NotEmpty(t, info.Symbol, "%s has no symbol", info.Verdict)
		require.LessOrEqual(t, utf8.RuneCountInString(info.Symbol), replay.MaxSymbol, "%s", info.Verdict)
		require.Emptyf(t, symbols[info.Symbol], "%s has the symbol of another verdict", info.Verdict)
		symbols[info.Symbol] = info.Verdict
		require.Equal(t, info, info.Verdict.Info())

		parsed, err := replay.ParseVerdict(string(info.Verdict))
		require.NoError(t, err)
		require.Equal(t, info.Verdict, parsed)
	}
	replay.Verdicts()[0].Symbol = "changed"
	require.Equal(t, "safe", replay.Safe.Info().Symbol, "the catalogue belongs to the package")
}

func TestUnknownVerdict(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "Safe", "nondet", "safe "} {
		_, err := replay.ParseVerdict(name)
		require.EqualError(t, err, `unknown verdict "`+name+`": the verdicts are safe, drift, nondeterministic, `+
			`undecodable, version-removed, version-unknown, unregistered, not-applicable, panic, unstable, unstarted, unjudged`)
	}
	made := replay.Verdict("made-up")
	require.False(t, made.Incompatible())
	require.Equal(t, replay.VerdictInfo{Verdict: made, Symbol: "made-up"}, made.Info())
}
