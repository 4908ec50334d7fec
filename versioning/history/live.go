package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/wholefile"
)

// LiveFile is the name of the file beside recordings that holds what live workers did.
const LiveFile = "live.json"

// A TaskKind tells which workflow task an open execution was given after its worker was swapped. It
// matters because a live worker does not compare commands and events of the task that closes the
// workflow (ProcessWorkflowTask in the SDK's internal/internal_task_handlers.go).
type TaskKind string

// The workflow tasks that are observed.
const (
	ClosingTask TaskKind = "closing" // one in which the workflow closes
	OtherTask   TaskKind = "other"   // one that leaves it open: a signal that the workflow does not wait for
)

// An Outcome says what became of an open execution.
type Outcome string

// The outcomes of an observation.
const (
	Closed Outcome = "closed"  // it closed, with Ending and Result
	WentOn Outcome = "went-on" // the workflow task completed, and it is open
	// the workflow task failed with Cause and Message; the service tries it again and again
	TaskFailed Outcome = "task-failed"
	Stuck      Outcome = "stuck" // nothing moves it: Message says why
)

// An Observation is what became of one open execution: left open by a scenario under the stage
// From, its worker swapped for that of the stage To, then given a workflow task. A real worker did
// it on a real Temporal Service.
type Observation struct {
	Scenario string   `json:"scenario"`
	From     string   `json:"from"`
	To       string   `json:"to"`
	Task     TaskKind `json:"task"`
	Outcome  Outcome  `json:"outcome"`
	// Ending is how the execution closed, in Temporal's word for its status: "Completed".
	Ending string `json:"ending,omitempty"`
	// Result is the workflow's result as JSON, or the first argument of the run that it
	// continued as.
	Result json.RawMessage `json:"result,omitempty"`
	// Cause is the cause of the failed workflow task: "NonDeterministicError".
	Cause string `json:"cause,omitempty"`
	// Message is the first line of what the worker or the service said: of a failure, or why it is
	// stuck.
	Message string `json:"message,omitempty"`
}

// Recording is the name of the recording that shows the same execution where From left it.
func (o Observation) Recording() string { return o.From + "." + o.Scenario }

// String says in a few words what happened: `completed with "pre-patch"`.
func (o Observation) String() string {
	switch o.Outcome {
	case Closed:
		said := strings.ToLower(o.Ending)
		if o.Ending == "ContinuedAsNew" {
			said = "continued as new"
		}
		if len(o.Result) > 0 {
			said += " with " + string(o.Result)
		}
		if o.Message != "" {
			said += ": " + o.Message
		}
		return said
	case WentOn:
		return "went on"
	case TaskFailed:
		return "Workflow Task failed (" + o.Cause + ")"
	default:
		return "stuck: " + o.Message
	}
}

// Live is what live workers did with the executions of one family.
type Live struct {
	Version       int           `json:"version"`
	SDKVersion    string        `json:"sdkVersion"`
	ServerVersion string        `json:"serverVersion"`
	Observations  []Observation `json:"observations"`
}

const liveVersion = 1

// ReadLive reads the LiveFile of a folder of recordings. A folder without one gives nothing and no
// error: a family need not have been observed.
func ReadLive(fsys fs.FS) (*Live, error) {
	data, err := fs.ReadFile(fsys, LiveFile)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return &Live{Version: liveVersion}, nil
		}
		return nil, fmt.Errorf("reading what live workers did: %w", err)
	}
	live := &Live{}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(live); err != nil {
		return nil, fmt.Errorf("reading what live workers did: %s: %w; record it again", LiveFile, err)
	}
	if live.Version != liveVersion {
		return nil, fmt.Errorf("reading what live workers did: %s has version %d, this program reads version %d",
			LiveFile, live.Version, liveVersion)
	}
	for i := range live.Observations {
		o := &live.Observations[i]
		// In the file a structure is indented with the rest.
		if len(o.Result) > 0 {
			var compact bytes.Buffer
			if err := json.Compact(&compact, o.Result); err != nil {
				return nil, fmt.Errorf("reading what live workers did: %s: %w", LiveFile, err)
			}
			o.Result = compact.Bytes()
		}
	}
	return live, nil
}

// WriteLive writes the file at path in one step, as WriteFile does.
func WriteLive(path string, live *Live) error {
	live.Version = liveVersion
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(live)
	if err == nil {
		err = wholefile.Replace(path, 0o644, b.Bytes())
	}
	if err != nil {
		return fmt.Errorf("writing what live workers did to %s: %w", path, err)
	}
	return nil
}
