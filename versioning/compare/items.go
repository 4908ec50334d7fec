package compare

import (
	"slices"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// An item is a command on one side: an event that the history has, or a call that the code makes.
// What is the same call elsewhere is told by its key, its ID and what it carries.
type item struct {
	key     string
	kind    trace.Kind
	id      string // that the code has chosen, "" for one of the SDK's
	content string
	event   *historypb.HistoryEvent
	call    *Call
}

// is reports whether both are the same command. What is not known of one of them, as the values of
// a data converter that is another, does not tell them apart.
func (a item) is(b item) bool {
	return a.key == b.key && (a.id == b.id || a.id == "" || b.id == "") &&
		(a.content == b.content || a.content == "" || b.content == "")
}

// hasIDOf reports whether both have one ID, which the code has chosen.
func (a item) hasIDOf(b item) bool { return a.key == b.key && a.id != "" && a.id == b.id }

// hasPlace reports whether a call of the kind makes its command where the code makes the call, and
// whether the SDK compares that place. It skips version markers. The answer of an update comes when
// its handler returns, and the end of the code is a change of its own.
func hasPlace(kind trace.Kind) bool {
	switch kind {
	case trace.GetVersion, trace.Update, trace.Ending, "":
		return false
	}
	return true
}

func (s *SideBySide) itemOf(e *historypb.HistoryEvent) item {
	id, _ := events.CommandID(e)
	return item{key: s.Key(e), kind: trace.KindOf(e), id: chosenID(id), content: s.Carried(e), event: e}
}

func (s *SideBySide) itemOfCall(c *Call) item {
	return item{key: c.Key(), kind: c.Kind, id: chosenID(c.commandID()), content: s.Carries(c), call: c}
}

// chosenID is the ID if it is not one that the SDK makes of a predicted event ID.
func chosenID(id string) string {
	if isDefaultID(id) {
		return ""
	}
	return id
}

// commandID is the ID of the call's command, as events.CommandID has it of an event.
func (c *Call) commandID() string {
	switch c.Kind {
	case trace.Activity, trace.Timer, trace.ChildWorkflow:
		return c.ID
	}
	return ""
}

// items are the commands of the task on both sides, each in order.
func (s *SideBySide) items(t Task) (recorded, now []item) {
	for _, e := range t.Events {
		if s.isItem(e) {
			recorded = append(recorded, s.itemOf(e))
		}
	}
	for _, c := range t.Calls {
		if hasPlace(c.Kind) && c.Sends() {
			now = append(now, s.itemOfCall(c))
		}
	}
	return recorded, now
}

func (s *SideBySide) isItem(e *historypb.HistoryEvent) bool {
	return hasPlace(trace.KindOf(e)) && !events.FromCancel(e) && !events.ClosesAsCodeDoes(e)
}

// laterInHistory finds the same command in a later Workflow Task of the history, where the code does
// not make it again.
func (s *SideBySide) laterInHistory(c *Call, after int64) *historypb.HistoryEvent {
	want := s.itemOfCall(c)
	if s.again(c, want) {
		return nil
	}
	for _, e := range s.index.made {
		if s.index.tasks[e] > after && s.isItem(e) && s.Key(e) == want.key && want.is(s.itemOf(e)) {
			return e
		}
	}
	return nil
}

// laterInCode finds the call that makes the same command in a later Workflow Task, where the history
// does not have it again.
func (s *SideBySide) laterInCode(e *historypb.HistoryEvent, after int64) *Call {
	want := s.itemOf(e)
	if s.hasLater(e, want) {
		return nil
	}
	for _, c := range s.Calls {
		if c.Task > after && hasPlace(c.Kind) && c.Made && c.Key() == want.key && want.is(s.itemOfCall(c)) &&
			!s.handlesLater(c, after) {
			return c
		}
	}
	return nil
}

// again reports whether the code makes the same command once more after the call.
func (s *SideBySide) again(c *Call, want item) bool {
	i := slices.Index(s.Calls, c)
	return i >= 0 && slices.ContainsFunc(s.Calls[i+1:], func(other *Call) bool {
		return other.Made && other.Key() == want.key && want.is(s.itemOfCall(other))
	})
}
