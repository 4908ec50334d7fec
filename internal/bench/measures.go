package bench

import (
	"runtime"
	"time"
)

// Timed returns how long the function takes.
func Timed(do func()) time.Duration {
	start := time.Now()
	do()
	return time.Since(start)
}

// Live returns how much of the heap is in use, in bytes.
func Live() float64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc)
}
