package compare

import (
	"slices"
	"strings"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// answeredAtOnce reports whether the handler of an update returns in the Workflow Task that accepts
// it, where the history has commands before the answer, so that the order of both is another one, or has
// no answer.
func (s *SideBySide) answeredAtOnce(c *Call) bool {
	if c.Kind != trace.Update || c.Returned == 0 || c.Returned != c.Task || s.accepted {
		return false
	}
	e, completed := s.index.updates[c.ID], s.index.completed[c.Task]
	if completed == 0 || e != nil && s.index.tasks[e] <= completed {
		return false
	}
	if e == nil {
		return true // the handler that ran waits for something
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

// handlesLater reports whether the call is one of the handler of an update that comes in a later Workflow
// Task: it has made nothing until then.
func (s *SideBySide) handlesLater(c *Call, after int64) bool {
	name, handles := strings.CutPrefix(c.Coroutine, "update ")
	return handles && !slices.ContainsFunc(s.Calls, func(other *Call) bool {
		return other.Kind == trace.Update && other.Name == name && other.Task <= after
	})
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

// lastOf is the last call of the handler of the update before it returns, or the call that has set the
// handler, nil if none is known.
func (s *SideBySide) lastOf(update *Call) *Call {
	last := s.handlerOf(update)
	for _, c := range s.Calls {
		if c.Coroutine == "update "+update.Name && c.Source() != "" && update.Task <= c.Task && c.Task <= update.Returned {
			last = c
		}
	}
	return last
}

// answersEarly is the last call of a handler that returns in the Workflow Task, where the history has the
// answer later, if at all. It is nil if there is none.
func (at place) answersEarly() *Call {
	s, task := at.side, at.tasks[at.task]
	for _, c := range s.Calls {
		if c.Kind != trace.Update || c.Returned == 0 || c.Returned != task.Started || s.accepted {
			continue
		}
		if e := s.index.updates[c.ID]; e == nil || s.index.tasks[e] > task.Completed {
			return s.lastOf(c)
		}
	}
	return nil
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
