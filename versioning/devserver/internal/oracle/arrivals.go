package oracle

import (
	"cmp"
	"slices"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"

	"go.temporal.io/sdk/converter"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/edit"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// outOfRange is the truth of a GetVersion call whose range leaves out what the history has: the SDK
// stops the code there. It is nil if there is none before the parting.
func (c *Case) outOfRange(p *parting) *Truth {
	for _, call := range p.new.upTo(p.task) {
		if call.Does != program.AsksVersion {
			continue
		}
		version := -1
		for _, e := range c.Recording.History.GetEvents() {
			// A call gets what was recorded in its own Workflow Task or before.
			if id, recorded, ok := marker(e); ok && id == call.Name && events.TaskOf(e) <= int64(call.Task)+1 {
				version = recorded
			}
		}
		kind := cause.BranchRemoved
		if version > call.Step.Max {
			kind = cause.VersionNotKnown
		} else if version >= call.Step.Min {
			continue
		}
		t := &Truth{Steps: []*program.Step{call.Step}, Kinds: []cause.Kind{kind}, Why: "the range of a GetVersion call leaves the version out",
			Events: []int64{int64(call.Task) + 1, p.task.Completed}}
		if p.was != nil {
			if e := c.eventOf(p.task, p.old.sent[int(p.task.Started)], p.index); e != nil {
				t.Events = append(t.Events, e.GetEventId())
			}
		}
		for _, e := range c.Recording.History.GetEvents() {
			if id, _, ok := marker(e); ok && id == call.Name {
				t.Events = append(t.Events, e.GetEventId())
			}
		}
		return t
	}
	return nil
}

// marker reads the change ID and the version of a marker.
func marker(e *historypb.HistoryEvent) (id string, version int, ok bool) {
	m := e.GetMarkerRecordedEventAttributes()
	if m.GetMarkerName() != "Version" {
		return "", 0, false
	}
	return text(m.GetDetails()["change-id"]), number(m.GetDetails()["version"]), true
}

// arrivals are the truths about what came to the execution, and the new code does not take, or cannot
// read. They come first where the code takes them no more, whatever it sends after that.
func (c *Case) arrivals(p *parting) (truths []Truth) {
	before := func(s *program.Step) *program.Step {
		var was *program.Step
		c.Pair.Old.Walk(func(old *program.Step) {
			if old.Mark == s.Mark {
				was = old
			}
		})
		return was
	}
	unread := func(was *program.Step, steps ...*program.Step) {
		steps = slices.DeleteFunc(steps, func(s *program.Step) bool { return s == nil })
		if t := (Truth{Events: c.signals(was.Name), Steps: steps, NoLine: true, Kinds: []cause.Kind{cause.SignalUnread},
			Why: "the code takes the signal no more"}); len(t.Events) > 0 {
			if c.Change.Inner == edit.Rename {
				t.Kinds = append(t.Kinds, cause.SignalRenamed)
			}
			truths = append(truths, t)
		}
	}
	c.Pair.New.Walk(func(s *program.Step) {
		was := before(s)
		if was == nil {
			return
		}
		if listens(was) && (was.Name != s.Name || was.Kind != s.Kind) {
			unread(was, s)
		}
		if s.Target == program.Decimal && was.Target != program.Decimal {
			truths = append(truths, c.unreadable(p, was, s)...)
		}
	})
	// A step that the code does not get to, or that is gone, takes no signal.
	c.Pair.Old.Walk(func(was *program.Step) {
		if is := c.step(was.Mark); listens(was) && (is == nil || p.parted() || c.moved(was)) {
			unread(was, append(c.nearIfParted(p), is)...)
		}
	})
	return truths
}

func (c *Case) nearIfParted(p *parting) []*program.Step {
	if !p.parted() {
		return nil
	}
	return c.near(p)
}

// moved reports whether the step was edited, or one that it is in.
func (c *Case) moved(s *program.Step) (moved bool) {
	c.Pair.Old.Walk(func(outer *program.Step) {
		if slices.Contains(c.Change.Steps, outer.Mark) {
			(&program.Program{Steps: []program.Step{*outer}}).Walk(func(inner *program.Step) { moved = moved || inner.Mark == s.Mark })
		}
	})
	return moved
}

func listens(s *program.Step) bool {
	return s.Name != "" && (s.Kind == program.Receive || s.Kind == program.Drain || s.Kind == program.Select)
}

// signals are the events of signals with that name.
func (c *Case) signals(name string) (ids []int64) {
	for _, e := range c.Recording.History.GetEvents() {
		if e.GetWorkflowExecutionSignaledEventAttributes().GetSignalName() == name {
			ids = append(ids, e.GetEventId())
		}
	}
	return ids
}

// acceptances are the IDs of the events that accept updates in the Workflow Task.
func (c *Case) acceptances(p *parting) (ids []int64) {
	for _, e := range c.Recording.History.GetEvents()[p.task.Completed:p.task.End] {
		if e.GetWorkflowExecutionUpdateAcceptedEventAttributes() != nil {
			ids = append(ids, e.GetEventId())
		}
	}
	return ids
}

// unreadable are the truths of a step that takes a value for a number: all values are words.
func (c *Case) unreadable(p *parting, was, is *program.Step) []Truth {
	t := Truth{Steps: []*program.Step{is}, Kinds: []cause.Kind{cause.ValueUnreadable}, Why: "the value is a word, and the code takes a number"}
	if listens(was) {
		t.Events = c.signals(was.Name)
	}
	made := c.madeBy(p.old)
	for _, e := range c.Recording.History.GetEvents() {
		if began := cmp.Or(e.GetActivityTaskCompletedEventAttributes().GetScheduledEventId(),
			e.GetChildWorkflowExecutionCompletedEventAttributes().GetInitiatedEventId(), e.GetEventId()); made[began] == was &&
			(began != e.GetEventId() || e.GetMarkerRecordedEventAttributes() != nil) {
			t.Events = append(t.Events, e.GetEventId())
		}
	}
	if len(t.Events) == 0 {
		return nil
	}
	return []Truth{t}
}

// madeBy has the steps of the old program that have made events, by the IDs of the events.
func (c *Case) madeBy(old *run) map[int64]*program.Step {
	made := map[int64]*program.Step{}
	for _, task := range events.CompletedTasks(c.Recording.History.GetEvents()) {
		calls := old.sent[int(task.Started)]
		for i, call := range calls {
			if e := c.eventOf(task, calls, i); e != nil {
				made[e.GetEventId()] = call.Step
			}
		}
	}
	return made
}

func text(p *commonpb.Payloads) (text string) {
	_ = converter.GetDefaultDataConverter().FromPayloads(p, &text)
	return text
}

func number(p *commonpb.Payloads) (number int) {
	_ = converter.GetDefaultDataConverter().FromPayloads(p, &number)
	return number
}
