package main

import (
	"context"
	"errors"
	"flag"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/pair"
)

var (
	pairs = flag.Int("pairs", 200, "the number of random changes that TestRandomChanges makes")
	seed  = flag.Uint64("seed", 1, "the seed of the random changes")
	only  = flag.Int("pair", -1, "the number of the only random change to make")
)

const (
	// abreast is the number of pairs that run at a time. They wait for the service most of the time.
	abreast = 16
	// tries is how often a pair runs in which something came while a task was under way.
	tries = 5
)

// TestRandomChanges swaps Workers of random programs under executions of a real service, and holds
// what happens against what a rehearsal of the same history says.
//
//	go -C versioning/devserver test . -run 'TestRandomChanges$' -v -args -pairs 2000 -seed 7
//	go -C versioning/devserver test . -run 'TestRandomChanges$' -v -args -seed 7 -pair 42
func TestRandomChanges(t *testing.T) {
	server := start(t, Options{Address: "127.0.0.1:0"})
	bench, err := pair.NewBench(t.Context(), server.Address(), server.Namespace())
	require.NoError(t, err)
	defer bench.Close()
	x := &experiment{t: t, bench: bench, tally: pair.Tally{}}
	began := time.Now()
	if *only >= 0 {
		x.run(t.Context(), pair.New(*seed, *only))
	} else {
		var group sync.WaitGroup
		for range abreast {
			group.Go(func() {
				for number, more := x.next(); more; number, more = x.next() {
					x.run(t.Context(), pair.New(*seed, number))
				}
			})
		}
		group.Wait()
	}
	t.Logf("seed %d: %d pairs in %v\n%s", *seed, x.compared, time.Since(began).Round(time.Second), x.tally)
	x.enough()
}

// An experiment runs pairs and counts.
type experiment struct {
	t     *testing.T
	bench *pair.Bench

	mutex sync.Mutex
	// begun is the number of pairs that have begun, compared that of those that were compared or
	// excused.
	begun, compared int
	// raced is the number of pairs in which something came in between, however often they ran.
	raced, excused, broken int
	// back is the number of executions that the old Worker took back, of which backExcused are those
	// of which nobody can know what it does.
	back, backExcused int
	tally             pair.Tally
}

// next is the number of the next pair, as long as there are too few.
func (x *experiment) next() (number int, more bool) {
	x.mutex.Lock()
	defer x.mutex.Unlock()
	x.begun++
	return x.begun - 1, x.compared < *pairs && x.t.Context().Err() == nil
}

func (x *experiment) run(ctx context.Context, p pair.Pair) {
	s, err := x.bench.Run(ctx, p)
	for again := 1; errors.Is(err, pair.ErrRaced) && again < tries; again++ {
		s, err = x.bench.Run(ctx, p)
	}
	var c *pair.Comparison
	if err == nil {
		c, err = s.Compare(ctx, p)
	}
	x.mutex.Lock()
	defer x.mutex.Unlock()
	switch {
	case errors.Is(err, pair.ErrNothing):
		x.tally.Add("left out: " + err.Error())
		return
	case errors.Is(err, pair.ErrRaced):
		x.raced++
		x.tally.Add("left out: " + pair.ErrRaced.Error())
		return
	case err != nil:
		x.t.Errorf("-seed %d -pair %d: %v\n%s\nbecomes\n%s", p.Seed, p.Number, err, p.Old, p.New)
		return
	}
	if x.compared++; x.compared%100 == 0 {
		x.t.Logf("%d pairs", x.compared)
	}
	x.tally.Add(s.Features(p)...)
	if !s.Untold {
		x.tally.Add("verdict: " + string(c.Settled.Verdict) + ", live: " + string(s.Outcome))
	}
	if c.Breaks {
		x.broken++
	}
	if ahead := c.Settled.Cause.Ahead; ahead != nil && c.Settled.Verdict != c.Replay.Verdict {
		kind, _, _ := strings.Cut(ahead.News, " ")
		x.tally.Add("settled: " + ahead.Effect + " with news " + kind + ", live: " + string(s.Outcome))
	}
	if c.Ahead != nil {
		x.tally.Add("said ahead: " + string(c.Ahead.News.Kind))
	}
	if s.Back != nil {
		x.back++
		x.tally.Add("roll: "+c.Return.String(), "roll: "+c.Return.String()+", live: "+string(s.Back.Outcome))
		if excuse := s.Back.ExcusedBy(); excuse != "" {
			x.backExcused++
			x.tally.Add("excused of a roll: " + excuse)
		}
	}
	if excuse := s.ExcusedBy(); excuse != "" {
		x.excused++
		x.tally.Add("excused: " + excuse)
	}
	if len(c.Disagreements) > 0 {
		x.t.Errorf("pair %d: what happened is not what was said\n%s", p.Number, s.Report(p, c))
	} else if *only >= 0 {
		x.t.Log(s.Report(p, c))
	}
}

// enough fails where the pairs do not show what they are there for.
func (x *experiment) enough() {
	x.t.Logf("broken: %d, excused: %d; taken back: %d, excused: %d", x.broken, x.excused, x.back, x.backExcused)
	require.LessOrEqual(x.t, x.raced, x.compared/50, "a machine that is too busy shows nothing")
	const all = 2000
	if *only >= 0 || x.compared < all {
		return
	}
	require.Less(x.t, x.excused, x.compared/20, "what nobody can know is rare")
	require.Less(x.t, x.backExcused, x.back/20, "what nobody can know is rare")
	require.GreaterOrEqual(x.t, x.broken, x.compared/4, "a quarter of the changes breaks something")
	broken := x.tally["roll: stuck"] + x.tally["roll: stuck unless it closes"] + x.tally["roll: closes"]
	require.GreaterOrEqual(x.t, broken, 40, "old Workers break some of what they take back")
	for _, feature := range pair.AllFeatures() {
		require.GreaterOrEqual(x.t, x.tally[feature], 100, "%s", strings.TrimSpace(feature))
	}
}
