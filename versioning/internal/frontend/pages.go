package frontend

import (
	"strconv"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// pageSize is the number of events that a page has at least, if it is not the last one. A service
// has at most 256 in one. The SDK copies what is left of a page at each Workflow Task, so one page
// of a large history takes a time that grows with its square.
const pageSize = 250

// pages are the events of a task as a service serves them.
type pages struct{ list [][]*historypb.HistoryEvent }

// paged splits events where a service can: before a WorkflowTaskStarted, which the service writes
// by itself.
func paged(events []*historypb.HistoryEvent, size int) *pages {
	var p pages
	for first, i := 0, 0; ; i++ {
		switch {
		case i == len(events):
			p.list = append(p.list, events[first:])
			return &p
		case i-first >= size && events[i].GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED:
			p.list = append(p.list, events[first:i])
			first = i
		}
	}
}

// page returns a page and the token of the next one, nil after the last.
func (p *pages) page(n int) (*historypb.History, []byte) {
	if n < 0 || n >= len(p.list) {
		return &historypb.History{}, nil
	}
	h := &historypb.History{Events: p.list[n]}
	if n+1 == len(p.list) {
		return h, nil
	}
	return h, []byte(strconv.Itoa(n + 1))
}
