package cache

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

func someEntries() []entry {
	return []entry{{matrix.CacheKey{1}, []byte(`{"Recording":"a"}`)}, {matrix.CacheKey{2}, []byte{}},
		{matrix.CacheKey{3}, []byte(`{}`)}}
}

func TestPack(t *testing.T) {
	t.Parallel()
	entries := someEntries()
	require.Equal(t, entries, unpack(pack(entries, maxPack)))
	require.Empty(t, unpack(pack(nil, maxPack)))
	size := len(pack(entries, maxPack))
	require.Equal(t, entries[:2], unpack(pack(entries, size-1)), "what does not fit is left out from the end")
	require.Equal(t, entries, unpack(pack(entries, size)))
}

// TestDamagedPack cuts a file at every byte and turns every bit of it: nothing of
// it is used then.
func TestDamagedPack(t *testing.T) {
	t.Parallel()
	good := pack(someEntries(), maxPack)
	for i := range good {
		require.Emptyf(t, unpack(good[:i]), "cut at byte %d", i)
		for bit := range 8 {
			bad := bytes.Clone(good)
			bad[i] ^= 1 << bit
			require.Emptyf(t, unpack(bad), "bit %d of byte %d", bit, i)
		}
	}
	require.Empty(t, unpack(append(bytes.Clone(good), 0)))
}

func TestReadPack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.Empty(t, readPack(filepath.Join(dir, "nothing")))
	require.Empty(t, readPack(dir), "a folder")
	file := filepath.Join(dir, "x")
	require.NoError(t, os.WriteFile(file, pack(someEntries(), maxPack), 0o600))
	require.Equal(t, someEntries(), readPack(file))
	require.NoError(t, os.Truncate(file, maxPack+1))
	require.Empty(t, readPack(file), "larger than any that is written, and not read")
}

func FuzzUnpack(f *testing.F) {
	f.Add(pack(someEntries(), maxPack))
	f.Fuzz(func(t *testing.T, data []byte) {
		// The hash keeps the fuzzer out, so it is made to fit.
		body := append([]byte(format+"\n"), data...)
		sum := hashOf(body)
		for _, e := range unpack(append(body, sum...)) {
			require.LessOrEqual(t, len(e.row), len(data))
		}
	})
}
