// Package report writes matrices for people and for programs. Its functions are
// pure: the same matrix gives the same bytes, and nothing but the writer is
// touched.
package report

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// JSONVersion is the version of the JSON document. It changes when a field is
// removed or changes its meaning, not when one is added.
const JSONVersion = 1

// Document is the JSON document of a set of matrices.
type Document struct {
	Version int `json:"version"`
	// Level is what was compared: "commands" is the SDK's own check, which
	// looks at no values.
	Level    string         `json:"level"`
	Families []FamilyObject `json:"families"`
}

// FamilyObject is one family in a Document.
type FamilyObject struct {
	Name       string            `json:"name"`
	Stages     []string          `json:"stages"`
	Recordings []RecordingObject `json:"recordings"`
	Cells      []CellObject      `json:"cells"`
}

// RecordingObject is one recording in a Document. Builds are the build IDs that
// completed its workflow tasks, where the family's stages have build IDs.
type RecordingObject struct {
	Name     string   `json:"name"`
	Lineage  []string `json:"lineage"`
	Builds   []string `json:"builds,omitempty"`
	Scenario string   `json:"scenario"`
	Events   int      `json:"events"`
	Closed   bool     `json:"closed"`
}

// CellObject is one cell in a Document. Event is the ID of the event at which
// history and code part, 0 where there is none; Detail is one line for people;
// Source is the line of workflow code, where it is known; Moved is, for
// replay.NotApplicable, the verdict if the execution were moved to the stage.
type CellObject struct {
	Recording string         `json:"recording"`
	Stage     string         `json:"stage"`
	Verdict   replay.Verdict `json:"verdict"`
	Event     int64          `json:"event"`
	Detail    string         `json:"detail"`
	Source    string         `json:"source,omitempty"`
	Moved     replay.Verdict `json:"moved,omitempty"`
}

// JSON writes the matrices as one Document, indented, with a final newline.
func JSON(w io.Writer, matrices ...*matrix.Matrix) error {
	doc := Document{Version: JSONVersion, Level: "commands", Families: []FamilyObject{}}
	for _, m := range matrices {
		doc.Families = append(doc.Families, familyObject(m))
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(doc); err != nil {
		return fmt.Errorf("writing the matrix as JSON: %w", err)
	}
	return nil
}

func familyObject(m *matrix.Matrix) FamilyObject {
	// Empty lists are written as [], never as null.
	f := FamilyObject{
		Name:       m.Family.Name,
		Stages:     m.Family.StageNames(),
		Recordings: []RecordingObject{},
		Cells:      []CellObject{},
	}
	for _, row := range m.Rows {
		f.Recordings = append(f.Recordings, RecordingObject{
			Name:     row.Recording,
			Lineage:  append([]string{}, row.Lineage...),
			Builds:   row.Builds,
			Scenario: row.Scenario,
			Events:   row.Events,
			Closed:   row.Closed,
		})
	}
	for c := range m.Cells() {
		f.Cells = append(f.Cells, CellObject{
			Recording: c.Recording,
			Stage:     c.Stage,
			Verdict:   c.Verdict,
			Event:     c.Divergence.Event,
			Detail:    c.Detail,
			Source:    c.Divergence.Source,
			Moved:     c.Moved,
		})
	}
	return f
}
