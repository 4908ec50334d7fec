package cache

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Proof compares the rows in the cache with new replays of the same recordings.
type Proof struct {
	// Same is the number of cells in the cache for which the replay gave the same result again.
	Same int
	// Refuted are the cells in the cache for which the replay gave another result.
	Refuted []Refuted

	keys map[matrix.CacheKey]bool
}

// Refuted is a cell whose result in the cache differs from the result of a replay now.
type Refuted struct{ Was, Now matrix.Cell }

// Prove makes the Rows check themselves. Get then finds nothing. Put compares the row that it gets
// with the row in the cache. Close removes refuted rows and adds no rows. The Proof is complete
// when the family is judged.
func (r *Rows) Prove() *Proof {
	r.proof = &Proof{keys: map[matrix.CacheKey]bool{}}
	return r.proof
}

func (r *Rows) prove(key matrix.CacheKey, row matrix.Row) {
	r.mu.Lock()
	defer r.mu.Unlock()
	was, err := matrix.DecodeRow(r.index[key])
	if err != nil {
		return // there is none
	}
	for _, old := range was.Cells {
		i := slices.IndexFunc(row.Cells, func(c matrix.Cell) bool { return c.Stage == old.Stage })
		switch {
		case i < 0:
		case old.Verdict == replay.Unstable && row.Cells[i].Verdict != replay.Unstable:
			// It was seen to be, and that it does the same now is luck.
		case old.Verdict == replay.Unstable || len(changed(old.Result, row.Cells[i].Result)) == 0:
			r.proof.Same++
		default:
			r.proof.Refuted = append(r.proof.Refuted, Refuted{Was: old, Now: row.Cells[i]})
			r.proof.keys[key] = true
		}
	}
}

func (p *Proof) refuted() bool                    { return p != nil && len(p.keys) > 0 }
func (p *Proof) refutes(key matrix.CacheKey) bool { return p != nil && p.keys[key] }

// String names the cell and says how its result has changed.
func (r Refuted) String() string {
	if r.Was.Verdict != r.Now.Verdict {
		return fmt.Sprintf("%s was %s, and is %s now", r.Now, r.Was.Verdict, r.Now.Verdict)
	}
	return fmt.Sprintf("%s is %s as before, with other %s", r.Now, r.Now.Verdict,
		strings.Join(changed(r.Was.Result, r.Now.Result), " and "))
}

// changed returns the names of the fields that differ, but for the error, which
// loses its type, and the explanation, which is not kept.
func changed(was, now replay.Result) (names []string) {
	was.Err, now.Err, was.SDKErr, now.SDKErr, was.Explanation, now.Explanation = nil, nil, nil, nil, nil, nil
	a, b := reflect.ValueOf(was), reflect.ValueOf(now)
	for _, field := range reflect.VisibleFields(a.Type()) {
		if field.Anonymous {
			continue
		}
		if !reflect.DeepEqual(a.FieldByIndex(field.Index).Interface(), b.FieldByIndex(field.Index).Interface()) {
			names = append(names, strings.ToLower(field.Name))
		}
	}
	return names
}

// A RefutedError says that replays gave other verdicts or results than the cache had.
type RefutedError struct{ Cells []Refuted }

// most is the number of cells that an error lists.
const most = 5

func (e *RefutedError) Error() string {
	var b strings.Builder
	if len(e.Cells) == 1 {
		b.WriteString("the cache was wrong about 1 cell:")
	} else {
		fmt.Fprintf(&b, "the cache was wrong about %d cells:", len(e.Cells))
	}
	for i, c := range e.Cells {
		if i == most {
			fmt.Fprintf(&b, "\n  and %d more", len(e.Cells)-most)
			break
		}
		fmt.Fprintf(&b, "\n  %s", c)
	}
	b.WriteString("\nthe verdicts above are those of now, and the wrong ones are removed; what the code or a data " +
		"converter reads has\nchanged and is not in the cache's key, such as a file or the clock: see " +
		"docs/cache.md, and set " + Variable + "=off")
	return b.String()
}

// Err returns a *RefutedError if any cell is refuted, else nil.
func (p *Proof) Err() error {
	if len(p.Refuted) == 0 {
		return nil
	}
	return &RefutedError{Cells: p.Refuted}
}
