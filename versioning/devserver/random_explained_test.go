package main

import (
	"context"
	"flag"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/oracle"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/pair"
)

var explained = flag.Int("explained", 60, "the number of edits that TestRandomExplanations makes")

// recordPairs has the old programs of that many pairs with one edit run on a real service.
func recordPairs(t *testing.T, seed uint64, count int) []*oracle.Case {
	server := start(t, Options{Address: "127.0.0.1:0"})
	bench, err := pair.NewBench(t.Context(), server.Address(), server.Namespace())
	require.NoError(t, err)
	defer bench.Close()
	cases := make([]*oracle.Case, count)
	var next atomic.Int64
	var group sync.WaitGroup
	for range abreast {
		group.Go(func() {
			for number := int(next.Add(1)) - 1; number < count; number = int(next.Add(1)) - 1 {
				cases[number] = recordPair(t.Context(), t, bench, pair.NewSingle(seed, number))
			}
		})
	}
	group.Wait()
	for _, c := range cases {
		require.NotNil(t, c, "a pair was not recorded")
	}
	return cases
}

func recordPair(ctx context.Context, t *testing.T, bench *pair.Bench, p pair.Single) *oracle.Case {
	recording, err := bench.Record(ctx, p.Pair)
	if err != nil {
		t.Errorf("-seed %d -pair %d: %v\n%s", p.Seed, p.Number, err, p.Old)
		return nil
	}
	c, err := oracle.NewCase(p, recording)
	if err != nil {
		t.Errorf("-seed %d -pair %d: %v", p.Seed, p.Number, err)
	}
	return c
}

// TestRandomExplanations edits random programs, and holds what is said of each edit against what was
// edited: where history and code part, what kind of change that is, and whether the code of the advice
// mends it.
//
//	go -C versioning/devserver test . -run TestRandomExplanations -v -args -explained 1000 -seed 7
func TestRandomExplanations(t *testing.T) {
	module, err := os.Getwd()
	require.NoError(t, err)
	cases := recordPairs(t, *seed, *explained)
	tally, err := oracle.Bench{Module: module, Scratch: t.TempDir()}.Explain(t.Context(), cases)
	require.NoError(t, err)
	for _, wrong := range tally.Wrong {
		t.Log(wrong)
	}
	t.Logf("seed %d: %s", *seed, tally)
	require.Zero(t, tally.Unreplayed, "source that does something else than the program")
	require.Greater(t, tally.Broken, tally.Cases/6, "enough edits break something")
	place, kind, mended := 99.0, 95.0, 80.0
	if tally.Cases < 500 {
		place, kind, mended = 90, 85, 55 // few cases say little: this is for what breaks altogether
	}
	require.GreaterOrEqual(t, oracle.Percent(tally.Place, tally.Broken), place, "the place")
	require.GreaterOrEqual(t, oracle.Percent(tally.Kind, tally.Broken), kind, "the kind")
	require.GreaterOrEqual(t, oracle.Percent(tally.Mended, tally.Patched), mended, "the advice")
}
