// Package document writes matrices and explained cells as JSON, for programs: Document and
// Explanation are what they decode it into.
package document

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// Version is the version of the JSON document. It changes when a field is
// removed or changes its meaning, not when one is added.
const Version = 1

// Document is the JSON document of a set of matrices.
type Document struct {
	Version int `json:"version"`
	// Level is what was compared. "commands" compares no values: it is the SDK's own check and the
	// way in which the execution ends.
	Level    compare.Level `json:"level"`
	Families []Family      `json:"families"`
}

// Family is one family in a Document. Deploy is what deploying the newest stage does. Rollback is
// what rolling back from the newest stage does. For a catalogue, Deploy is the worst of what its
// changes do, and Rollback is what the base does to executions of the changes. Roll is what Workers of
// the stage before do with executions that have had a Workflow Task under the newest one: it changes
// no verdict. It is empty if that was not asked.
type Family struct {
	Name       string         `json:"name"`
	Stages     []string       `json:"stages"`
	Deploy     finding.Answer `json:"deploy"`
	Rollback   finding.Answer `json:"rollback"`
	Roll       finding.Roll   `json:"roll,omitempty"`
	Recordings []Recording    `json:"recordings"`
	Cells      []Cell         `json:"cells"`
	Findings   []Finding      `json:"findings"`
	Coverage   []Coverage     `json:"coverage,omitempty"`
	Unused     []Unused       `json:"unused,omitempty"`
}

// Recording is one recording in a Document. Builds are the build IDs that completed the Workflow
// Tasks of the recording. Builds is only there if the family's stages have build IDs.
type Recording struct {
	Name     string   `json:"name"`
	Lineage  []string `json:"lineage"`
	Builds   []string `json:"builds,omitempty"`
	Scenario string   `json:"scenario"`
	Events   int      `json:"events"`
	Closed   bool     `json:"closed"`
}

// Cell is one cell in a Document.
//
// Event is the ID of the event at which history and code part, 0 if there is none. Source is the
// line of workflow code, if it is known.
//
// Answers are the answers of the query handlers after a safe or drifting replay, by the name of the
// query. Otherwise names the queries whose answer differs from the answer under the stage that ran
// the execution last.
//
// Moved is for replay.NotApplicable: the verdict if the execution were moved to the stage. Park is
// there for cells whose verdict, or Moved, is neither safe nor unjudged, unless it is Effects alone
// that make the cell incompatible.
//
// Differences are what the code does otherwise than the history, in the order of the history.
// Allowed are the differences that a rule allows.
type Cell struct {
	Recording string         `json:"recording"`
	Stage     string         `json:"stage"`
	Verdict   replay.Verdict `json:"verdict"`
	Event     int64          `json:"event"`
	// Detail is a line for people, which may change with any release. Programs read Cause.
	Detail string       `json:"detail"`
	Cause  *cause.Cause `json:"cause,omitempty"`
	Source string       `json:"source,omitempty"`
	// Callers are the lines through which the code came to Source, the innermost first.
	Callers []string       `json:"callers,omitempty"`
	Moved   replay.Verdict `json:"moved,omitempty"`

	Answers   map[string]Answer `json:"answers,omitempty"`
	Otherwise []string          `json:"otherwise,omitempty"`
	Park      *Park             `json:"park,omitempty"`
	// Effects are what live Workers do next. They are left out if nothing was rehearsed.
	Effects *Effects `json:"effects,omitempty"`
	Live    []Live   `json:"live,omitempty"`

	Differences []Difference `json:"differences,omitempty"`
	Allowed     []Difference `json:"allowed,omitempty"`

	// Notes are what the replay has seen beside the verdict, including findings.
	Notes []Note `json:"notes,omitempty"`
}

// Note is what a replay has seen beside its verdict: see replay.Note. Finding is whether the note
// can be what breaks the execution. The history alone does not tell whether it does.
type Note struct {
	Kind    replay.NoteKind `json:"kind"`
	Finding bool            `json:"finding"`
	Event   int64           `json:"event"`
	// EventType is empty if the note is about no event.
	EventType string `json:"eventType,omitempty"`
	Name      string `json:"name,omitempty"`
	Source    string `json:"source,omitempty"`
	Text      string `json:"text"`
}

func noteObjects(notes []replay.Note) (objects []Note) {
	for _, n := range notes {
		objects = append(objects, Note{
			Kind: n.Kind, Finding: n.Kind.Finding(), Event: n.Event, EventType: n.EventType, Name: n.Name,
			Source: n.Source, Text: advice.Note(n),
		})
	}
	return objects
}

