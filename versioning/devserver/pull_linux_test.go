package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// TestPullThousand downloads 1,000 histories of 200 events with the real command: it is killed in the middle again and again, and
// what it leaves is whole; the last run adds what is missing and touches nothing else. Its memory is that of a run of
// 100 histories.
func TestPullThousand(t *testing.T) {
	const count, few, events = 1000, 100, 200
	server := start(t, Options{Address: "127.0.0.1:0"})
	c := dial(t, server)
	startPulledWorker(t, c)
	began := time.Now()
	startMany(t, c, count, events)
	t.Logf("%d executions of %d events in %v", count, events, time.Since(began))
	r := buildReplaymatrix(t, server.Address())
	args := []string{"pull", "--workflow-type", pulledType}

	dir := filepath.Join(t.TempDir(), "orders")
	whole := map[string]time.Time{}
	for range 5 {
		cmd := r.command(t, append(args, dir)...)
		ended := make(chan error, 1)
		require.NoError(t, cmd.Start())
		go func() { ended <- cmd.Wait() }()
		aim := len(whole) + count/10
		require.Eventually(t, func() bool { return countFiles(dir) >= aim || len(ended) > 0 }, patience, tick)
		require.Empty(t, ended, "it ended by itself")
		require.NoError(t, cmd.Process.Kill())
		require.Error(t, <-ended)

		now := readNew(t, dir, whole)
		require.GreaterOrEqual(t, len(now), aim)
		whole = now
	}
	require.Less(t, len(whole), count, "all kills were in the middle")

	// What a kill leaves in the very moment of writing, so that there is one for certain.
	var one string
	for one = range whole {
		break
	}
	data, err := os.ReadFile(filepath.Join(dir, one))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "."+one+".4711"), data[:len(data)/2], 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, ".gitignore"), nil, 0o600))

	stdout, stderr, code := r.run(t, append(args, dir)...)
	require.Zero(t, code, stderr)
	require.Empty(t, stderr, "no progress on a pipe")
	require.Contains(t, stdout, fmt.Sprintf("pulled %d, already there %d, failed 0 (%s)\n", count-len(whole), len(whole), dir))
	require.Len(t, readNew(t, dir, whole), count)
	require.Equal(t, []string{".gitignore"}, hidden(t, dir), "leftovers are gone, and what is not ours stays")

	sources, err := history.Dir(os.DirFS(dir), ".")
	require.NoError(t, err)
	ids := map[string]bool{}
	for _, source := range sources {
		got, err := source.Load()
		require.NoError(t, err)
		ids[got.WorkflowID] = true
		require.Empty(t, got.Lineage)
		require.GreaterOrEqual(t, len(got.History.GetEvents()), events)
		require.True(t, proto.Equal(served(t, c, got.WorkflowID, got.RunID), got.History), "%s is not what the service has", source.Path)
	}
	require.Len(t, ids, count, "each execution once")

	stdout, _, code = r.run(t, append(args, dir)...)
	require.Zero(t, code)
	require.Contains(t, stdout, fmt.Sprintf("pulled 0, already there %d, failed 0 ", count))

	small := peak(t, r, append(args, "--limit", fmt.Sprint(few), t.TempDir())...)
	large := peak(t, r, append(args, t.TempDir())...)
	t.Logf("peak memory: %d MB for %d histories, %d MB for %d", small>>20, few, large>>20, count)
	require.Less(t, float64(large), 1.5*float64(small), "memory grows with the number of histories")
}

// readNew reads the recordings that were not there before, and gives the time at which each one was written. Those that were
// are not written again.
func readNew(t *testing.T, dir string, before map[string]time.Time) map[string]time.Time {
	t.Helper()
	sources, err := history.Dir(os.DirFS(dir), ".")
	require.NoError(t, err)
	written := map[string]time.Time{}
	for _, source := range sources {
		info, err := fs.Stat(os.DirFS(dir), source.Path)
		require.NoError(t, err)
		written[source.Path] = info.ModTime()
		if was, there := before[source.Path]; there {
			require.Equal(t, was, info.ModTime(), "%s was written again", source.Path)
			continue
		}
		r, err := source.Load()
		require.NoError(t, err, "half-written")
		require.True(t, r.Closed(), "half-written")
	}
	for name := range before {
		require.Contains(t, written, name, "it is gone")
	}
	return written
}

func countFiles(dir string) int {
	files, _ := filepath.Glob(filepath.Join(dir, "*.json"))
	return len(files)
}

func hidden(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") {
			names = append(names, entry.Name())
		}
	}
	return names
}

// peak runs the command and gives its largest resident set in bytes. It asks the kernel while the command runs: what
// wait tells in the end counts this process too, which the command was forked from.
func peak(t *testing.T, r replaymatrix, args ...string) (largest int64) {
	t.Helper()
	cmd := r.command(t, args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	began := time.Now()
	require.NoError(t, cmd.Start())
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case err := <-ended:
			require.NoError(t, err, "%s", &out)
			require.NotZero(t, largest)
			t.Logf("%s in %v", strings.SplitN(out.String(), "(", 2)[0], time.Since(began).Round(time.Millisecond))
			return largest
		case <-time.After(5 * time.Millisecond):
		}
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
		if m := highWater.FindSubmatch(status); err == nil && m != nil {
			kilobytes, err := strconv.ParseInt(string(m[1]), 10, 64)
			require.NoError(t, err)
			largest = kilobytes << 10 // It never sinks.
		}
	}
}

var highWater = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)
