package compare

import (
	"slices"
	"strconv"
	"strings"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// rowBuilder merges the events and the calls of one Workflow Task.
type rowBuilder struct {
	side        *SideBySide
	task        Task
	owner       map[*historypb.HistoryEvent]*Call
	differences map[int64][]Difference
	accepted    bool
	// cancels are the cancellations that the history does not have, in order, and index has the
	// places of all calls, if there is such a cancellation.
	cancels []trace.Cancel
	index   map[*Call]int
	// aborted is whether the replay ended in the middle of the task.
	aborted bool
	// guessed are calls and events of the same key that nothing else aligns, and claimed
	// those events.
	guessed map[*Call]*historypb.HistoryEvent
	claimed map[*historypb.HistoryEvent]bool
	// rest are the events that were not looked at, and shown those that have a row.
	rest  []*historypb.HistoryEvent
	shown map[*historypb.HistoryEvent]bool
	list  []Entry
}

func (b *rowBuilder) rows() []Entry {
	b.guessed = b.guess()
	b.rest = b.task.Events
	b.claimed, b.shown = map[*historypb.HistoryEvent]bool{}, map[*historypb.HistoryEvent]bool{}
	for _, e := range b.guessed {
		b.claimed[e] = true
	}
	for _, c := range b.task.Calls {
		b.showCancels(b.index[c])
		e := c.Event
		if e == nil {
			e = b.guessed[c]
		}
		if e != nil && !b.shown[e] {
			b.showBefore(e)
			b.shown[e] = true
		}
		if e == nil && c.Sends() {
			b.showInstead(c)
		}
		b.list = append(b.list, b.callRow(c, e))
	}
	b.showCancels(len(b.side.Calls))
	reached := len(b.list)
	b.showBefore(nil)
	for i := reached; b.aborted && i < len(b.list); i++ {
		b.list[i].Mark = MarkUnknown // the code did not get there
	}
	return b.list
}

// showCancels shows the cancellations that come before the call with the index.
func (b *rowBuilder) showCancels(before int) {
	for len(b.cancels) > 0 && b.cancels[0].After <= before {
		b.list = append(b.list, b.side.cancelRow(b.cancels[0]))
		b.cancels = b.cancels[1:]
	}
}

// showBefore shows the events before the one given that no call here has, all that are
// left if that is nil.
func (b *rowBuilder) showBefore(until *historypb.HistoryEvent) {
	for len(b.rest) > 0 && b.rest[0] != until {
		e := b.rest[0]
		if until != nil && (b.owner[e] != nil || b.claimed[e]) && !b.shown[e] && b.here(e) {
			return // its call comes later
		}
		b.rest = b.rest[1:]
		if !b.shown[e] && (b.owner[e] == nil || b.here(e)) && !b.claimed[e] {
			b.show(e)
		}
	}
}

// showInstead shows the event that comes next and that no call explains: what the history
// has instead of the call that follows. What closes the history comes after all calls but
// the one that ends the code.
func (b *rowBuilder) showInstead(c *Call) {
	for ; len(b.rest) > 0; b.rest = b.rest[1:] {
		switch e := b.rest[0]; {
		case b.owner[e] != nil && !b.here(e), b.shown[e]:
			continue // it stands where its call was made
		case b.owner[e] != nil, b.claimed[e], c.Kind != trace.Ending && events.ClosesAsCodeDoes(e):
			return
		default:
			b.show(e)
			if b.list[len(b.list)-1].Mark == MarkMissing {
				b.rest = b.rest[1:]
				return
			}
		}
	}
}

// here reports whether the call that the event belongs to was made in this task.
func (b *rowBuilder) here(e *historypb.HistoryEvent) bool {
	c := b.owner[e]
	return c != nil && c.Task == b.task.Started
}

func (b *rowBuilder) show(e *historypb.HistoryEvent) {
	b.shown[e] = true
	b.list = append(b.list, Entry{
		Event: e, EventText: b.side.Describe(e), Mark: b.markOf(e), Differences: b.differences[e.GetEventId()],
	})
}

// markOf is the mark of an event without a call.
func (b *rowBuilder) markOf(e *historypb.HistoryEvent) Mark {
	if cancellation, ok := b.side.Cancellation(e); ok {
		if started := b.side.canceledEvent(b.side.cancelCommand(e)); started != nil && b.owner[started] == nil &&
			b.side.index.tasks[started] == b.task.Completed {
			return MarkUnknown // it goes with what it cancels, which no call is known for
		}
		return map[Cancellation]Mark{Canceled: MarkSame, NotCanceled: MarkMissing,
			CancelUnknown: MarkUnknown}[cancellation]
	}
	marker := e.GetMarkerRecordedEventAttributes().GetMarkerName()
	if marker == "Version" || b.accepted && marker != "MutableSideEffect" {
		return MarkUnknown // a version marker that no call explains is no divergence in Go
	}
	return MarkMissing
}

// callRow is the row of the call, with the event if there is one.
func (b *rowBuilder) callRow(c *Call, e *historypb.HistoryEvent) Entry {
	row := Entry{Event: e, Call: c, CallText: c.Text(), Mark: MarkSame}
	if e != nil {
		row.EventText = b.side.Describe(e)
		row.Differences = b.differences[e.GetEventId()]
	}
	switch {
	case c.OutOfRange(), len(row.Differences) > 0, b.side.answeredAtOnce(c):
		row.Mark = MarkDiffers
	case e != nil && c.Event == nil:
		row.Mark = MarkUnknown
		if d, certain, found := b.otherID(c, e); found {
			row.Differences = []Difference{d}
			if certain {
				row.Mark = MarkDiffers
			}
		}
		if values := b.otherValues(c, e); len(values) > 0 && !slices.ContainsFunc(b.list, Entry.parts) {
			if row.Mark != MarkDiffers {
				row.Differences = nil // the SDK's own ID follows from what is before
			}
			row.Differences, row.Mark = append(row.Differences, values...), MarkDiffers
		}
	case e == nil && c.Sends() && !b.accepted:
		row.Mark = MarkExtra
	case e == nil && c.Sends():
		row.Mark = MarkUnknown
	}
	return row
}

// otherID finds the ID that the code gives a command and that is another one in the
// history. The SDK's own IDs shift when the code sends more or less in a task, so
// that nothing can be said after such a place, and where both are its own nothing is
// certain.
func (b *rowBuilder) otherID(c *Call, e *historypb.HistoryEvent) (d Difference, certain, found bool) {
	id, field := events.CommandID(e)
	if field == "" || id == c.ID || c.ID == "" || slices.ContainsFunc(b.list, Entry.halved) {
		return Difference{}, false, false
	}
	return Difference{
		Path: b.side.PathOf(e) + "." + field, Level: Commands, Event: e.GetEventId(),
		EventType: e.GetEventType().String(), Source: c.Source(), Recorded: strconv.Quote(id), Now: strconv.Quote(c.ID),
	}, !isDefaultID(id) || !isDefaultID(c.ID), true
}

// isDefaultID reports whether the ID is one that the SDK makes of a predicted event
// ID. A Child Workflow has the run ID before it.
func isDefaultID(id string) bool {
	_, err := strconv.Atoi(id[strings.LastIndexByte(id, '_')+1:])
	return err == nil
}
