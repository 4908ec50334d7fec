package matrix

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// keptRows is the number of rows that are kept whatever they are. Fewer are not worth the folding, and what shows single
// rows shows no more of them.
const keptRows = 1000

// A folder collects rows, and of safe ones that are alike a single one.
type folder struct {
	rows []Row
	// at is the place of the row that stands for each that is alike.
	at map[[sha256.Size]byte]int
}

func (f *folder) add(row Row) {
	if len(f.rows) < keptRows {
		f.rows = append(f.rows, row)
		return
	}
	if key, ok := likeness(row); ok {
		if i, ok := f.at[key]; ok {
			f.rows[i].Alike++
			return
		}
		if f.at == nil {
			f.at = map[[sha256.Size]byte]int{}
		}
		f.at[key] = len(f.rows)
	}
	f.rows = append(f.rows, row)
}

// isSafe reports whether there is nothing to say of the row.
func isSafe(row Row) bool {
	if row.Err != nil {
		return false
	}
	for _, c := range row.Cells {
		noted := len(c.Notes)+len(c.Differences)+len(c.Allowed) > 0 || c.Effects.Failed != "" ||
			slices.ContainsFunc(c.Effects.List, func(e rehearse.Effect) bool { return !asMeant(e) })
		if c.Verdict != replay.Safe || noted || c.Err != nil || c.SDKErr != nil || c.Explanation != nil || len(row.Changes(c)) > 0 {
			return false
		}
	}
	return true
}

// asMeant reports whether a live Worker goes on with the execution as the one that ran it.
func asMeant(e rehearse.Effect) bool {
	return (e.Kind == rehearse.AsRecorded || e.Kind == rehearse.Waits) && !e.Breaks && !e.ByVersion &&
		(e.Roll == nil || !e.Roll.Stuck && e.Roll.Ending == "")
}

// likeness is equal for safe rows of which everything is equal but names, the number of events and answers: those that a reader
// counts, and does not tell apart.
func likeness(row Row) (key [sha256.Size]byte, ok bool) {
	if !isSafe(row) {
		return key, false
	}
	row.Recording, row.Events = "", 0
	cells := make([]Cell, len(row.Cells))
	for i, c := range row.Cells {
		c.Recording, c.Answers = "", nil
		cells[i] = c
	}
	row.Cells = cells
	data, err := json.Marshal(storedRow{Row: row})
	return sha256.Sum256(data), err == nil
}

// Count is the number of recordings that the row is about.
func (r Row) Count() int { return 1 + r.Alike }

// All yields the rows in order, those with others alike as often as there are such: see Row.Alike.
func (m *Matrix) All() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for _, row := range m.Rows {
			for range row.Count() {
				if !yield(row) {
					return
				}
			}
		}
	}
}

// kept yields the cells of the rows that are kept, for whom one of those that are alike is enough.
func (m *Matrix) kept() iter.Seq[Cell] { return cellsOf(slices.Values(m.Rows)) }

// Recordings is the number of recordings that were judged: that of the rows, and of those that are alike.
func (m *Matrix) Recordings() int {
	n := 0
	for _, row := range m.Rows {
		n += row.Count()
	}
	return n
}

// ErrFolded is in the error of a writer that needs each row, for a Matrix whose rows stand for others.
var ErrFolded = errors.New("some rows stand for others, whose names are not known; judge without Options.Fold")

// Whole returns an error that wraps ErrFolded if a row of the matrices stands for others.
func Whole(matrices ...*Matrix) error {
	for _, m := range matrices {
		if m.Recordings() > len(m.Rows) {
			return fmt.Errorf("%s: %w", m.Family.Name, ErrFolded)
		}
	}
	return nil
}
