package accept

import (
	"google.golang.org/protobuf/reflect/protoreflect"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// flush gives what had arrived its place: event_store.go, FlushBufferToCurrentBatch. What ends
// something comes last.
func (t *taking) flush() {
	var ends []*historypb.HistoryEvent
	started := map[int64]int64{}
	write := func(e *historypb.HistoryEvent) {
		e.EventId = t.nextID()
		t.events = append(t.events, e)
	}
	for _, e := range t.buffered {
		switch e.GetEventType() {
		case enumspb.EVENT_TYPE_ACTIVITY_TASK_STARTED, enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED:
			write(e)
			started[events.Origin(e)] = e.GetEventId()
		default:
			if endsWork(e) {
				ends = append(ends, e)
				continue
			}
			write(e)
		}
	}
	for _, e := range ends {
		write(e)
		wire(e, started[events.Origin(e)])
	}
	t.buffered = nil
}

// wire writes the ID of the started event, if it has just got one: event_store.go, wireEventIDs.
func wire(e *historypb.HistoryEvent, started int64) {
	if started == 0 {
		return
	}
	attributes := events.Attributes(e)
	if field := attributes.Descriptor().Fields().ByName("started_event_id"); field != nil {
		attributes.Set(field, protoreflect.ValueOfInt64(started))
	}
}

// endsWork reports whether the event is one that the service moves to the end: event_store.go,
// reorderBuffer.
func endsWork(e *historypb.HistoryEvent) bool {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED, enumspb.EVENT_TYPE_ACTIVITY_TASK_FAILED,
		enumspb.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT, enumspb.EVENT_TYPE_ACTIVITY_TASK_CANCELED,
		enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED, enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_FAILED,
		enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TIMED_OUT, enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_CANCELED,
		enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TERMINATED,
		enumspb.EVENT_TYPE_NEXUS_OPERATION_COMPLETED, enumspb.EVENT_TYPE_NEXUS_OPERATION_FAILED,
		enumspb.EVENT_TYPE_NEXUS_OPERATION_CANCELED, enumspb.EVENT_TYPE_NEXUS_OPERATION_TIMED_OUT:
		return true
	}
	return false
}
