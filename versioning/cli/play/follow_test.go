package play

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/connect"
)

// TestEndOf has the errors of calls whose context has a deadline.
func TestEndOf(t *testing.T) {
	t.Parallel()
	patience := errors.New("x did not get there")
	deadline := serviceerror.NewDeadlineExceeded("context deadline exceeded")
	for _, tt := range []struct {
		name    string
		timeout time.Duration
		err     error
		want    error
		why     string
	}{
		{"a moment before", 50 * time.Millisecond, deadline, patience, "the timer of gRPC was first"},
		{"of the context", 50 * time.Millisecond, context.DeadlineExceeded, patience, "the same from Go"},
		{"long before", time.Hour, deadline, nil, "the service was slow by its own measure"},
		{"another error", time.Hour, serviceerror.NewNotFound("no"), nil, "the context goes on"},
		{"after the end", 0, serviceerror.NewUnavailable("closing"), patience, "whatever fails then fails for that"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeoutCause(t.Context(), tt.timeout, patience)
			defer cancel()
			require.Equal(t, tt.want, endOf(ctx, tt.err), tt.why)
		})
	}
}

// TestFollowTimesOut follows an execution at an address that accepts connections
// and says nothing.
func TestFollowTimesOut(t *testing.T) {
	t.Parallel()
	silence, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer silence.Close()
	c, err := client.NewLazyClient(client.Options{HostPort: silence.Addr().String(), Logger: connect.Silent})
	require.NoError(t, err)
	defer c.Close()
	s := &connection{Service: &connect.Service{Client: c}}
	patience := errors.New("x did not get there")
	ctx, cancel := context.WithTimeoutCause(t.Context(), 300*time.Millisecond, patience)
	defer cancel()
	_, err = s.follow(ctx, "x", "run", taskCompleted)
	require.Equal(t, patience, err)
}
