package budget

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// TestAcquire holds that no more is taken at a time than there is.
func TestAcquire(t *testing.T) {
	t.Parallel()
	b := New(100)
	var taken, most atomic.Int64
	var all sync.WaitGroup
	for i := range 200 {
		all.Go(func() {
			n := int64(20 + i%81)
			release, err := b.Acquire(t.Context(), n)
			require.NoError(t, err)
			defer release()
			if now := taken.Add(n); now > most.Load() {
				most.Store(now)
			}
			runtime.Gosched()
			taken.Add(-n)
		})
	}
	all.Wait()
	require.LessOrEqual(t, most.Load(), int64(100))
	require.True(t, b.free.TryAcquire(100), "all of it is given back")
}

func TestTooLarge(t *testing.T) {
	t.Parallel()
	b := New(10 << 20)
	_, err := b.Acquire(t.Context(), 11<<20)
	var large *TooLargeError
	require.ErrorAs(t, err, &large)
	require.EqualError(t, err, "reading it can take 11 MB of memory, more than the 10 MB that all files may take together; raise "+
		"that with --memory if the machine has more")

	stopped := errors.New("stopped")
	ctx, stop := context.WithCancelCause(t.Context())
	stop(stopped)
	release, err := b.Acquire(t.Context(), 10<<20)
	require.NoError(t, err)
	_, err = b.Acquire(ctx, 1)
	require.ErrorIs(t, err, stopped)
	release()
	require.True(t, b.free.TryAcquire(10<<20))
}

// TestOfSystem holds which of the limits counts.
func TestOfSystem(t *testing.T) {
	t.Parallel()
	const meminfo = "MemTotal:       16384000 kB\nMemFree:         1000 kB\n"
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  int64
		why   string
	}{
		{"machine", map[string]string{"proc/meminfo": meminfo}, 16384000 << 10, "no group"},
		{"container", map[string]string{"proc/meminfo": meminfo, "sys/fs/cgroup/memory.max": "2147483648\n"}, 2 << 30, "what it sees is its own"},
		{"no limit", map[string]string{"proc/meminfo": meminfo, "sys/fs/cgroup/memory.max": "max\n"}, 16384000 << 10, "max is none"},
		{"service", map[string]string{"proc/meminfo": meminfo, "proc/self/cgroup": "0::/system.slice/ci.service\n",
			"sys/fs/cgroup/system.slice/ci.service/memory.max": "max\n", "sys/fs/cgroup/system.slice/memory.max": "1073741824\n"},
			1 << 30, "a group above counts too"},
		{"version 1", map[string]string{"proc/meminfo": meminfo, "proc/self/cgroup": "5:cpu:/x\n4:memory:/docker/1\n",
			"sys/fs/cgroup/memory/docker/1/memory.limit_in_bytes": "536870912\n", "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"},
			512 << 20, "older machines"},
		{"elsewhere", nil, 0, "no such files"},
		{"garbage", map[string]string{"proc/meminfo": "MemTotal: x kB\n", "sys/fs/cgroup/memory.max": "-1", "proc/self/cgroup": "0\n::/\n"}, 0, "nothing to go by"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			root := fstest.MapFS{}
			for name, text := range tt.files {
				root[name] = &fstest.MapFile{Data: []byte(text)}
			}
			require.Equal(t, tt.want, ofSystem(root), tt.why)
		})
	}
	require.EqualValues(t, 1<<30, atMost(64<<30), "enough")
	require.EqualValues(t, 256<<20, atMost(1<<30), "a quarter")
	require.Positive(t, Default())
}

func TestParse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{"512MiB": 512 << 20, "2GiB": 2 << 30, "1.5g": 3 << 29, "2GB": 2_000_000_000, "64 m": 64 << 20,
		"2097152": 2 << 20, "1tb": 1_000_000_000_000} {
		got, err := Parse(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "x", "-1G", "1XB", "1GGB", "0", "5", "99999999999999T", "1e9", "1GiB extra"} {
		_, err := Parse(text)
		require.Error(t, err, text)
	}
}
