package shell

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	many := []string{"a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "waiting", "completed"}
	for _, tt := range []struct {
		wrong string
		names []string
		want  string
		why   string
	}{
		{"b", []string{"x", "y", "b1"}, "x, y, b1", "a few are in their order"},
		{"complete", many, "completed, a1, a2, a3, a4, a5, a6, a7 and 2 more", "of many, the most alike first"},
		{"", many, "a1, a2, a3, a4, a5, a6, a7, a8 and 2 more", "nothing is like nothing"},
	} {
		require.Equal(t, tt.want, Nearest(tt.wrong, tt.names), tt.why)
	}
}

func TestEdits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"abc", "", 3}, {"", "abc", 3}, {"abc", "abc", 0},
		{"abc", "abx", 1}, {"abc", "ab", 1}, {"abc", "xabc", 1}, {"kitten", "sitting", 3}, {"é", "e", 1},
	} {
		require.Equal(t, tt.want, edits(tt.a, tt.b), "%s and %s", tt.a, tt.b)
	}
}
