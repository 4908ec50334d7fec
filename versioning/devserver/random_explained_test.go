package main

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/oracle"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/pair"
)

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
