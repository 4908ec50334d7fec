package exchange

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/shown"
)

// Asked is a cell that the process wants to know more of.
type Asked struct {
	// Folder holds the recording. Recording and Stage are its names in the test.
	Folder, Recording, Stage string
	// Row has one cell, as the process shows it: its names are those of columns and rows there.
	Row json.RawMessage
	// Near asks for the code of the stage near the place of the cell, and for nothing else: the stage goes on
	// with the execution, and the cell is one of the other tree.
	Near bool `json:",omitempty"`
	// Was is what the other tree has said to Near, and WasStage the name that its stage is shown under.
	Was      []replay.Near `json:",omitempty"`
	WasStage string        `json:",omitempty"`
}

// Explained is the answer to an Asked.
type Explained struct {
	// Panel is what a page shows of the cell, and Mending what other formats do.
	Panel   shown.Cell
	Mending report.Mending
	// Near is the answer to Asked.Near.
	Near []replay.Near `json:",omitempty"`
}

// Ask sets the cell that the process shows.
func (a *Asked) Ask(cell matrix.Cell) (err error) {
	a.Row, err = matrix.EncodeRow(matrix.Row{Recording: cell.Recording, Cells: []matrix.Cell{cell}})
	return err
}

// Cell returns the cell that the process shows.
func (a *Asked) Cell() (matrix.Cell, error) {
	row, err := matrix.DecodeRow(a.Row)
	if err == nil && len(row.Cells) != 1 {
		err = fmt.Errorf("%d cells are asked for in the place of one", len(row.Cells))
	}
	if err != nil {
		return matrix.Cell{}, err
	}
	return row.Cells[0], nil
}

// WriteExplained writes the answers, in the order of Request.Explain.
func WriteExplained(dir, id string, answers []Explained) error {
	if err := os.MkdirAll(filepath.Join(dir, "explained"), 0o755); err != nil {
		return err
	}
	return writeJSON(filepath.Join(dir, "explained", id+".json"), answers)
}

// ReadExplained reads the answers. There are none if the harness is one from before anybody asked.
func ReadExplained(dir, id string) (answers []Explained, err error) {
	err = readJSON(filepath.Join(dir, "explained", id+".json"), &answers)
	if missing(err) {
		return nil, nil
	}
	return answers, err
}
