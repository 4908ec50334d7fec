package matrix

import (
	"sync"
	"weak"
)

// ballast is memory that counts as live and is never touched. A replay of a small
// history leaves some 30 KB of garbage and keeps almost nothing, so the collector
// would run every hundred replays, and shrink the stacks of the replayers each
// time. It waits for these bytes: see docs/performance.md.
type ballast [32 << 20]byte

var lastBallast struct {
	sync.Mutex
	weak.Pointer[ballast]
}

// takeBallast returns the ballast of an earlier matrix if it is still there: memory
// that is used again is cleared first, which takes as long as 30 small replays.
func takeBallast() *ballast {
	lastBallast.Lock()
	defer lastBallast.Unlock()
	b := lastBallast.Value()
	if b == nil {
		b = new(ballast)
		lastBallast.Pointer = weak.Make(b)
	}
	return b
}
