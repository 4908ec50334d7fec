package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/pull"
)

// TestPullTransform has what is written changed, or refused. What was downloaded is never on the disk.
func TestPullTransform(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	startPulledWorker(t, c)
	for _, id := range []string{"a", "b", "c"} {
		require.NoError(t, startPulled(t, c, id, "markers", 3).Get(t.Context(), nil))
	}
	awaitListed(t, c, "CloseTime IS NOT NULL", 3)

	dir := t.TempDir()
	plain := pull.Options{Client: c, Dir: dir, Executions: []pull.Execution{{WorkflowID: "a"}}}
	_, err := pull.Histories(t.Context(), plain)
	require.NoError(t, err)
	require.Equal(t, 1, secrets(t, dir), "the test can see it")

	// Of a, an earlier pull has left the original; of b the transform cannot do anything.
	errCannot := errors.New("event 5: cannot be redacted")
	o := pull.Options{Client: c, Dir: dir, Query: "WorkflowType = 'markers'"}
	o.Transform = func(_ context.Context, r *history.Recording) (*history.Recording, error) {
		assert.LessOrEqual(t, secrets(t, dir), 1, "not even while it is worked on")
		if r.WorkflowID == "b" {
			return nil, errCannot
		}
		for _, event := range r.History.Events {
			for _, payloads := range event.GetMarkerRecordedEventAttributes().GetDetails() {
				for _, p := range payloads.GetPayloads() {
					p.Data = []byte(`"redacted"`)
				}
			}
		}
		return r, nil
	}
	var failed []pull.Run
	o.Progress = func(o pull.Run) {
		if o.State == pull.Failed {
			failed = append(failed, o)
		}
	}
	summary, err := pull.Histories(t.Context(), o)
	require.Equal(t, pull.Summary{Pulled: 1, Refreshed: 1, Failed: 1}, summary, "the original is replaced")
	require.ErrorIs(t, err, errCannot)
	require.Len(t, failed, 1)
	require.Equal(t, "b", failed[0].WorkflowID)
	require.ErrorContains(t, failed[0].Err, ": nothing is written: event 5: cannot be redacted")
	require.Zero(t, secrets(t, dir))
	require.Len(t, filesBelow(t, dir), 2)

	// Nothing tells by itself what the transform has made, so all of it is made again.
	summary, _ = pull.Histories(t.Context(), o)
	require.Equal(t, pull.Summary{Refreshed: 2, Failed: 1}, summary)
	o.Keep = func(*history.Recording) bool { return true }
	summary, _ = pull.Histories(t.Context(), o)
	require.Equal(t, pull.Summary{There: 2, Failed: 1}, summary, "unless the caller can tell")
}

// secrets counts the files that hold what the executions hold, temporary ones among them.
func secrets(t *testing.T, dir string) (count int) {
	entries, err := os.ReadDir(dir)
	assert.NoError(t, err)
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if errors.Is(err, fs.ErrNotExist) {
			continue // A temporary file that has become a whole one.
		}
		assert.NoError(t, err)
		if bytes.Contains(data, []byte(base64.StdEncoding.EncodeToString([]byte(`"`+secret+`"`)))) {
			count++
		}
	}
	return count
}
