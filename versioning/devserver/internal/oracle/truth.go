package oracle

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// A Truth is what is right to say of a case.
type Truth struct {
	// Events are the IDs of the events that can be named, and Steps are the steps of the new program
	// whose lines can be named. A nil step stands for the end of the function.
	Events []int64
	Steps  []*program.Step
	// NoLine is whether there need not be a line: no call of the code is at the place.
	NoLine bool
	Kinds  []cause.Kind
	// Why is the rule of the table.
	Why string
}

// A parting is the first point where what the two programs send differs.
type parting struct {
	task events.WorkflowTask
	// Before is what both send in the task before it, and Was and Is what they send there: nil if
	// nothing more.
	before  []program.Call
	was, is *program.Call
	// index is the place of was in the calls of the old program in the task.
	index    int
	old, new *run
}

// part runs both programs over the recording. Nil means that they send the same.
func (c *Case) part() *parting {
	p := &parting{old: runOver(c.Pair.Old, c.Recording), new: runOver(c.Pair.New, c.Recording)}
	for _, p.task = range events.CompletedTasks(c.Recording.History.GetEvents()) {
		at := int(p.task.Started)
		was, is := p.old.sent[at], p.new.sent[at]
		n := 0
		for n < len(was) && n < len(is) && same(was[n], is[n]) {
			n++
		}
		if n == len(was) && n == len(is) {
			continue
		}
		p.before, p.index = was[:n], n
		if n < len(was) {
			p.was = &was[n]
		}
		if n < len(is) {
			p.is = &is[n]
		}
		return p
	}
	p.task = events.WorkflowTask{}
	return p
}

// same reports whether two calls send the same.
func same(a, b program.Call) bool {
	a.Step, b.Step, a.Task, b.Task = nil, nil, 0, 0
	return a == b
}

// parted is whether there is a point where the programs send something else.
func (p *parting) parted() bool { return p.task.Started != 0 }

// Truths returns what is right to say of the case: each of them alone.
func (c *Case) Truths() []Truth {
	p := c.part()
	var truths []Truth
	if p.parted() {
		truths = append(truths, c.truthOf(p))
	}
	return append(truths, c.arrivals(p)...)
}

func (c *Case) truthOf(p *parting) Truth {
	t := Truth{}
	t.Kinds, t.Why = c.kinds(p)
	if v := c.outOfRange(p); v != nil {
		return *v
	}
	if p.was != nil {
		if e := c.eventOf(p.task, p.old.sent[int(p.task.Started)], p.index); e != nil {
			t.Events = []int64{e.GetEventId()}
		}
	} else {
		t.Events = []int64{p.task.Completed}
	}
	if p.is != nil {
		t.Steps = []*program.Step{p.is.Step}
		return t
	}
	t.Steps = c.near(p)
	return t
}

// near are the steps around a point where the new program sends nothing: the one that it sent
// something for last, those that it is at then, and the one that comes next.
func (c *Case) near(p *parting) (steps []*program.Step) {
	at := int(p.task.Started)
	all := p.new.all[at]
	last := 0
	if sent := p.new.sent[at]; len(sent) > 0 {
		for i, call := range all {
			if call == sent[len(sent)-1] {
				last = i
			}
		}
	}
	for _, call := range all[min(last, len(all)):] {
		steps = append(steps, call.Step)
	}
	if next := c.next(p); next != nil {
		steps = append(steps, next)
	}
	// What is called in the next task in which the code does something.
	first := 0
	for task := range p.new.all {
		if task > at && (first == 0 || task < first) {
			first = task
		}
	}
	if first > 0 {
		steps = append(steps, p.new.all[first][0].Step)
	}
	return steps
}

// next is the step of the new program that comes after the old program's step, in the order of the
// text.
func (c *Case) next(p *parting) *program.Step {
	if p.was == nil || p.was.Step == nil {
		return nil
	}
	passed := false
	var next *program.Step
	c.Pair.Old.Walk(func(s *program.Step) {
		if passed && next == nil {
			next = c.step(s.Mark)
		}
		passed = passed || s == p.was.Step
	})
	return next
}

// step is the step of the new program with the mark, nil if it has none.
func (c *Case) step(mark int) (found *program.Step) {
	c.Pair.New.Walk(func(s *program.Step) {
		if s.Mark == mark {
			found = s
		}
	})
	return found
}

// had reports whether the old program has the step of a call of the new one.
func (c *Case) had(call *program.Call) (had bool) {
	if call.Step == nil {
		return true
	}
	c.Pair.Old.Walk(func(s *program.Step) { had = had || s.Mark == call.Step.Mark })
	return had
}

// has reports whether the new program still has the step of a call of the old one.
func (c *Case) has(call *program.Call) bool { return call.Step == nil || c.step(call.Step.Mark) != nil }

// later reports whether the calls have such a call after the parting, in the same Workflow Task or in
// a later one.
func (p *parting) later(r *run, call *program.Call) (sameTask, otherTask bool) {
	for task, calls := range r.sent {
		if task < int(p.task.Started) {
			continue
		}
		if task == int(p.task.Started) {
			sameTask = slices.ContainsFunc(calls[min(p.index+1, len(calls)):], func(c program.Call) bool { return same(c, *call) })
			continue
		}
		otherTask = otherTask || slices.ContainsFunc(calls, func(c program.Call) bool { return same(c, *call) })
	}
	return sameTask, otherTask
}
