package replay

import (
	"slices"
	"strconv"
	"strings"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// explainedTasks puts the history's commands and the code's calls side by side, up
// to the Workflow Task of the event until, all of them if that is 0. aborted is
// whether the SDK ended the replay within a call of the code.
func explainedTasks(t *compare.SideBySide, differences []compare.Difference, accepted, aborted bool, until int64) (tasks []ExplainedTask) {
	byEvent := map[int64][]compare.Difference{}
	for _, d := range differences {
		byEvent[d.Event] = append(byEvent[d.Event], d)
	}
	owner := map[*historypb.HistoryEvent]*compare.Call{}
	for _, c := range t.Calls {
		if c.Event != nil {
			owner[c.Event] = c
		}
	}
	for _, task := range t.Tasks() {
		if until > 0 && task.Completed > until {
			break
		}
		b := &rowBuilder{trace: t, task: task, owner: owner, differences: byEvent, accepted: accepted}
		b.aborted = aborted && len(t.Calls) > 0 && t.Calls[len(t.Calls)-1].Task == task.Started
		tasks = append(tasks, ExplainedTask{Started: task.Started, Completed: task.Completed, Rows: b.rows()})
	}
	return tasks
}

// rowBuilder merges the events and the calls of one Workflow Task.
type rowBuilder struct {
	trace       *compare.SideBySide
	task        compare.Task
	owner       map[*historypb.HistoryEvent]*compare.Call
	differences map[int64][]compare.Difference
	accepted    bool
	// aborted is whether the replay ended in the middle of the task.
	aborted bool
	// guessed are calls and events of the same key that nothing else aligns.
	guessed map[*compare.Call]*historypb.HistoryEvent
	list    []Row
}

func (b *rowBuilder) rows() []Row {
	b.guess()
	shown := map[*historypb.HistoryEvent]bool{}
	guessedEvent := map[*historypb.HistoryEvent]bool{}
	for _, e := range b.guessed {
		guessedEvent[e] = true
	}
	events := b.task.Events
	// flush writes the events before the one given that no call here has.
	flush := func(until *historypb.HistoryEvent) {
		for len(events) > 0 && events[0] != until {
			e := events[0]
			if until != nil && (b.owner[e] != nil || guessedEvent[e]) && !shown[e] && b.here(e) {
				return // its call comes later
			}
			events = events[1:]
			if !shown[e] && (b.owner[e] == nil || b.here(e)) && !guessedEvent[e] {
				b.event(e)
				shown[e] = true
			}
		}
	}
	for _, c := range b.task.Calls {
		e := c.Event
		if e == nil {
			e = b.guessed[c]
		}
		if e != nil && !shown[e] {
			flush(e)
			shown[e] = true
		}
		if e == nil && c.Sends() {
			b.flushLeading(c, &events, shown, guessedEvent)
		}
		b.call(c, e)
	}
	rest := len(b.list)
	flush(nil)
	for i := rest; b.aborted && i < len(b.list); i++ {
		b.list[i].Mark = Unknown // the code did not get there
	}
	return b.list
}

// flushLeading writes the event that comes next and that no call explains: what
// the history has instead of the call that follows. What closes the history comes
// after all calls but the one that ends the code.
func (b *rowBuilder) flushLeading(c *compare.Call, history *[]*historypb.HistoryEvent, shown, guessed map[*historypb.HistoryEvent]bool) {
	for ; len(*history) > 0; *history = (*history)[1:] {
		switch e := (*history)[0]; {
		case b.owner[e] != nil && !b.here(e), shown[e]:
			continue // it stands where its call was made
		case b.owner[e] != nil, guessed[e], c.Kind != trace.Ending && events.ClosesAsCodeDoes(e):
			return
		default:
			b.event(e)
			shown[e] = true
			if b.list[len(b.list)-1].Mark == Missing {
				*history = (*history)[1:]
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

func (b *rowBuilder) event(e *historypb.HistoryEvent) {
	row := Row{Event: e, EventText: b.trace.Describe(e), Mark: Missing, Differences: b.differences[e.GetEventId()]}
	if cancellation, ok := b.trace.Cancellation(e); ok {
		row.Mark = map[compare.Cancellation]Mark{compare.Canceled: Same, compare.NotCanceled: Missing, compare.CancelUnknown: Unknown}[cancellation]
		b.list = append(b.list, row)
		return
	}
	if marker := e.GetMarkerRecordedEventAttributes(); marker.GetMarkerName() == "Version" || b.accepted && marker.GetMarkerName() != "MutableSideEffect" {
		// A version marker that no call explains is no divergence in Go.
		row.Mark = Unknown
	}
	b.list = append(b.list, row)
}

func (b *rowBuilder) call(c *compare.Call, e *historypb.HistoryEvent) {
	row := Row{Event: e, Call: c, CallText: callText(c), Mark: Same}
	if e != nil {
		row.EventText = b.trace.Describe(e)
		row.Differences = b.differences[e.GetEventId()]
	}
	switch {
	case c.OutOfRange():
		row.Mark = Differs
	case len(row.Differences) > 0:
		row.Mark = Differs
	case e != nil && c.Event == nil:
		row.Mark = Unknown
		b.otherID(&row)
	case e == nil && c.Sends() && !b.accepted:
		row.Mark = Extra
	case e == nil && c.Sends():
		row.Mark = Unknown
	}
	b.list = append(b.list, row)
}

// otherID finds the ID that the code gives a command and that is another one in the
// history. The SDK's own IDs shift when the code sends more or less in a task, so
// that nothing can be said after such a place.
func (b *rowBuilder) otherID(row *Row) {
	id, field := events.CommandID(row.Event)
	shifted := slices.ContainsFunc(b.list, func(r Row) bool { return r.Mark == Missing || r.Mark == Extra })
	if field == "" || id == row.Call.ID || row.Call.ID == "" || shifted {
		return
	}
	if !isDefaultID(id) || !isDefaultID(row.Call.ID) {
		row.Mark = Differs
	}
	row.Differences = []compare.Difference{{
		Path: b.trace.PathOf(row.Event) + "." + field, Level: compare.Commands, Event: row.Event.GetEventId(),
		EventType: row.Event.GetEventType().String(), Source: row.Call.Source(), Recorded: strconv.Quote(id), Now: strconv.Quote(row.Call.ID),
	}}
}

// isDefaultID reports whether the ID is one that the SDK makes of a predicted event
// ID. A Child Workflow has the run ID before it.
func isDefaultID(id string) bool {
	_, err := strconv.Atoi(id[strings.LastIndexByte(id, '_')+1:])
	return err == nil
}
