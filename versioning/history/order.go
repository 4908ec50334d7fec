package history

import (
	"fmt"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// order checks events one by one as they are read: IDs that count up from 1, the started event
// first, and on each the attributes of its type, without which the SDK panics.
type order struct {
	count int64
	// completed is the ID of the last WorkflowTaskCompleted event.
	completed int64
	// types are those of the events before.
	types []enumspb.EventType
	// first is kept when it is wrong, because only the second event tells a part of a history from
	// one that is upside down.
	first *historypb.HistoryEvent
}

func (o *order) add(path string, ev *historypb.HistoryEvent) error {
	defer func() { o.types = append(o.types, ev.GetEventType()) }()
	o.count++
	want, got := o.count, ev.GetEventId()
	fail := func(kind Kind, event int64, format string, args ...any) error {
		return &FormatError{Path: path, Kind: kind, Event: event, Detail: fmt.Sprintf(format, args...)}
	}
	switch {
	case o.first != nil:
		if got == o.first.GetEventId()-1 && got > 0 {
			return fail(KindEventGap, o.first.GetEventId(), "the newest event comes first")
		}
		return o.wrongStart(path)
	case want == 1 && (got != 1 || ev.GetEventType() != enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED):
		o.first = ev
		return nil
	case got == want:
		if err := checkAttributes(path, ev); err != nil {
			return err
		}
		if ev.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			o.completed = got
		}
		if err := checkTask(path, ev, o.completed); err != nil {
			return err
		}
		return checkOrigin(path, ev, o.types)
	case got == 0:
		return fail(KindEventGap, want, "the event has no ID")
	case got > want:
		return fail(KindEventGap, got, "it comes right after event %d: %s", want-1, missing(want, got-1))
	case got == want-1:
		return fail(KindEventGap, got, "it is there twice")
	}
	return fail(KindEventGap, got, "it comes after event %d, out of order", want-1)
}

// finish says what only the end of the file shows.
func (o *order) finish(path string) error {
	switch {
	case o.count == 0:
		return &FormatError{Path: path, Kind: KindNoEvents, Detail: "the history has no events"}
	case o.first != nil:
		return o.wrongStart(path)
	}
	return nil
}

func (o *order) wrongStart(path string) error {
	e := &FormatError{Path: path, Event: o.first.GetEventId()}
	if o.first.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED {
		e.Kind, e.Detail = KindEventGap, "the first event must have ID 1"
		return e
	}
	e.Kind = KindNotStarted
	e.Detail = fmt.Sprintf("the first event is %s, not WorkflowExecutionStarted", o.first.GetEventType())
	return e
}

func missing(from, to int64) string {
	if from == to {
		return fmt.Sprintf("event %d is missing", from)
	}
	return fmt.Sprintf("events %d to %d are missing", from, to)
}
