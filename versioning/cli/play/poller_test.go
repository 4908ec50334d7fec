package play

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// TestPolls has what the service lists: workers that run, and for some minutes
// those that were stopped.
func TestPolls(t *testing.T) {
	t.Parallel()
	gone := exec.Command(os.Args[0], "-test.run=^$")
	require.NoError(t, gone.Run())
	self, ended, ours := os.Getpid(), gone.Process.Pid, os.Getppid()
	for _, tt := range []struct {
		name, identity string
		ago            time.Duration
		want           bool
		why            string
	}{
		{"runs here", fmt.Sprintf("%d@here@", self), 50 * time.Second, true, "an idle worker polls once a minute"},
		{"ended here", fmt.Sprintf("%d@here@", ended), time.Second, false, "a walk-through right after another"},
		{"ours", fmt.Sprintf("%d@here@", ours), time.Second, false, "the worker that the walk-through runs"},
		{"elsewhere", fmt.Sprintf("%d@there@", ended), 50 * time.Second, true, "nobody here knows whether it runs"},
		{"elsewhere, before", fmt.Sprintf("%d@there@", self), 2 * time.Minute, false, "it would have polled again"},
		{"of their own", "orders", time.Second, true, "an identity that somebody has chosen"},
		{"of their own, before", "orders", 2 * time.Minute, false, "it would have polled again"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := &taskqueuepb.PollerInfo{Identity: tt.identity,
				LastAccessTime: timestamppb.New(time.Now().Add(-tt.ago))}
			require.Equal(t, tt.want, polls(p, "here", ours), tt.why)
		})
	}
	require.EqualError(t, &sharedError{"orders-task-queue", "7@there@"},
		"another worker polls orders-task-queue (identity 7@there@): stop it, or name another service")
}
