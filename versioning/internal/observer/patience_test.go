package observer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestPatience has waits of the given lengths, and says after how many of them a handler is given
// up.
func TestPatience(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		why  string
		took func(i int) time.Duration
		// answers is the number of those after the i-th wait.
		answers func(i int) int
		want    int
	}{
		{"a handler has a second on a machine that has time",
			func(int) time.Duration { return tick + time.Millisecond }, func(int) int { return 0 }, 20},
		{"so has each of several, from the answer of the one before it",
			func(int) time.Duration { return tick }, func(i int) int { return min(i/10, 3) }, 51},
		{"a machine that is busy takes time from the handler too",
			func(i int) time.Duration {
				if i%2 == 0 {
					return 4 * tick
				}
				return tick
			}, func(int) int { return 0 }, 40},
		{"a process that was stopped for longer than a second has not given it a second",
			func(i int) time.Duration {
				if i == 0 {
					return 3 * time.Second
				}
				return tick
			}, func(int) int { return 0 }, 21},
		{"but it ends",
			func(int) time.Duration { return time.Second }, func(int) int { return 0 }, 10},
		{"also where each answers in the end",
			func(int) time.Duration { return tick }, func(i int) int { return i }, 200},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			var p patience
			n := 1
			for !p.over(tt.took(n-1), tt.answers(n-1)) {
				n++
			}
			require.Equal(t, tt.want, n)
		})
	}
}
