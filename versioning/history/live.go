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

// LiveFile is the name of the file that holds what live Workers did. It lies beside the recordings.
const LiveFile = "live.json"

// A TaskKind says which Workflow Task an open execution got after its Worker was swapped. The kind
// matters because a live Worker does not compare commands and events in the Workflow Task that
// closes the workflow (ProcessWorkflowTask in the SDK's internal/internal_task_handlers.go).
type TaskKind string

// The kinds of Workflow Tasks that are observed.
const (
	ClosingTask TaskKind = "closing" // one in which the workflow closes
	OtherTask   TaskKind = "other"   // one that leaves it open: a signal that the workflow does not wait for
)

// An Outcome says what happened to an open execution.
type Outcome string

// The outcomes of an observation.
const (
	Closed Outcome = "closed"  // it closed, with Ending and Result
	WentOn Outcome = "went-on" // the workflow task completed, and it is open
	// the workflow task failed with Cause and Message; the service tries it again and again
	TaskFailed Outcome = "task-failed"
	Stuck      Outcome = "stuck" // nothing moves it: Message says why
)

// An Observation says what happened to one open execution. A scenario left the execution open under
// the stage From. Then the Worker was swapped for a Worker of the stage To, and the execution got a
// Workflow Task. All this happened with a real Worker on a real Temporal Service.
type Observation struct {
	Scenario string   `json:"scenario"`
	From     string   `json:"from"`
	To       string   `json:"to"`
	Task     TaskKind `json:"task"`
	Outcome  Outcome  `json:"outcome"`
	// Ending is how the execution closed, as Temporal names its status: "Completed".
	Ending string `json:"ending,omitempty"`
	// Result is the result of the workflow as JSON. If the execution continued as new, Result is
	// the first argument of the new run.
	Result json.RawMessage `json:"result,omitempty"`
	// Cause is the cause of the failed Workflow Task: "NonDeterministicError".
	Cause string `json:"cause,omitempty"`
	// Message is the first line of what the Worker or the Temporal Service said about a failure, or
	// about why the execution is stuck.
	Message string `json:"message,omitempty"`
}

// Recording returns the name of the recording of the same execution, as the stage From left it.
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

// Live is what live Workers did with the executions of one family.
type Live struct {
	Version       int           `json:"version"`
	SDKVersion    string        `json:"sdkVersion"`
	ServerVersion string        `json:"serverVersion"`
	Observations  []Observation `json:"observations"`
}

const liveVersion = 1

// ReadLive reads the LiveFile of a folder of recordings. If the folder has no LiveFile, ReadLive
// returns no observations and no error, because nobody has to observe a family.
func ReadLive(fsys fs.FS) (*Live, error) {
	data, err := readRegular(fsys, LiveFile)
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
