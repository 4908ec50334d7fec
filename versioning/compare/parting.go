package compare

import (
	"cmp"
	"slices"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// A Parting is the first place at which history and code part, with what is there and around it.
type Parting struct {
	Change Change
	Entry  *Entry
	// Task is the Workflow Task that Entry belongs to.
	Task TaskRows
	// Event is what the history has at the place, and Call is what the code does there. One of them
	// can be nil.
	Event *historypb.HistoryEvent
	Call  *Call
	// Elsewhere is the other half of a moved call, in the code or in the history. It is nil if
	// there is no other half.
	Elsewhere *Entry
	// Instead is what the other side has at the place. It is nil if the other side has nothing
	// there.
	Instead *Entry
	// Beside is the event that the history has at the place, if Event is nil and there is one.
	Beside *historypb.HistoryEvent

	// near is the call, or the next one or the one before where the code does nothing
	// there, nil if there is none whose line is known.
	near *Call
}

// Line is the line of workflow code at the change. It is the zero Line if that line is not known.
func (p *Parting) Line() (line trace.Line) {
	if p.near != nil {
		line = p.near.Line()
	}
	return line
}

// Precedes reports whether the call, and its event, come before the change.
func (s *SideBySide) Precedes(c *Call, p *Parting) bool {
	if e := cmp.Or(p.Event, p.Beside); e != nil || p.Call == nil {
		return c.Event.GetEventId() < cmp.Or(e.GetEventId(), p.Task.Completed)
	}
	if p.Call.Kind == trace.Cancellation {
		if c.Task != p.Task.Started {
			return c.Task < p.Task.Started
		}
		row := func(c *Call) int {
			return slices.IndexFunc(p.Task.Rows, func(r Entry) bool { return r.Call == c })
		}
		return row(c) < row(p.Call)
	}
	return slices.Index(s.Calls, c) < slices.Index(s.Calls, p.Call)
}

// Callers are the lines of workflow code that led to Line.
func (p *Parting) Callers() (callers []string) {
	if p.near != nil {
		callers = p.near.Callers()
	}
	return callers
}

// place is a row of a task.
type place struct {
	side     *SideBySide
	tasks    []TaskRows
	task, at int
	// all are the tasks of the whole history and of all calls.
	all []Task
}

func (at place) rows() []Entry { return at.tasks[at.task].Rows }

func (at place) row() *Entry { return &at.rows()[at.at] }

// near is the call in the row, or the next call of the code, or where it waits, or the last call
// before, whichever has a line.
func (at place) near() *Call {
	for i, r := range at.rows()[at.at:] {
		if i > 0 && at.side.asksAgain(r) && at.sends(at.at+i) {
			continue
		}
		answers := r.Call != nil && r.Call.Kind == trace.Update && r.Call.Source() == ""
		if answers && (i == 0 || r.Event != nil) {
			if last := at.side.lastOf(r.Call); last != nil {
				return last
			}
		}
		if r.Call != nil && r.Call.Source() != "" {
			return r.Call
		}
	}
	before := at.before()
	if answers := at.answersEarly(); answers != nil {
		return answers
	}
	if waits := at.waits(before); waits != nil {
		return waits
	}
	return before
}

// before is the last call before the row that has a line.
func (at place) before() *Call {
	for i := at.task; i >= 0; i-- {
		rows := at.tasks[i].Rows
		if i == at.task {
			rows = rows[:at.at]
		}
		for _, r := range slices.Backward(rows) {
			if r.Call != nil && r.Call.Source() != "" {
				return r.Call
			}
		}
	}
	return nil
}

// CallsBefore are the calls of the coroutine of a call before it, in order, with what it asks for and
// which coroutines it starts: what a handler does is not on the way to the end of the workflow function.
func (s *SideBySide) CallsBefore(c *Call) (calls []*Call) {
	awaits := s.awaits
	for i, other := range s.Calls {
		for ; len(awaits) > 0 && awaits[0].Before <= i; awaits = awaits[1:] {
			if awaits[0].Coroutine == c.Coroutine {
				calls = append(calls, &Call{Call: awaits[0].Call})
			}
		}
		if other == c {
			break
		}
		if other.Coroutine == c.Coroutine {
			calls = append(calls, other)
		}
	}
	return calls
}

// waits is where the code asks for something to come in the Workflow Task, after that call: it makes
// no call then, so it waits there.
func (at place) waits(after *Call) *Call {
	s := at.side
	for _, await := range slices.Backward(s.awaits) {
		if await.Kind == trace.Asking && await.Task == at.tasks[at.task].Started && await.Source() != "" && await.Before > slices.Index(s.Calls, after) {
			return &Call{Call: await.Call}
		}
	}
	return nil
}

// sends reports whether the code sends something in the Workflow Task from the row on.
func (at place) sends(from int) bool {
	return slices.ContainsFunc(at.rows()[from:], func(r Entry) bool {
		return r.Call != nil && r.Call.Source() != "" && !at.side.asksAgain(r) && r.Call.Sends()
	})
}

// asksAgain reports whether the row is that of a GetVersion call whose marker the history has in another
// Workflow Task: the call sends nothing, and stands in the row with that marker.
func (s *SideBySide) asksAgain(r Entry) bool {
	return r.Call != nil && r.Call.Kind == trace.GetVersion && r.Event != nil && s.index.tasks[r.Event] != s.index.completed[r.Call.Task]
}

// instead is the half of another row that stands at the place on the other side.
func (at place) instead() *Entry {
	rows, mark := at.rows(), at.row().Mark
	var aside []*Call
	for i := at.at + 1; i < len(rows) && rows[i].Mark != mark; i++ {
		if rows[i].halved() {
			if slices.ContainsFunc(aside, cmp.Or(rows[i].Call, at.row().Call).inCoroutineOf) {
				return nil
			}
			return &rows[i]
		}
		if rows[i].Call != nil && rows[i].Call.Kind == trace.Update || at.side.asksAgain(rows[i]) {
			continue // its event is that of the answer, and its row that of the beginning; or that of another task
		}
		if rows[i].Event != nil && rows[i].Call != nil && rows[i].Call.Kind == trace.LocalActivity {
			aside = append(aside, rows[i].Call) // its event comes when it ends, whatever another coroutine does
			continue
		}
		if whole := rows[i].Event != nil && rows[i].Call != nil; whole || rows[i].Mark != MarkUnknown &&
			!(rows[i].Mark == MarkSame && rows[i].Event == nil) {
			return nil // something stands between them
		}
	}
	return nil
}

// elsewhere is the same call in another row, which means that it was moved.
func (at place) elsewhere() (*Entry, Change) {
	row := at.row()
	key := at.side.keyOf(row)
	for i := range at.tasks {
		for j := range at.tasks[i].Rows {
			other := &at.tasks[i].Rows[j]
			if other == row || !other.halved() || other.Mark == row.Mark || at.side.keyOf(other) != key ||
				!at.side.itemIn(row).is(at.side.itemIn(other)) {
				continue
			}
			if i != at.task {
				return other, CallMoved
			}
			return other, CallMovedInTask
		}
	}
	return nil, ""
}

// itemIn is the command of a row.
func (s *SideBySide) itemIn(r *Entry) item {
	if r.Call != nil {
		return s.itemOfCall(r.Call)
	}
	return s.itemOf(r.Event)
}

// keyOf is the key of the call of a row, or of its event where it has no call.
func (s *SideBySide) keyOf(r *Entry) string {
	if r.Call != nil {
		return r.Call.Key()
	}
	return s.Key(r.Event)
}
