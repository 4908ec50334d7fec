package shell

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPrintable has names that come from a file.
func TestPrintable(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"v1": "v1", "v1\x1b[2J": `"v1\x1b[2J"`, "": `""`} {
		got := Printable(name)
		require.Equal(t, want, got)
		require.False(t, strings.Contains(got, "\x1b"))
	}
}
