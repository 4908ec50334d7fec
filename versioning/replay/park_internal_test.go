package replay

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFirstNotSafe(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		tasks    int
		expected int
		want     int // the first that is not safe
		replays  int
		why      string
	}{
		{0, -1, 0, 0, "nothing to replay"},
		{1, 0, 0, 1, "the only one"},
		{1, 0, 1, 1, "the only one is safe"},
		{1000, -1, 731, 10, "ten replays of a thousand"},
		{1000, 731, 731, 2, "where it was expected: two replays"},
		{1000, 0, 0, 1, "nothing is before the first one"},
		{1000, 1000, 1000, 1, "safe up to the last one"},
		{1000, 500, 499, 11, "expected too late"},
		{1000, 500, 501, 11, "expected too early"},
	} {
		t.Run(fmt.Sprintf("%d of %d, expected %d", tt.want, tt.tasks, tt.expected), func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			replays := 0
			got := firstNotSafe(tt.tasks, tt.expected, func(i int) bool {
				replays++
				return i < tt.want
			})
			require.Equal(t, tt.want, got, tt.why)
			require.LessOrEqual(t, replays, tt.replays, tt.why)
		})
	}
}
