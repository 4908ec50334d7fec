package trace

import (
	historypb "go.temporal.io/api/history/v1"
)

// Unhandled is an update that the history has accepted and for which the code has set
// no handler.
type Unhandled struct {
	Event *historypb.HistoryEvent
	Name  string
}

// updates are the handlers that the code has set, the IDs of the updates that they
// were given, and the names of those.
type updates struct {
	handlers      asks
	executed, ran map[string]bool
}

// fill makes the maps, which most executions have no use for.
func (u *updates) fill() {
	if u.executed == nil {
		u.executed, u.ran = map[string]bool{}, map[string]bool{}
	}
}

// unhandled returns the accepted updates that no handler was there for.
func (u updates) unhandled(history []*historypb.HistoryEvent) (list []Unhandled) {
	for _, e := range history {
		accepted := e.GetWorkflowExecutionUpdateAcceptedEventAttributes()
		if accepted == nil || u.executed[accepted.GetProtocolInstanceId()] {
			continue
		}
		name := accepted.GetAcceptedRequest().GetInput().GetName()
		if name != "" && !u.handlers.has(name) {
			list = append(list, Unhandled{Event: e, Name: name})
		}
	}
	return list
}
