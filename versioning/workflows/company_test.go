package workflows_test

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/redact"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// aPart is how many cells of a family with its stages doubled are judged in every company,
// though a recording at least and a redacted one.
const aPart = 24

// TestCompany judges the cells of every family, with each stage twice, first alone and
// then among the others: in shuffled rows, by 1, 2 and 8 workers, and by one Replayer for
// all of them, again and again. A cell has the same Result everywhere: verdict, place,
// park points, answers, versions, differences, notes. It is about replays: TestOracle is about
// rehearsals.
func TestCompany(t *testing.T) {
	t.Parallel()
	var cells, compared atomic.Int64
	t.Cleanup(func() { t.Logf("%d cells, compared %d times", cells.Load(), compared.Load()) })
	for _, c := range partOf(t.Name(), 10) {
		t.Run(c.Family.Name, func(t *testing.T) {
			t.Parallel()
			family := doubled(c.Family)
			sources := someSources(t, c, len(family.Stages))
			opts := replay.Options{Config: configOf(c)}
			opts.Stages = family.Stages
			alone := alone(t, family.Stages, sources, opts)
			require.NotEmpty(t, alone)
			cells.Add(int64(len(alone)))
			same := func(in string, cell matrix.Cell) {
				compared.Add(1)
				if diff := cmp.Diff(alone[cell.Name()], cell.Result, sameErrors); diff != "" {
					t.Errorf("%s, %s (-alone +in company):\n%s", cell, in, diff)
				}
			}
			for seed, workers := range []int{1, 2, 8} {
				m, err := matrix.Judge(context.Background(), family, slices.Values(shuffled(sources, uint64(seed))),
					&matrix.Options{Config: configOf(c), Workers: workers, Rehearse: rehearse.None})
				require.NoError(t, err)
				require.Len(t, slices.Collect(m.Cells()), len(alone))
				for cell := range m.Cells() {
					same(fmt.Sprintf("%d workers", workers), cell)
				}
			}
			judgedByOne(t, family, sources, opts, same)
		})
	}
}

// doubled is the family with each stage twice. Every stage of it meets every recording.
func doubled(f *versioning.Family) *versioning.Family {
	twice := *f
	twice.Stages, twice.Catalogue = nil, false
	for _, stage := range f.Stages {
		twin := stage
		twin.Name += "-twin"
		twice.Stages = append(twice.Stages, stage, twin)
	}
	return &twice
}

// someSources returns recordings of the family, the first one redacted once more. Each is
// decoded anew for whoever asks for it.
func someSources(t *testing.T, c corpora.Corpus, stages int) []history.Source {
	t.Helper()
	sources, err := history.Dir(c.Recordings(), ".")
	require.NoError(t, err)
	sources = shuffled(sources, 0)
	if !*tryAll {
		sources = sources[:min(len(sources), max(1, aPart/stages))]
	}
	source := sources[0]
	r, err := source.Load()
	require.NoError(t, err)
	r.Family = c.Family.Name
	redacted, _, err := redact.Recording(context.Background(), someStages(c.Family, r, 0), r,
		redact.Options{Config: configOf(c), Salt: []byte("company")})
	require.NoError(t, err)
	source.Name += "-redacted"
	source.Read, source.Load = nil, func() (*history.Recording, error) {
		data, err := history.Encode(redacted)
		if err != nil {
			return nil, err
		}
		return history.Decode(source.Name+".json", data)
	}
	return append(sources, source)
}

// judgedByOne judges all recordings twice by one Replayer, each time in another order of
// recordings and stages, and in one decoded form.
func judgedByOne(
	t *testing.T, f *versioning.Family, sources []history.Source, opts replay.Options, same func(string, matrix.Cell),
) {
	t.Helper()
	var replayer replay.Replayer
	defer replayer.Close()
	decoded := map[string]*history.Recording{}
	for seed := range uint64(2) {
		stages := shuffled(f.Stages, seed)
		for _, source := range shuffled(sources, seed) {
			if decoded[source.Name] == nil {
				r, err := source.Load()
				require.NoError(t, err)
				decoded[source.Name] = r
			}
			for i, result := range replayer.JudgeAll(context.Background(), stages, decoded[source.Name], &opts) {
				same("one Replayer",
					matrix.Cell{Family: f.Name, Recording: source.Name, Stage: stages[i].Name, Result: result})
			}
		}
	}
}
