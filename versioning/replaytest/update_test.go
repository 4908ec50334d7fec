package replaytest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

var other = versioning.Stage{Name: "other", Doc: "Registers another type.", Register: func(r worker.WorkflowRegistry) {
	r.RegisterWorkflowWithOptions(patching.Initial, workflow.RegisterOptions{Name: "Other"})
}}

func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }

func TestUpdate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := replaytest.Params{
		Family:     small,
		Recordings: folder(t, "initial.completed", "patched.completed"),
		Golden:     filepath.Join(dir, "new", "folder", "small.matrix"),
		Update:     true,
	}
	read := func() string {
		t.Helper()
		data, err := os.ReadFile(p.Golden)
		require.NoError(t, err)
		return string(data)
	}
	for _, before := range []string{"", "<<<<<<< HEAD\n", strings.Repeat("a longer file\n", 1000)} {
		if before != "" {
			require.NoError(t, os.WriteFile(p.Golden, []byte(before), 0o644))
		}
		messages, _ := run(t.Context(), p, nil)
		require.Empty(t, messages)
		if diff := cmp.Diff(goldenText, read()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	entries, err := os.ReadDir(filepath.Dir(p.Golden))
	require.NoError(t, err)
	require.Len(t, entries, 1, "temporary files are left")
	info, err := os.Stat(p.Golden)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o644), info.Mode().Perm())

	p.Update = false
	messages, _ := run(t.Context(), p, nil)
	require.Empty(t, messages, "what was written is what is expected")
}

// TestUpdateIsAtomic holds the old file open: who reads it sees the old text to
// its end, because the new one is another file.
func TestUpdateIsAtomic(t *testing.T) {
	t.Parallel()
	p := replaytest.Params{Family: small, Recordings: folder(t, "initial.completed", "patched.completed"),
		Golden: goldenFile(t, "old"), Update: true}
	old, err := os.Open(p.Golden)
	require.NoError(t, err)
	defer old.Close()
	messages, _ := run(t.Context(), p, nil)
	require.Empty(t, messages)
	text := make([]byte, 100)
	n, err := old.Read(text)
	require.NoError(t, err)
	require.Equal(t, "old", string(text[:n]))
}

func TestUpdateRefused(t *testing.T) {
	t.Parallel()
	two := folder(t, "initial.completed", "patched.completed")

	t.Run("filter", func(t *testing.T) {
		t.Parallel()
		p := replaytest.Params{Family: small, Recordings: two, Golden: goldenFile(t, "kept"), Update: true}
		messages, _ := run(t.Context(), p, func(name string) bool { return strings.HasSuffix(name, "@patched") })
		require.Equal(t, []string{"Test: small.matrix is not updated: that needs every cell, and -run selects 2"},
			messages)
		data, err := os.ReadFile(p.Golden)
		require.NoError(t, err)
		require.Equal(t, "kept", string(data))
	})

	t.Run("folder in the way", func(t *testing.T) {
		t.Parallel()
		golden := filepath.Join(t.TempDir(), "small.matrix")
		require.NoError(t, os.MkdirAll(filepath.Join(golden, "x"), 0o755))
		messages, _ := run(t.Context(), replaytest.Params{Family: small, Recordings: two, Golden: golden, Update: true},
			nil)
		require.Len(t, messages, 1)
		require.Contains(t, messages[0], "Test: writing the golden file small.matrix: ")
		entries, err := os.ReadDir(filepath.Dir(golden))
		require.NoError(t, err)
		require.Len(t, entries, 1, "temporary files are left")
	})

	t.Run("file in the way", func(t *testing.T) {
		t.Parallel()
		golden := filepath.Join(goldenFile(t, ""), "small.matrix")
		messages, _ := run(t.Context(), replaytest.Params{Family: small, Recordings: two, Golden: golden, Update: true},
			nil)
		require.Len(t, messages, 1)
		if runtime.GOOS != "windows" {
			require.Contains(t, messages[0], "Test: writing the golden file: ")
		}
	})
}
