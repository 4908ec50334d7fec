package document

import (
	"io"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/sidebyside"
)

// Explanation is the JSON document of explained cells. Its field Version is the constant Version.
type Explanation struct {
	Version int           `json:"version"`
	Level   compare.Level `json:"level"`
	// Cells are in the order in which the caller gave them.
	Cells []Explained `json:"cells"`
}

// Explained is one cell in an Explanation. Change is the title of the Kind of the Cause. Notice is
// a value of package cause. Do says what to do, and Code is Go code for it. Tasks is empty if
// nothing was replayed.
type Explained struct {
	Family    string         `json:"family"`
	Recording string         `json:"recording"`
	Stage     string         `json:"stage"`
	Verdict   replay.Verdict `json:"verdict"`
	Moved     replay.Verdict `json:"moved,omitempty"`
	Event     int64          `json:"event"`
	Detail    string         `json:"detail"`
	Cause     *cause.Cause   `json:"cause,omitempty"`
	Source    string         `json:"source,omitempty"`

	Change string       `json:"change,omitempty"`
	What   string       `json:"what,omitempty"`
	Notice cause.Notice `json:"notice,omitempty"`
	Do     string       `json:"do,omitempty"`
	Code   string       `json:"code,omitempty"`
	Notes  []string     `json:"notes,omitempty"`
	// Seen are the notes of the replay beside the verdict, whether they are findings or not.
	Seen []Note `json:"seen,omitempty"`

	// Effects are what live Workers do next. They are left out if nothing was rehearsed.
	Effects *Effects `json:"effects,omitempty"`
	Live    []Live   `json:"live,omitempty"`
	Park    *Park    `json:"park,omitempty"`
	Tasks   []Task   `json:"tasks"`
}

// Task is a Workflow Task, with the IDs of its WorkflowTaskStarted and
// WorkflowTaskCompleted event.
type Task struct {
	Started   int64 `json:"started"`
	Completed int64 `json:"completed,omitempty"`
	Rows      []Row `json:"rows"`
}

// Row is a command of the history beside the call of the code. Either side can be missing. Event
// and EventType are the ID and the type of the event of the command. Mark is a mark of package
// compare. First is true for the first divergence.
type Row struct {
	Mark        compare.Mark `json:"mark"`
	First       bool         `json:"first,omitempty"`
	Event       int64        `json:"event,omitempty"`
	EventType   string       `json:"eventType,omitempty"`
	EventText   string       `json:"eventText,omitempty"`
	Call        string       `json:"call,omitempty"`
	Source      string       `json:"source,omitempty"`
	Callers     []string     `json:"callers,omitempty"`
	Coroutine   string       `json:"coroutine,omitempty"`
	Differences []Difference `json:"differences,omitempty"`
}

// Explain writes the cells as one Explanation, indented, with a final newline. Explain writes long
// histories in full.
func Explain(w io.Writer, level compare.Level, cells ...report.Explained) error {
	doc := Explanation{Version: Version, Level: compare.Level(level.String()), Cells: []Explained{}}
	for _, c := range cells {
		doc.Cells = append(doc.Cells, explainedObject(c))
	}
	return prose.JSON(w, "explanation", doc)
}

func explainedObject(explained report.Explained) Explained {
	c := explained.Cell
	o := Explained{
		Family: c.Family, Recording: c.Recording, Stage: c.Stage, Verdict: c.Verdict, Moved: c.Moved,
		Event: c.Place.Event, Detail: advice.Line(c.Result), Cause: causeObject(c), Source: c.Place.Source,
		Park: parkObject(c.Park), Tasks: []Task{},
		Effects: effectsObject(c.Effects), Live: liveObjects(explained.Live, c), Seen: noteObjects(c.Notes),
	}
	e := c.Explanation
	if e == nil {
		return o
	}
	says := advice.Explain(c.Result)
	o.Change, o.Notice = c.Cause.Kind.Title(), c.Cause.Notice
	o.What, o.Do, o.Code, o.Notes = says.What, says.Do, says.Code, says.Notes
	if pin := c.Cause.Pin; pin != nil {
		o.Source = pin.Source
	}
	v := sidebyside.New(explained, true)
	for _, task := range e.Tasks {
		rows := []Row{}
		for i := range task.Rows {
			rows = append(rows, rowObject(v, &task.Rows[i]))
		}
		o.Tasks = append(o.Tasks, Task{Started: task.Started, Completed: task.Completed, Rows: rows})
	}
	return o
}

func rowObject(v *sidebyside.View, row *compare.Entry) Row {
	o := Row{Mark: row.Mark, First: v.IsFirst(row), EventText: row.EventText, Call: row.CallText}
	if row.Event != nil {
		o.Event, o.EventType = row.Event.GetEventId(), row.Event.GetEventType().String()
	}
	if row.Call != nil {
		o.Source, o.Callers, o.Coroutine = row.Call.Source(), row.Call.Callers(), row.Call.Coroutine
	}
	for _, d := range v.Differences(row) {
		o.Differences = append(o.Differences, differenceOf(d, v.Rule(d)))
	}
	return o
}
