package rehearse_test

import (
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/unnoticed"
)

// TestDrops sees the signals that do not decode, those of the history and those that are made up.
func TestDrops(t *testing.T) {
	t.Parallel()
	base, _ := unnoticed.SignalType.Stage("base")
	for _, tt := range []struct {
		recording, stage string
		want             []string
		why              string
	}{
		{"base.shipped", "structure", []string{"", "paid"}, "the history has the signal, as the code does not read it"},
		{"base.charged", "structure", []string{"", "paid"}, "the signal is made up, with what base has got"},
		{"base.shipped", "base", []string{""}, "the code that ran it reads it"},
		{"base.shipped", "ignores-value", []string{""}, "this code reads nothing of it"},
	} {
		r, err := history.ReadFile(os.DirFS("../../histories/unnoticed/signal-type"), tt.recording+".json")
		require.NoError(t, err)
		stage, ok := unnoticed.SignalType.Stage(tt.stage)
		require.True(t, ok)
		paid, err := history.ReadFile(os.DirFS("../../histories/unnoticed/signal-type"), "base.shipped.json")
		require.NoError(t, err)
		x := rehearse.New(nil)
		effects := x.Rehearse(t.Context(), rehearse.Request{Stage: stage, Reference: &base, Recording: r, Scope: rehearse.All,
			Argument: func(news rehearse.News) (rehearse.Argument, bool) { return rehearse.ArgumentsOf(paid).Of(news) }})
		x.Close()
		require.Empty(t, effects.Failed)
		var got []string
		for _, e := range effects.List {
			got = append(got, e.Drops)
		}
		slices.Sort(got)
		require.Equal(t, tt.want, slices.Compact(got), "%s@%s: %s", tt.recording, tt.stage, tt.why)
	}
}
