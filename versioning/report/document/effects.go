package document

import (
	"encoding/json"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// Effects are what live Workers of the stage do next with the execution, at each waiting point of the
// recording. Points is the number of waiting points, and Rehearsed that of the points that were
// rehearsed: nothing is claimed of the others. Failed is why the Workers could not be set up.
type Effects struct {
	Points    int    `json:"points"`
	Rehearsed int    `json:"rehearsed"`
	Failed    string `json:"failed,omitempty"`
	// Detail is a line for people, which may change with any release. Programs read List.
	Detail string `json:"detail"`
	// List is in the order of the waiting points.
	List []Effect `json:"list"`
}

// Effect is what a live Worker does with the next Workflow Task of an execution that waits at a point:
// see rehearse.Effect, whose fields have the same meaning. Point is the ID of a WorkflowTaskCompleted
// event, 0 for an execution that has not begun. News is a kind of rehearse.News, and Name the name of
// the signal or update, or the ID of the timer. Failure is the cause of a Workflow Task that fails.
// Breaks is whether the effect makes the cell incompatible. Source, Callers and Near are those of
// rehearse.Code.
type Effect struct {
	Point  int64             `json:"point"`
	News   rehearse.NewsKind `json:"news"`
	Name   string            `json:"name,omitempty"`
	Effect rehearse.Kind     `json:"effect"`
	Breaks bool              `json:"breaks"`
	Task   int64             `json:"task,omitempty"`

	Failure string `json:"failure,omitempty"`
	Message string `json:"message,omitempty"`
	Refused bool   `json:"refused,omitempty"`
	// UnlessClosing is whether the Worker would not notice in a Workflow Task that closes the
	// execution.
	UnlessClosing bool `json:"unlessClosing,omitempty"`

	Ending    string          `json:"ending,omitempty"`
	Result    json.RawMessage `json:"result,omitempty"`
	Recorded  string          `json:"recorded,omitempty"`
	Now       string          `json:"now,omitempty"`
	Source    string          `json:"source,omitempty"`
	Callers   []string        `json:"callers,omitempty"`
	Near      bool            `json:"near,omitempty"`
	Unknown   string          `json:"unknown,omitempty"`
	WaitsFor  *WaitsFor       `json:"waitsFor,omitempty"`
	Versions  []Took          `json:"versions,omitempty"`
	ByVersion bool            `json:"byVersion,omitempty"`
	Roll      *Roll           `json:"roll,omitempty"`
}

// WaitsFor is what can bring the Workflow Task after that one.
type WaitsFor struct {
	Signals []string `json:"signals,omitempty"`
	Updates []string `json:"updates,omitempty"`
	Timers  []string `json:"timers,omitempty"`
	Results []string `json:"results,omitempty"`
}

// Took is what GetVersion gives where the history has no marker for its change ID. -1 is
// DefaultVersion.
type Took struct {
	ChangeID string `json:"changeId"`
	Version  int    `json:"version"`
}

// Roll is what a Worker of the other stage does with the execution after that Workflow Task. Cause is
// the verdict of its replay, if it gets stuck, and Ending how it closes the execution, if it does.
type Roll struct {
	Stage         string `json:"stage"`
	Stuck         bool   `json:"stuck"`
	Cause         string `json:"cause,omitempty"`
	UnlessClosing bool   `json:"unlessClosing,omitempty"`
	Ending        string `json:"ending,omitempty"`
}

// effectsObject is nil where nothing was rehearsed.
func effectsObject(e rehearse.Effects) *Effects {
	if len(e.List) == 0 && e.Failed == "" {
		return nil
	}
	object := &Effects{Points: e.Points, Rehearsed: e.Rehearsed, Failed: e.Failed, Detail: advice.Live(e),
		List: []Effect{}}
	for _, one := range e.List {
		object.List = append(object.List, effectObject(one))
	}
	return object
}

func effectObject(e rehearse.Effect) Effect {
	object := Effect{
		Point: e.Point, News: e.News.Kind, Name: e.News.Name, Effect: e.Kind, Breaks: e.Breaks, Task: e.Task,
		Failure: e.Cause, Message: e.Message, Refused: e.Refused, UnlessClosing: e.Checked,
		Ending: e.Ending, Result: jsonOf(e.Result), Recorded: e.Recorded, Now: e.Now, Unknown: e.Why,
		ByVersion: e.ByVersion,
	}
	if c := e.Code; c != nil {
		object.Source, object.Callers, object.Near = c.Source, c.Callers, c.Near
	}
	if w := WaitsFor(e.WaitsFor); len(w.Signals)+len(w.Updates)+len(w.Timers)+len(w.Results) > 0 {
		object.WaitsFor = &w
	}
	for _, v := range e.Versions {
		object.Versions = append(object.Versions, Took(v))
	}
	if e.Roll != nil {
		object.Roll = &Roll{Stage: e.Roll.Stage, Stuck: e.Roll.Stuck, Cause: e.Roll.Cause,
			UnlessClosing: e.Roll.Checked, Ending: e.Roll.Ending}
	}
	return object
}

// jsonOf is the value as it is, or as text: a data converter may show anything. It is nil for no
// value.
func jsonOf(value string) json.RawMessage {
	if value == "" || json.Valid([]byte(value)) {
		return json.RawMessage(value)
	}
	text, _ := json.Marshal(value)
	return text
}
