package matrix

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Cache keeps the rows of one family from one run to the next: see package cache. Several
// goroutines use a Cache at once.
//
// A Cache is for one program, one family and one set of options. The key holds everything else that
// a verdict depends on.
type Cache interface {
	// Get returns the row that Put was given for the key, or false if there is none. The row may
	// lack cells. The missing cells are then judged.
	Get(key CacheKey) (Row, bool)

	// Put gets each row whose cells were all judged and whose recording was read without an error.
	Put(key CacheKey, row Row)
}

// CacheKey is the hash of a recording. It covers the bytes of the file, and the family, name and
// path of the recording.
type CacheKey [sha256.Size]byte

// KeyOf returns the key of the recording with these bytes.
func KeyOf(source history.Source, data []byte) CacheKey {
	h := sha256.New()
	for _, part := range []string{source.Family, source.Name, source.Path} {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		h.Write([]byte(part))
	}
	h.Write(data)
	return CacheKey(h.Sum(nil))
}

// keeping is one recording between its file and the cache. nil keeps nothing.
type keeping struct {
	cache Cache
	key   CacheKey
	// judged are the results that the cache has, by stage.
	judged map[string]Cell
	row    Row
}

// keep reads the file and asks the cache. From then on the source loads the bytes
// that were hashed, whatever happens to the file.
func (j *judge) keep(ctx context.Context, source *history.Source) *keeping {
	if j.Cache == nil || source.Read == nil {
		return nil
	}
	var data []byte
	var err error
	k := &keeping{cache: j.Cache}
	j.work(ctx, func(*replay.Replayer) {
		if data, err = source.Read(); err != nil {
			return
		}
		k.key = KeyOf(*source, data)
		if row, ok := j.Cache.Get(k.key); ok {
			k.row, k.judged = row, make(map[string]Cell, len(row.Cells))
			for _, c := range row.Cells {
				k.judged[c.Stage] = c
			}
		}
	})
	if err != nil {
		source.Load = func() (*history.Recording, error) { return nil, err }
		return nil
	}
	if data == nil {
		return nil // cancelled before it was read
	}
	path := source.Path
	source.Load = func() (*history.Recording, error) { return history.Decode(path, data) }
	return k
}

// fill completes the row from the cache, and reports whether no cell is left to
// judge. A row that is not complete is none: its recording must be read anyway.
func (k *keeping) fill(row *Row) bool {
	if k == nil || k.judged == nil || len(k.missing(row.Cells)) > 0 {
		return false
	}
	cells := row.Cells
	*row = k.row
	row.Cells = cells
	return true
}

// missing sets the results that the cache has, and returns the other cells.
func (k *keeping) missing(cells []Cell) (missing []*Cell) {
	for i := range cells {
		var ok bool
		if k != nil {
			var kept Cell
			if kept, ok = k.judged[cells[i].Stage]; ok {
				cells[i].Result, cells[i].Effects = kept.Result, kept.Effects
			}
		}
		if !ok {
			missing = append(missing, &cells[i])
		}
	}
	return missing
}

func (k *keeping) put(row Row) {
	// The key says nothing of other recordings.
	borrowed := slices.ContainsFunc(row.Cells, func(c Cell) bool { return c.Effects.Borrowed })
	if k != nil && !borrowed {
		k.cache.Put(k.key, row)
	}
}
