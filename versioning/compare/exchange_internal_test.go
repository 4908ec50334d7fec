package compare

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// TestExchanged tells what has become of the order of commands. A word is a command: its first letter
// is its kind, and what follows "=" is what it carries.
func TestExchanged(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		recorded, now string
		want          Change
		first         string
		why           string
	}{
		{"a b", "a b", "", "", "nothing is in another place"},
		{"a b", "b a", CallMovedInTask, "a", "of two kinds, nobody can tell which one was moved: the first is named"},
		{"a1 a2", "a2 a1", CallsSwapped, "a1 a2", "two of a kind are swapped"},
		{"x a1 t a2 y", "x a2 t a1 y", CallsSwapped, "a1 a2", "whatever stands between them and around them"},
		{"a1 a2 t", "t a1 a2", CallMovedInTask, "t", "the timer stands before both"},
		{"t a1 a2", "a1 a2 t", CallMovedInTask, "t", "the timer stands behind both"},
		{"a1 a2 a3", "a2 a3 a1", CallMovedInTask, "a1", "one comes later"},
		{"a1 a2 a3 a4", "a2 a1 a4 a3", CallsReordered, "a1 a2", "two swaps are no swap"},
		{"a1 a2 a3", "a3 a2", "", "", "one is gone, and that is more than another order"},
		{"a1 a2", "a2 b", "", "", "one is another one"},
		{"t=1 t=2", "t=2 t=1", CallsSwapped, "t=1 t=2", "timers are told apart by their durations"},
		{"t=1 t", "t t=1", "", "", "what is not known may be the same"},
		{"a1 a1 a2", "a2 a1 a1", CallsSwapped, "a1 a2", "the one between is the same on both sides"},
	} {
		t.Run(tt.recorded+" to "+tt.now, func(t *testing.T) {
			t.Parallel()
			x, found := exchanged(commands(tt.recorded), commands(tt.now), item.is)
			require.Equal(t, tt.want != "", found, tt.why)
			require.Equal(t, tt.want, x.change, tt.why)
			if !found {
				return
			}
			first := x.recorded.key
			if x.change == CallMovedInTask && !x.laterInCode {
				first = x.now.key
			}
			want, _, _ := strings.Cut(tt.first, " ")
			require.Equal(t, strings.Split(want, "=")[0], first, tt.why)
		})
	}
}

func commands(text string) (list []item) {
	for word := range strings.FieldsSeq(text) {
		key, content, _ := strings.Cut(word, "=")
		list = append(list, item{key: key, kind: trace.Kind(key[:1]), content: content})
	}
	return list
}

// BenchmarkExchanged compares the order of the commands of one Workflow Task: the time is that of
// looking at each of them a few times.
func BenchmarkExchanged(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		recorded := make([]item, n)
		for i := range recorded {
			recorded[i] = item{key: "a" + strconv.Itoa(i), kind: trace.Activity}
		}
		now := slices.Clone(recorded)
		slices.Reverse(now)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				if x, _ := exchanged(recorded, now, item.is); x.change != CallsReordered {
					b.Fatal(x.change)
				}
			}
		})
	}
}
