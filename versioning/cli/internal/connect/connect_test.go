package connect

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTyped repeats the flags that a person has given, for hints.
func TestTyped(t *testing.T) {
	t.Parallel()
	require.Empty(t, (&Flags{}).typed())
	given := &Flags{address: "host:7233", namespace: "orders", Profile: "p"}
	require.Equal(t, " --address host:7233 --namespace orders --profile p", given.typed())
}
