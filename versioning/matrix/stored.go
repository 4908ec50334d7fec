package matrix

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// storedRow is what EncodeRow writes. Errors become text: nothing can be asked of
// an error that comes out of a file but what it says.
type storedRow struct {
	Row
	Err string `json:",omitempty"`
	// Errs and SDKErrs are those of the cells, by their place.
	Errs    map[int]string `json:",omitempty"`
	SDKErrs map[int]string `json:",omitempty"`
}

// EncodeRow returns the row as bytes for DecodeRow. A process uses it to keep rows or to hand them
// to another process. Explanations are left out. The format is private to one version of this
// module. Package document has the format for everybody.
func EncodeRow(row Row) ([]byte, error) {
	stored := storedRow{Row: row, Errs: map[int]string{}, SDKErrs: map[int]string{}}
	stored.Cells = make([]Cell, len(row.Cells))
	if row.Err != nil {
		stored.Err = row.Err.Error()
	}
	for i, c := range row.Cells {
		if c.Err != nil {
			stored.Errs[i] = c.Err.Error()
		}
		if c.SDKErr != nil {
			stored.SDKErrs[i] = c.SDKErr.Error()
		}
		c.Err, c.SDKErr, c.Explanation = nil, nil, nil
		stored.Cells[i] = c
	}
	stored.Row.Err = nil
	data, err := json.Marshal(stored)
	if err != nil {
		return nil, fmt.Errorf("storing the verdicts of %s: %w", row.Recording, err)
	}
	return data, nil
}

// DecodeRow returns the row that EncodeRow has stored.
func DecodeRow(data []byte) (Row, error) {
	var stored storedRow
	if err := json.Unmarshal(data, &stored); err != nil {
		return Row{}, fmt.Errorf("reading stored verdicts: %w", err)
	}
	row := stored.Row
	if stored.Err != "" {
		row.Err = errors.New(stored.Err)
	}
	for _, c := range row.Cells {
		for i, v := range []replay.Verdict{c.Verdict, c.Moved} {
			if i == 1 && v == "" { // a cell that is not pinned
				continue
			}
			if _, err := replay.ParseVerdict(string(v)); err != nil {
				return Row{}, fmt.Errorf("reading stored verdicts of %s: %w", row.Recording, err)
			}
		}
	}
	for i, text := range stored.Errs {
		if i < 0 || i >= len(row.Cells) {
			return Row{}, fmt.Errorf("reading stored verdicts of %s: there is no cell %d", row.Recording, i)
		}
		row.Cells[i].Err = errors.New(text)
	}
	for i, text := range stored.SDKErrs {
		if i < 0 || i >= len(row.Cells) {
			return Row{}, fmt.Errorf("reading stored verdicts of %s: there is no cell %d", row.Recording, i)
		}
		row.Cells[i].SDKErr = errors.New(text)
	}
	return row, nil
}
