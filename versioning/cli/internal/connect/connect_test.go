package connect

import (
	"errors"
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

// TestUnreachable calls the program by the name that a person types.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	err := &unreachableError{program: "ordermatrix", address: "host:1", err: errors.New("x: connection refused")}
	require.EqualError(t, err, `no Temporal Service answers at host:1 (connection refused): `+
		`start one with "ordermatrix server", or name yours with --address or TEMPORAL_ADDRESS`)
}
