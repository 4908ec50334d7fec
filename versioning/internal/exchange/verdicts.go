package exchange

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// WriteVerdicts writes the rows of each Set of a test.
func WriteVerdicts(dir, id string, sets [][]matrix.Row) error {
	stored := make([][]json.RawMessage, len(sets))
	for i, rows := range sets {
		for _, row := range rows {
			data, err := matrix.EncodeRow(row)
			if err != nil {
				return err
			}
			stored[i] = append(stored[i], data)
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, "verdicts"), 0o755); err != nil {
		return err
	}
	return writeJSON(filepath.Join(dir, "verdicts", id+".json"), stored)
}

// ReadVerdicts reads the rows. If the test has written none, that is an error.
func ReadVerdicts(dir, id string) (sets [][]matrix.Row, err error) {
	var stored [][]json.RawMessage
	if err := readJSON(filepath.Join(dir, "verdicts", id+".json"), &stored); err != nil {
		return nil, fmt.Errorf("reading the verdicts of a test: %w", err)
	}
	sets = make([][]matrix.Row, len(stored))
	for i, rows := range stored {
		for _, data := range rows {
			row, err := matrix.DecodeRow(data)
			if err != nil {
				return nil, err
			}
			sets[i] = append(sets[i], row)
		}
	}
	return sets, nil
}
