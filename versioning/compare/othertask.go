package compare

import (
	"slices"

	historypb "go.temporal.io/api/history/v1"
)

// A command with an ID is found in whichever Workflow Task the code sends it, and the SDK accepts it
// there. That is no property of the call: the code waits for something else before it.

// inOtherTask reports whether the code makes the call of the row in another Workflow Task.
func (r Entry) inOtherTask() bool { return slices.ContainsFunc(r.Differences, Difference.InTime) }

// isLate reports whether the code makes the call of the row in a later Workflow Task than the history. No
// difference says so where the SDK has rejected the replay, and none ever of a local activity.
func (s *SideBySide) isLate(r *Entry) bool {
	if s.accepted && !r.inOtherTask() || r.Event == nil || r.Call == nil || r.Call.Event != r.Event {
		return false
	}
	task := s.index.tasks[r.Event]
	return hasPlace(r.Call.Kind) && !s.index.untold[r.Event] && task > 0 && task < r.Call.Task
}

// isEarly reports whether the code makes the call of the row in an earlier Workflow Task than the history,
// in a replay that the SDK has rejected: no difference says so there.
func (s *SideBySide) isEarly(r *Entry) bool {
	if s.accepted || r.Event == nil || r.Call == nil || r.Call.Event != r.Event || !r.Call.inOwnTask() {
		return false
	}
	completed := s.index.completed[r.Call.Task]
	return hasPlace(r.Call.Kind) && !s.index.untold[r.Event] && completed > 0 && completed < s.index.tasks[r.Event]
}

// MadeInOtherTask reports whether the parting is a call that comes in another Workflow Task than its
// event, in a replay that goes on with it.
func (p *Parting) MadeInOtherTask() bool {
	return p.Elsewhere != nil && p.Change != CallsSwapped && p.Entry.inOtherTask()
}

// early is the parting at a call that the history has in a later Workflow Task.
func (at place) early(p Parting) Parting {
	task := at.all[at.task]
	e := p.Event
	p.Event, p.Elsewhere, p.Change = nil, &Entry{Event: e}, CallMoved
	if at.side.nextInHistory(task.Completed) == e && at.side.startsEarly(task, p.Call) {
		p.Change = CallsMadeParallel
	}
	return p
}

// late is the parting at the first event whose call comes in a later Workflow Task, nil if history and
// code part before that. Its row stands where the call is.
func (at place) late(found bool) *Parting {
	var row *Entry
	for i := range at.tasks {
		for j := range at.tasks[i].Rows {
			r := &at.tasks[i].Rows[j]
			if at.side.isLate(r) &&
				(row == nil || r.Event.GetEventId() < row.Event.GetEventId()) {
				row = r
			}
		}
	}
	if row == nil {
		return nil
	}
	in := slices.IndexFunc(at.tasks, func(t TaskRows) bool { return t.Completed == at.side.index.tasks[row.Event] })
	if in < 0 || found && (at.task < in || at.task == in && at.row().Event.GetEventId() < row.Event.GetEventId()) {
		return nil
	}
	at.task, at.at = in, at.behind(in, row.Event)
	p := &Parting{Change: CallMoved, Entry: row, Task: at.tasks[in], Event: row.Event,
		Elsewhere: &Entry{Call: row.Call}, near: at.near()}
	if at.side.waits(row.Event, row.Call) {
		p.Change, p.near = CallsMadeSequential, row.Call
	}
	return p
}

// behind is the index of the first row of the task that comes after the event.
func (at place) behind(task int, e *historypb.HistoryEvent) int {
	rows := at.tasks[task].Rows
	i := slices.IndexFunc(rows, func(r Entry) bool { return r.Event.GetEventId() > e.GetEventId() })
	if i < 0 {
		return len(rows)
	}
	return i
}
