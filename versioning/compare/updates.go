package compare

import (
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// answeredAtOnce reports whether the handler of an update returns in the Workflow Task that accepts
// it, where the history has commands before the answer: the order of both is another one.
func (s *SideBySide) answeredAtOnce(c *Call) bool {
	if c.Kind != trace.Update || c.Returned == 0 || c.Returned != c.Task || s.accepted {
		return false
	}
	e, completed := s.index.updates[c.ID], s.index.completed[c.Task]
	if e == nil || completed == 0 || s.index.tasks[e] <= completed {
		return false
	}
	for id := completed + 1; id < e.GetEventId(); id++ {
		if between := s.Events[id-1]; events.FromCommand(between) && !isAcceptance(between) {
			return true
		}
	}
	return false
}

func isAcceptance(e *historypb.HistoryEvent) bool {
	return e.GetWorkflowExecutionUpdateAcceptedEventAttributes() != nil
}

// acceptanceOf is the event with which the history has accepted the update of the call.
func (s *SideBySide) acceptanceOf(c *Call) *historypb.HistoryEvent {
	for _, e := range s.Events {
		if accepted := e.GetWorkflowExecutionUpdateAcceptedEventAttributes(); accepted != nil &&
			accepted.GetProtocolInstanceId() == c.ID {
			return e
		}
	}
	return nil
}

// answeredAtOnce is the update whose handler returns at once, so that history and code part at the
// row, with its acceptance; nil if there is none. What the history has between the acceptance and the
// answer is missing before the answer is found at the wrong place.
func (at place) answeredAtOnce() (*Call, *historypb.HistoryEvent) {
	row := at.row()
	for _, r := range at.rows() {
		if r.Call == nil || !at.side.answeredAtOnce(r.Call) {
			continue
		}
		if accepted := at.side.acceptanceOf(r.Call); accepted != nil && (row.Call == r.Call || row.Call == nil &&
			row.Event.GetEventId() > accepted.GetEventId()) {
			return r.Call, accepted
		}
	}
	return nil, nil
}

// handlerOf is the call that has set the handler of the update, nil if it is not known.
func (s *SideBySide) handlerOf(update *Call) *Call {
	for _, c := range s.Calls {
		if c.Kind == trace.UpdateHandler && c.Name == update.Name && c.Source() != "" {
			return c
		}
	}
	return nil
}
