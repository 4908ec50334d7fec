package compare

import (
	"fmt"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// A Side is an event of the history, or a call of the code.
type Side struct {
	// Event is the ID of the event, 0 for a call.
	Event int64 `json:"event,omitempty"`
	// Type is the type of the event as Temporal's docs spell it, or the name of the call:
	// "ActivityTaskScheduled", "ExecuteActivity", "return".
	Type string `json:"type"`
	// Name is what the user calls the event or the call: an activity, a signal, a timer's ID. A Nexus
	// operation has its service before its name: "payments.charge". For a return, Name is how the execution ends: "completed".
	Name string `json:"name,omitempty"`
	// To is the other execution that a call or an event is for, or the workflow type that the code
	// continues as.
	To string `json:"to,omitempty"`
	// Error is the first line of the error that a workflow function returns.
	Error string `json:"error,omitempty"`
	// Source is the line of a call, as in Place.
	Source string `json:"source,omitempty"`
}

// Ends reports whether the side is the return of a workflow function.
func (s Side) Ends() bool { return s.Type == string(trace.Ending) }

// String shows the side in short form: "ActivityTaskScheduled (Charge)", "ExecuteActivity
// Charge", "return failed with "no money"".
func (s Side) String() string {
	if s.Event > 0 {
		about := s.Name
		if s.To != "" {
			about += " to " + s.To
		}
		if about == "" {
			return s.Type
		}
		return s.Type + " (" + about + ")"
	}
	words := []string{s.Type}
	if s.Name != "" {
		words = append(words, s.Name)
	}
	switch {
	case s.To != "" && s.Ends():
		words = append(words, s.To)
	case s.To != "":
		words = append(words, "to", s.To)
	}
	if s.Error != "" {
		words = append(words, fmt.Sprintf("with %q", s.Error))
	}
	return strings.Join(words, " ")
}

// SideOf returns the event as a Side.
func (s *SideBySide) SideOf(e *historypb.HistoryEvent) *Side { return sideOf(e, s.converter) }

// SideOf is SideBySide.SideOf without a SideBySide. If the name is encoded, the SDK's default
// converter reads the name.
func SideOf(e *historypb.HistoryEvent) *Side { return sideOf(e, payload.Decoder{}) }

func sideOf(e *historypb.HistoryEvent, d payload.Decoder) *Side {
	s := &Side{Event: e.GetEventId(), Type: e.GetEventType().String(), Name: takenName(e)}
	if timer := e.GetTimerStartedEventAttributes(); timer != nil {
		s.Name = timer.GetTimerId()
	} else if signal := e.GetSignalExternalWorkflowExecutionInitiatedEventAttributes(); signal != nil {
		s.Name, s.To = signal.GetSignalName(), signal.GetWorkflowExecution().GetWorkflowId()
	} else if s.Name == "" {
		s.Name = nameOf(e, d)
	}
	return s
}

// takenName is the name of a signal or an update, which no command of the code has made.
func takenName(e *historypb.HistoryEvent) string {
	if name := e.GetWorkflowExecutionSignaledEventAttributes().GetSignalName(); name != "" {
		return name
	}
	return events.Incoming(e)
}

// Side returns the call as a Side.
func (c *Call) Side() *Side {
	if c.Kind == trace.Ending {
		ending := EndingSide(c.EventType(), c.Err())
		ending.Source = c.Source()
		if c.Name != "" {
			ending.To, ending.Error = c.Name, ""
		}
		return ending
	}
	return &Side{Type: string(c.Kind), Name: wholeName(c.service(), c.Name), To: c.Target(), Source: c.Source()}
}

// EndingSide returns the return of a workflow function as a Side. The return ends the execution
// with an event of the given type.
func EndingSide(t enumspb.EventType, err error) *Side {
	name := strings.TrimPrefix(t.String(), "WorkflowExecution")
	s := &Side{Type: string(trace.Ending), Name: strings.ToLower(name[:1]) + name[1:]}
	if err != nil {
		s.Error, _, _ = strings.Cut(err.Error(), "\n")
	}
	return s
}

// Text returns the call in short form.
func (c *Call) Text() string {
	if c.Kind != trace.GetVersion {
		return c.Side().String()
	}
	version := VersionName(c.Version)
	if c.OutOfRange() {
		version = "out of range"
	}
	return fmt.Sprintf("%s %q from %s to %s: %s", c.Kind, c.Name, VersionName(c.Min), VersionName(c.Max), version)
}

// VersionName returns a version of GetVersion as people write the version: DefaultVersion for -1.
func VersionName(v int) string {
	if v == -1 {
		return "DefaultVersion"
	}
	return fmt.Sprint(v)
}
