package compare

import (
	"slices"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// A call that comes in another Workflow Task than its event, while the order of all calls is as it
// was, waits for something that it has not waited for, or does not wait any more.

// elsewhereInTime finds that the call at the place is in the history later, or that the event at the
// place has its call later.
func (at place) elsewhereInTime(p Parting) (Parting, bool) {
	task := at.all[at.task]
	if task.Completed == 0 {
		return p, false
	}
	if p.Event == nil && hasPlace(p.Call.Kind) {
		e := at.side.laterInHistory(p.Call, task.Completed)
		if e == nil {
			return p, false
		}
		p.Elsewhere, p.Change = &Entry{Event: e}, CallMoved
		if at.side.nextInHistory(task.Completed) == e && at.side.startsEarly(task, p.Call) {
			p.Change = CallsMadeParallel
		}
		return p, true
	}
	if p.Call == nil && at.side.isItem(p.Event) {
		if c := at.side.laterInCode(p.Event, task.Started); c != nil {
			p.Elsewhere, p.Change = &Entry{Call: c}, CallMoved
			if at.side.waits(p.Event, c) {
				p.Change, p.near = CallsMadeSequential, c
			}
			return p, true
		}
	}
	return p, false
}

// MadeLater returns the parting of a call that is removed, as one that comes later, if the other
// replay shows that. There the history has nothing of the event. ok is false if the code does not
// make the call later.
func (s *SideBySide) MadeLater(p *Parting, other *SideBySide) (later *Parting, ok bool) {
	c := other.laterInCode(p.Event, p.Task.Started)
	if c == nil || !s.waits(p.Event, c) {
		return nil, false
	}
	found := *p
	found.Elsewhere, found.Change, found.near = &Entry{Call: c}, CallsMadeSequential, c
	return &found, true
}

// startsEarly reports whether the code makes all that the history has in the task, and then the call,
// whose result the code can wait for.
func (s *SideBySide) startsEarly(task Task, c *Call) bool {
	recorded, now := s.items(task)
	i := slices.IndexFunc(now, func(it item) bool { return it.call == c })
	return givesResult(c.Kind) && i > 0 && i == len(recorded) && all(recorded, now[:i], item.is)
}

// waits reports whether the code makes all that the history has in the task before the event, and
// nothing in the place of the event, where the call c comes in a later task.
func (s *SideBySide) waits(e *historypb.HistoryEvent, c *Call) bool {
	if !givesResult(c.Kind) {
		return false
	}
	tasks := s.Tasks()
	at := slices.IndexFunc(tasks, func(t Task) bool { return t.Completed == s.index.tasks[e] })
	if at < 0 {
		return false
	}
	recorded, now := s.items(tasks[at])
	i := slices.IndexFunc(recorded, func(it item) bool { return it.event == e })
	return i > 0 && i == len(now) && all(recorded[:i], now, item.is)
}

// givesResult reports whether code waits for what the call gives.
func givesResult(kind trace.Kind) bool { return runs(kind) || kind == trace.Timer }

// nextInHistory is the first command after the Workflow Task.
func (s *SideBySide) nextInHistory(completed int64) *historypb.HistoryEvent {
	for _, e := range s.index.made {
		if s.index.tasks[e] > completed && s.isItem(e) {
			return e
		}
	}
	return nil
}
