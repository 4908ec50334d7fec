package workflows_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestExplainedAlone judges cells of every family alone, and without an explanation. They
// have the Results that they have among all others, and with one, but for what their effects
// settle.
func TestExplainedAlone(t *testing.T) {
	t.Parallel()
	const most = 10
	for _, c := range partOf(t.Name(), 8) {
		t.Run(c.Family.Name, func(t *testing.T) {
			t.Parallel()
			sources, err := history.Dir(c.Recordings(), ".")
			require.NoError(t, err)
			if !*tryAll {
				sources = shuffled(sources, 0)[:min(len(sources), most)]
			}
			alone := alone(t, c.Family.Stages, sources,
				replay.Options{Config: configOf(c), Stages: c.Family.Stages})
			for cell := range explained(t, c).Cells() {
				i := slices.IndexFunc(sources, func(s history.Source) bool { return s.Name == cell.Recording })
				if i < 0 {
					continue
				}
				recording, err := sources[i].Load()
				require.NoError(t, err)
				want, judged := alone[cell.Name()]
				require.True(t, judged, "%s has the same name alone", cell)
				cell.Explanation = nil
				want = cell.Effects.Settle(want, recording)
				if diff := cmp.Diff(want, cell.Result, sameErrors); diff != "" {
					t.Errorf("%s (-alone +explained):\n%s", cell, diff)
				}
			}
		})
	}
}

// alone judges each cell with a Replayer and a recording of its own, by its name.
func alone(t *testing.T, stages []versioning.Stage, sources []history.Source,
	opts replay.Options) map[string]replay.Result {
	t.Helper()
	results := map[string]replay.Result{}
	for _, source := range sources {
		for _, stage := range stages {
			r, err := source.Load()
			require.NoError(t, err)
			results[source.Name+"@"+stage.Name] = replay.Judge(context.Background(), stage, r, &opts)
		}
	}
	return results
}

// configOf is that that TestMatrix judges with.
func configOf(c corpora.Corpus) replay.Config {
	return replay.Config{Worker: c.Replay, DefaultNamespace: "default"}
}

// shuffled is a copy in an order that only the seed decides.
func shuffled[T any](list []T, seed uint64) []T {
	list = slices.Clone(list)
	rand.New(rand.NewPCG(seed, seed)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// sameErrors compares errors by what they say.
var sameErrors = cmp.Comparer(func(a, b error) bool { return fmt.Sprint(a) == fmt.Sprint(b) })
