package replay

import (
	"fmt"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

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
	case s.To != "" && s.Type == string(trace.Ending):
		words = append(words, s.To)
	case s.To != "":
		words = append(words, "to", s.To)
	}
	if s.Error != "" {
		words = append(words, fmt.Sprintf("with %q", s.Error))
	}
	return strings.Join(words, " ")
}

// eventSide is an event as a Side. Without a trace nothing that is encoded is in its name.
func eventSide(t *compare.SideBySide, e *historypb.HistoryEvent) *Side {
	s := &Side{Event: e.GetEventId(), Type: e.GetEventType().String(), Name: takenName(e)}
	if timer := e.GetTimerStartedEventAttributes(); timer != nil {
		s.Name = timer.GetTimerId()
	} else if signal := e.GetSignalExternalWorkflowExecutionInitiatedEventAttributes(); signal != nil {
		s.Name, s.To = signal.GetSignalName(), signal.GetWorkflowExecution().GetWorkflowId()
	} else if path := (&compare.SideBySide{}).PathOf; s.Name == "" {
		if t != nil {
			path = t.PathOf
		}
		s.Name = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(path(e), s.Type), "("), ")")
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

// callSide is a call as a Side.
func callSide(c *compare.Call) *Side {
	if c.Kind == trace.Ending {
		ending := endingSide(c.EventType(), c.Err())
		ending.Source = c.Source()
		if c.Name != "" {
			ending.To, ending.Error = c.Name, ""
		}
		return ending
	}
	return &Side{Type: string(c.Kind), Name: c.Name, To: c.Target(), Source: c.Source()}
}

// endingSide is the return of a workflow function, which ends the execution with the type
// of event.
func endingSide(t enumspb.EventType, err error) *Side {
	name := strings.TrimPrefix(t.String(), "WorkflowExecution")
	s := &Side{Type: string(trace.Ending), Name: strings.ToLower(name[:1]) + name[1:]}
	if err != nil {
		s.Error = firstLine(err.Error())
	}
	return s
}

// callText shows a call in short form.
func callText(c *compare.Call) string {
	if c.Kind != trace.GetVersion {
		return callSide(c).String()
	}
	version := versionNumber(c.Version)
	if c.OutOfRange() {
		version = "out of range"
	}
	return fmt.Sprintf("%s %q from %s to %s: %s", c.Kind, c.Name, versionNumber(c.Min), versionNumber(c.Max), version)
}

func versionNumber(v int) string {
	if v == -1 {
		return "DefaultVersion"
	}
	return fmt.Sprint(v)
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
