package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"os"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// maxPack is the most that a file may take, in bytes. Who has more recordings of a
// family than fit has the verdicts of the others judged each time.
const maxPack = 64 << 20

// entry is a row in its stored form.
type entry struct {
	key matrix.CacheKey
	row []byte
}

// A file is the format, then each entry as key, length and row, then a hash of all
// that comes before it.
const perEntry = sha256.Size + 4

// pack returns the first entries that fit.
func pack(entries []entry, limit int) []byte {
	data := []byte(format + "\n")
	for _, e := range entries {
		if len(data)+perEntry+len(e.row)+sha256.Size > limit {
			break
		}
		data = append(data, e.key[:]...)
		data = binary.BigEndian.AppendUint32(data, uint32(len(e.row)))
		data = append(data, e.row...)
	}
	sum := sha256.Sum256(data)
	return append(data, sum[:]...)
}

// unpack returns the entries, which share the memory of data; none if it is not
// what pack has made, to the last bit.
func unpack(data []byte) (entries []entry) {
	if len(data) < sha256.Size {
		return nil
	}
	data, sum := data[:len(data)-sha256.Size], data[len(data)-sha256.Size:]
	rest, ok := bytes.CutPrefix(data, []byte(format+"\n"))
	if actual := sha256.Sum256(data); !ok || !bytes.Equal(actual[:], sum) {
		return nil
	}
	for len(rest) >= perEntry {
		key, size := matrix.CacheKey(rest[:sha256.Size]), binary.BigEndian.Uint32(rest[sha256.Size:])
		rest = rest[perEntry:]
		if uint64(size) > uint64(len(rest)) {
			return nil
		}
		entries = append(entries, entry{key, rest[:size:size]})
		rest = rest[size:]
	}
	return entries
}

// readPack returns nothing where it cannot: the rows are then judged.
func readPack(path string) []entry {
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return nil // to open a pipe would wait for ever, and a link is nothing that a cache has made
	}
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxPack {
		return nil
	}
	data := make([]byte, info.Size())
	if _, err := io.ReadFull(f, data); err != nil {
		return nil
	}
	return unpack(data)
}
