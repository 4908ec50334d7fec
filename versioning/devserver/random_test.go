package main

import (
	"errors"
	"flag"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/pair"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

var (
	pairs = flag.Int("pairs", 200, "the number of random changes that TestRandomChanges makes")
	seed  = flag.Uint64("seed", 1, "the seed of the random changes")
	one   = flag.Int("pair", -1, "the number of the only random change to make")
)

// abreast is the number of pairs that run at a time. They wait for the service most of the time.
const abreast = 16

func TestRandomChanges(t *testing.T) {
	server := start(t, Options{Address: "127.0.0.1:0"})
	bench, err := pair.NewBench(t.Context(), server.Address(), server.Namespace())
	require.NoError(t, err)
	defer bench.Close()
	began := time.Now()
	var mutex sync.Mutex
	tally := pair.Tally{}
	done, next := 0, 0
	group, ctx := errgroup.WithContext(t.Context())
	for range abreast {
		group.Go(func() error {
			for {
				mutex.Lock()
				number := next
				next++
				enough := done >= *pairs
				mutex.Unlock()
				if *one >= 0 {
					number, enough = *one, done > 0
				}
				if enough {
					return nil
				}
				p := pair.New(*seed, number)
				s, err := bench.Run(ctx, p)
				mutex.Lock()
				switch {
				case errors.Is(err, pair.ErrNothing):
					tally.Add("! nothing")
					mutex.Unlock()
					continue
				case err != nil:
					tally.Add("! error")
					t.Errorf("pair %d: %v\n%s", number, err, p.Old)
					mutex.Unlock()
					continue
				}
				done++
				tally.Add(s.Features(p)...)
				mutex.Unlock()
				stages := []versioning.Stage{program.Stage("old", p.Old), program.Stage("new", p.New)}
				v := replay.Judge(ctx, stages[1], s.Recording, &replay.Options{Stages: stages})
				mutex.Lock()
				tally.Add("verdict: "+string(v.Verdict)+" "+string(s.Outcome))
				mutex.Unlock()
			}
		})
	}
	require.NoError(t, group.Wait())
	t.Logf("seed %d, %v\n%s", *seed, time.Since(began), tally)
}
