package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/record"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestServiceKilled kills the service in the middle of a recording: what is done
// is kept and whole, the error names the recording that is not, and a second run
// makes all of them.
func TestServiceKilled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	attempt := func(timeout time.Duration, progress func(done int, s *serving)) ([]record.Attempt, error) {
		s := startCommand(t, "--ephemeral-port", "--until-stdin-closes")
		defer s.Wait()
		defer s.stdin.Close()
		c, err := client.Dial(client.Options{
			HostPort: strings.TrimSuffix(strings.Fields(s.ready)[4], ","),
			Logger:   log.NewStructuredLogger(slog.New(slog.DiscardHandler)),
		})
		require.NoError(t, err)
		defer c.Close()
		done := 0
		return record.Family(t.Context(), patching.Family, record.Options{Client: c, Dir: dir, Accept: replaysSafely, Timeout: timeout,
			Progress: func(record.Attempt) { done++; progress(done, s) }})
	}

	outcomes, err := attempt(5*time.Second, func(done int, s *serving) {
		if done == 3 {
			require.NoError(t, s.Process.Kill())
		}
	})
	require.ErrorContains(t, err, "recording patching/patch-complete.completed: ")
	require.Len(t, outcomes, 3)
	files := filesBelow(t, dir)
	require.Len(t, files, 3, "the file that was not finished is not there")
	for _, file := range files {
		_, err := history.ReadFile(os.DirFS(filepath.Dir(file)), filepath.Base(file))
		require.NoError(t, err, "whole")
	}
	leftovers, err := filepath.Glob(filepath.Join(dir, "patching", ".*"))
	require.NoError(t, err)
	require.Empty(t, leftovers)

	outcomes, err = attempt(patience, func(int, *serving) {})
	require.NoError(t, err, "a second run works")
	require.Greater(t, len(outcomes), 3)
}