// Live is what a live Worker did with the execution of the recording when the stage took over. Task
// is "closing" for the Workflow Task that closes the execution, otherwise "other". Outcome is
// "closed", "went-on", "task-failed" or "stuck". Differs is whether the verdict says something
// else.
type Live struct {
	Task    history.TaskKind `json:"task"`
	Outcome history.Outcome  `json:"outcome"`
	Ending  string           `json:"ending,omitempty"`
	Result  json.RawMessage  `json:"result,omitempty"`
	Cause   string           `json:"cause,omitempty"`
	Message string           `json:"message,omitempty"`
	Differs bool             `json:"differs"`
}

// Answer is the answer to a query: its value, or the error if there is no value.
type Answer struct {
	Value json.RawMessage `json:"value,omitempty"`
	Error string          `json:"error,omitempty"`
}

// Write writes the matrices as one Document, indented, with a final newline. The error wraps matrix.ErrFolded if a matrix
// does not have each row.
func Write(w io.Writer, matrices ...*matrix.Matrix) error {
	if err := matrix.Whole(matrices...); err != nil {
		return fmt.Errorf("writing the matrix as JSON: %w", err)
	}
	doc := Document{Version: Version, Level: told.LevelOf(matrices), Families: []Family{}}
	for _, m := range matrices {
		doc.Families = append(doc.Families, familyObject(m))
	}
	return prose.JSON(w, "matrix", doc)
}

func familyObject(m *matrix.Matrix) Family {
	s := told.Summarize(report.CIOptions{}, m)
	// Empty lists are written as [], never as null.
	f := Family{
		Name:       m.Family.Name,
		Stages:     m.Family.StageNames(),
		Deploy:     s.Deploy(),
		Rollback:   s.Rollback(),
		Roll:       s.Roll(),
		Findings:   findingObjects(m, s),
		Recordings: []Recording{},
		Cells:      []Cell{},
	}
	for _, row := range m.Rows {
		f.Recordings = append(f.Recordings, Recording{
			Name:     row.Recording,
			Lineage:  append([]string{}, row.Lineage...),
			Builds:   row.Builds,
			Scenario: row.Scenario,
			Events:   row.Events,
			Closed:   row.Closed,
		})
	}
	for _, row := range m.Rows {
		for _, c := range row.Cells {
			f.Cells = append(f.Cells, Cell{
				Recording: c.Recording,
				Stage:     c.Stage,
				Verdict:   c.Verdict,
				Event:     c.Place.Event,
				Detail:    advice.Line(c.Result),
				Cause:     causeObject(c),
				Source:    c.Place.Source,
				Callers:   c.Place.Callers,
				Answers:   answerObjects(c.Answers),
				Otherwise: queriesChanged(row, c),
				Live:      liveObjects(m.Observed(c), c),
				Moved:     c.Moved,
				Park:      parkObject(c.Park),
				Effects:   effectsObject(c.Effects),

				Differences: differenceObjects(c.Differences),
				Allowed:     allowedObjects(c.Allowed),
				Notes:       noteObjects(c.Notes),
			})
		}
	}
	f.Coverage, f.Unused = coverageObjects(m), unusedObjects(m)
	return f
}

// causeObject is the cause of the cell, nil where there is nothing to say.
func causeObject(c matrix.Cell) *cause.Cause {
	if c.Cause.Kind == cause.Unchanged && c.Cause.Pin == nil {
		return nil
	}
	return &c.Cause
}

func answerObjects(answers []replay.Answer) map[string]Answer {
	if len(answers) == 0 {
		return nil
	}
	objects := map[string]Answer{}
	for _, a := range answers {
		object := Answer{Error: a.Err}
		if a.Err == "" {
			object.Value = jsonOf(a.Value)
		}
		objects[a.Query] = object
	}
	return objects
}

func liveObjects(observed []history.Observation, c matrix.Cell) (objects []Live) {
	for _, o := range observed {
		objects = append(objects, Live{
			Task: o.Task, Outcome: o.Outcome, Ending: o.Ending, Result: o.Result, Cause: o.Cause, Message: o.Message,
			Differs: c.ContradictedBy(o),
		})
	}
	return objects
}

func queriesChanged(row matrix.Row, c matrix.Cell) (queries []string) {
	for _, change := range row.Changes(c) {
		queries = append(queries, change.Now.Query)
	}
	return queries
}
