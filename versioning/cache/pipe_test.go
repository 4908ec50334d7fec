//go:build unix

package cache

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestReadPackOfNoFile holds that a pack which is no regular file is not opened: a pipe is never ready, and a link can lead
// to anything.
func TestReadPackOfNoFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pipe, link, target := filepath.Join(dir, "pipe"), filepath.Join(dir, "link"), filepath.Join(dir, "target")
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	require.NoError(t, os.WriteFile(target, pack(someEntries(), maxPack), 0o600))
	require.NoError(t, os.Symlink(target, link))
	done := make(chan []entry, 2)
	go func() {
		done <- readPack(pipe)
		done <- readPack(link)
	}()
	for range 2 {
		select {
		case entries := <-done:
			require.Empty(t, entries)
		case <-time.After(20 * time.Second):
			t.Fatal("it waits for a file that is never ready")
		}
	}
}
