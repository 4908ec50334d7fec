package cache

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// Rows are the rows of one family in the cache. They implement matrix.Cache. Call Close when the
// family is judged.
type Rows struct {
	path string

	mu    sync.Mutex
	old   []entry // as they were found
	index map[matrix.CacheKey][]byte
	// asked are the keys of this run, fresh the rows it has judged.
	asked map[matrix.CacheKey]bool
	fresh []entry
	// proof is not nil where everything is judged anew.
	proof *Proof
}

// Rows returns the cached rows for these inputs. It returns nil if no rows can be cached. That is
// so with a Logger, because a row does not hold all its results. It is also so if Config.Worker has
// code and Key is empty. A nil *Rows can be closed, but must not be given to a matrix.
func (s *Store) Rows(in Inputs) *Rows {
	if !in.cacheable() {
		return nil
	}
	inputs, err := in.digest()
	if err != nil {
		return nil
	}
	name := hash(format, s.program.String(), s.surroundings.String(), inputs.String())
	r := &Rows{
		path:  filepath.Join(s.folder, name.String()[:nameSize]+extension),
		index: map[matrix.CacheKey][]byte{},
		asked: map[matrix.CacheKey]bool{},
	}
	r.old = readPack(r.path)
	for _, e := range r.old {
		r.index[e.key] = e.row
	}
	return r
}

// Get implements matrix.Cache.
func (r *Rows) Get(key matrix.CacheKey) (matrix.Row, bool) {
	r.mu.Lock()
	stored, ok := r.index[key]
	r.asked[key] = true
	r.mu.Unlock()
	if !ok || r.proof != nil {
		return matrix.Row{}, false
	}
	row, err := matrix.DecodeRow(stored)
	return row, err == nil
}

// Put implements matrix.Cache. It leaves out cells whose verdict may differ in the next run. It
// keeps a row only if the row can be read back unchanged, apart from the types of its errors.
func (r *Rows) Put(key matrix.CacheKey, row matrix.Row) {
	if r.proof != nil {
		r.prove(key, row)
		return
	}
	row, ok := lasting(row)
	if !ok {
		return
	}
	data, err := matrix.EncodeRow(row)
	if err != nil {
		return
	}
	// Text that is no UTF-8 does not survive JSON, for example.
	if back, err := matrix.DecodeRow(data); err != nil || !same(row, back) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !bytes.Equal(data, r.index[key]) {
		r.fresh = append(r.fresh, entry{key, data})
	}
}

// same compares rows without their errors, which lose their type.
func same(a, b matrix.Row) bool { return reflect.DeepEqual(withoutErrors(a), withoutErrors(b)) }

func withoutErrors(row matrix.Row) matrix.Row {
	row.Err = nil
	row.Cells = slices.Clone(row.Cells)
	for i := range row.Cells {
		row.Cells[i].Err, row.Cells[i].SDKErr, row.Cells[i].Explanation = nil, nil, nil
	}
	return row
}

// Close writes the new rows, and marks the file of the rows as used. It replaces the file in one
// step. If two processes do this at the same time, the rows of one process are lost and will be
// judged again. Callers may ignore the error, because only time is lost.
func (r *Rows) Close() error {
	if r == nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.fresh) == 0 && !r.proof.refuted() {
		return touch(r.path, len(r.asked) > 0)
	}
	return replace(r.path, pack(r.entries(), maxPack))
}

// entries are the rows to keep, those that were not asked for last: they are the
// first to go when there is no room.
func (r *Rows) entries() (entries []entry) {
	again := map[matrix.CacheKey]bool{}
	for _, e := range r.fresh {
		again[e.key] = true
	}
	var rest []entry
	for _, e := range r.old {
		switch {
		case again[e.key] || r.proof.refutes(e.key):
		case r.asked[e.key]:
			entries = append(entries, e)
		default:
			rest = append(rest, e)
		}
	}
	return slices.Concat(r.fresh, entries, rest)
}

// used is how exact the time of a file's last use is, and how far the clock of a file server may be ahead.
const used = time.Hour

func touch(path string, asked bool) error {
	info, err := os.Stat(path)
	if err != nil || !asked || time.Since(info.ModTime()).Abs() < used {
		return nil
	}
	return os.Chtimes(path, time.Time{}, time.Now())
}
