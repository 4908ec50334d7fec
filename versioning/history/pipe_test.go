//go:build unix

package history_test

import (
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// TestPipes holds that nothing opens a file that is never ready, in whatever file system it lies: Dir lists it, and its Load
// says what it is. A link to a regular file is that file.
func TestPipes(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	dir := filepath.Join(root, "order")
	require.NoError(t, os.Mkdir(dir, 0o755))
	sound, err := os.ReadFile("testdata/cli.json")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "sound.json"), sound, 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(root, "outside.json"), sound, 0o644))
	require.NoError(t, syscall.Mkfifo(filepath.Join(dir, "pipe.json"), 0o644))
	socket, err := net.Listen("unix", filepath.Join(dir, "socket.json"))
	require.NoError(t, err)
	t.Cleanup(func() { socket.Close() })
	for name, target := range map[string]string{
		"to-pipe": "pipe.json", "to-socket": "socket.json", "to-link": "to-pipe.json", "to-sound": "sound.json",
		"to-itself": "to-itself.json", "to-outside": "../outside.json", "to-nothing": "nothing.json", "to-device": "/dev/null",
	} {
		require.NoError(t, os.Symlink(target, filepath.Join(dir, name+".json")))
	}
	sub, err := fs.Sub(os.DirFS(root), "order")
	require.NoError(t, err)
	want := map[string]string{
		"pipe": "not a regular file", "socket": "not a regular file", "to-pipe": "not a regular file",
		"to-socket": "not a regular file", "to-link": "not a regular file", "to-device": "not a regular file",
		"to-itself": "links", "to-nothing": "no such file", "sound": "", "to-sound": "", "to-outside": "",
	}
	for name, fsys := range map[string]fs.FS{"a folder": os.DirFS(dir), "a part of a file system, which has no Stat": sub} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			done := make(chan map[string]error)
			go func() {
				got := map[string]error{}
				sources, err := history.Dir(fsys, ".")
				if err != nil {
					got["Dir"] = err
				}
				for _, s := range sources {
					_, got[s.Name] = s.Load()
				}
				done <- got
			}()
			select {
			case got := <-done:
				require.Len(t, got, len(want))
				for file, says := range want {
					if says == "" {
						require.NoError(t, got[file], file)
						continue
					}
					require.ErrorContains(t, got[file], says, file)
				}
			case <-time.After(20 * time.Second):
				t.Fatal("it waits for a file that is never ready")
			}
		})
	}
}

// TestLivePipe holds the same of the file with what live Workers did.
func TestLivePipe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, syscall.Mkfifo(filepath.Join(dir, history.LiveFile), 0o644))
	done := make(chan error, 1)
	go func() {
		_, err := history.ReadLive(os.DirFS(dir))
		done <- err
	}()
	select {
	case err := <-done:
		require.ErrorContains(t, err, "not a regular file")
	case <-time.After(20 * time.Second):
		t.Fatal("it waits for a file that is never ready")
	}
}
