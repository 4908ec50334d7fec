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

// Rows are those of one family. They are a matrix.Cache; Close is called when the
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

// Rows returns the rows that are kept for these inputs. It returns nil if none
// can be: with a Logger, whose results are not all in a row, and
// with code in Config.Worker that no Key names. A nil *Rows can be closed, and is not to
// be given to a matrix.
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

// Put implements matrix.Cache. It keeps what would come out as it went in, and no
// more.
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

// Close keeps the rows that are new, and marks those that were there as used. The
// file is replaced in one step; of two processes that do so at the same time, one
// will have its rows judged again. The error is for who wants to know: nothing is
// lost but time.
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

// used is how exact the time of a file's last use is.
const used = time.Hour

func touch(path string, asked bool) error {
	info, err := os.Stat(path)
	if err != nil || !asked || time.Since(info.ModTime()) < used {
		return nil
	}
	return os.Chtimes(path, time.Time{}, time.Now())
}
