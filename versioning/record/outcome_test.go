package record

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBrief(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ message, want, why string }{
		{"a failure", "a failure", "as it is"},
		{"first\nsecond", "first", "one line"},
		{"unable to find workflow type: x. Supported types: [c, a, b]", "unable to find workflow type: x. Supported types: [a, b, c]",
			"the SDK lists them in another order each time"},
		{strings.Repeat("ä", longestMessage), strings.Repeat("ä", longestMessage/2) + "…", "no half characters"},
	} {
		require.Equal(t, tt.want, brief(tt.message), tt.why)
	}
}
