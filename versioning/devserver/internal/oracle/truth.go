package oracle

import (
	"cmp"
	"slices"
	"strings"

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
	c.dropRefused(p)
	c.locate(p)
	return p
}

// locate finds the first Workflow Task in which the two runs differ, and what they send there.
func (c *Case) locate(p *parting) {
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
		return
	}
	p.task = events.WorkflowTask{}
}

// dropRefused takes out children of which the history has nothing: one with the same ID is open, which
// the SDK knows. It refuses them in the new program too.
func (c *Case) dropRefused(p *parting) {
	refused := map[int]bool{}
	for _, task := range events.CompletedTasks(c.Recording.History.GetEvents()) {
		at := int(task.Started)
		calls := p.old.sent[at]
		kept := []program.Call{}
		for i, call := range calls {
			if call.Does == program.CallsChild && c.eventOf(task, calls, i) == nil {
				refused[call.Step.Mark] = true
			} else {
				kept = append(kept, call)
			}
		}
		p.old.sent[at] = kept
		p.new.sent[at] = slices.DeleteFunc(p.new.sent[at], func(call program.Call) bool {
			return call.Does == program.CallsChild && refused[call.Step.Mark] && !c.closed(call, task)
		})
	}
}

// closed reports whether the last child of that name that the history has before the Workflow Task has
// closed by then: nobody refuses another one.
func (c *Case) closed(call program.Call, task events.WorkflowTask) bool {
	last, closed := int64(0), false
	for _, e := range c.Recording.History.GetEvents()[:task.Started] {
		switch a := e.GetStartChildWorkflowExecutionInitiatedEventAttributes(); {
		case a.GetWorkflowType().GetName() == call.Name && strings.HasSuffix(a.GetWorkflowId(), "/"+call.Name):
			last, closed = e.GetEventId(), false
		case last > 0 && last == cmp.Or(e.GetChildWorkflowExecutionCompletedEventAttributes().GetInitiatedEventId(),
			e.GetChildWorkflowExecutionFailedEventAttributes().GetInitiatedEventId(),
			e.GetChildWorkflowExecutionCanceledEventAttributes().GetInitiatedEventId()):
			closed = true
		}
	}
	return closed
}

// same reports whether two calls send the same.
func same(a, b program.Call) bool {
	a.Step, b.Step, a.Task, b.Task = nil, nil, 0, 0
	a.Canceled, b.Canceled, a.Beside, b.Beside, a.Refused, b.Refused = false, false, false, false, false, false
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
		for _, other := range []*Truth{c.getsToEnd(p), c.getsToEndLater(p), c.asksFirst(p), c.comesOfRefusal(), c.otherValueInOrder(p)} {
			if other != nil {
				truths = append(truths, *other)
			}
		}
	} else if tasks := events.CompletedTasks(c.Recording.History.GetEvents()); len(tasks) > 0 {
		whole := *p
		whole.task = tasks[len(tasks)-1]
		if v := c.outOfRange(&whole); v != nil {
			truths = append(truths, *v) // the call itself sends nothing
		}
	}
	return append(truths, c.arrivals(p)...)
}

func (c *Case) truthOf(p *parting) Truth {
	t := Truth{}
	t.Kinds, t.Why = c.kinds(p)
	if v := c.outOfRange(p); v != nil {
		return *v
	}
	if e := c.eventOf(p.task, p.old.sent[int(p.task.Started)], p.index); e != nil {
		t.Events = []int64{e.GetEventId()}
	}
	if p.was == nil || p.is != nil {
		// What the code does without an event is at the event in its place, or in the Workflow Task.
		t.Events = append(t.Events, p.task.Completed)
	}
	switch {
	case p.is == nil:
		t.Steps = c.near(p)
	case ends(p.is), p.is.Does == program.Answers:
		// Nothing tells at which line a function returns: the call before it can be named. A handler that
		// answers at once is what the acceptance of its update leads to.
		t.Steps = append(c.before(p), p.is.Step)
		if p.is.Does == program.Answers {
			t.Events = append(t.Events, c.acceptances(p)...)
		}
	default:
		t.Steps = []*program.Step{p.is.Step}
		if rest := p.new.sent[int(p.task.Started)][len(p.before)+1:]; cancels(p.is) && len(rest) > 0 {
			t.Steps = append(t.Steps, rest[0].Step) // the code goes on there
		} else if cancels(p.is) {
			t.Steps = append(t.Steps, c.near(p)...) // it sends nothing more, and waits there
			all := p.new.all[int(p.task.Started)]
			t.Steps = append(t.Steps, all[len(all)-1].Step)
		}
	}
	if p.is != nil && ends(p.is) && p.was != nil && c.endsToo(p) {
		t.Events = append(t.Events, c.closing())
	}
	t.NoLine = p.was != nil && p.was.Does == program.Accepts || p.is != nil && ends(p.is) && len(c.before(p)) == 0
	return t
}

// endsToo reports whether the old program ends in the Workflow Task of the parting, too.
func (c *Case) endsToo(p *parting) bool {
	return slices.ContainsFunc(p.old.sent[int(p.task.Started)], func(call program.Call) bool { return ends(&call) })
}

// closing is the ID of the last event.
func (c *Case) closing() int64 {
	all := c.Recording.History.GetEvents()
	return all[len(all)-1].GetEventId()
}

// before are the last steps of the new program that called something, and sent something, up to the
// parting. A cancel function calls nothing, so the call before it can be named too. Before an end, it can
// be the last call of the workflow function itself.
func (c *Case) before(p *parting) (steps []*program.Step) {
	var called, own, canceled, sent *program.Step
	for _, task := range events.CompletedTasks(c.Recording.History.GetEvents()) {
		if task.Started > p.task.Started {
			break
		}
		at := int(task.Started)
		for _, call := range p.new.all[at] {
			if p.is != nil && task.Started == p.task.Started && call == *p.is {
				break
			}
			if canceled = call.Step; !cancels(&call) {
				called = call.Step
			}
			if !cancels(&call) && !call.Beside && p.is != nil && ends(p.is) {
				own = call.Step
			}
		}
		inside := p.new.sent[at]
		if task.Started == p.task.Started {
			inside = inside[:len(p.before)]
		}
		for _, call := range inside {
			sent = call.Step
		}
	}
	for _, s := range []*program.Step{called, own, canceled, sent} {
		if s != nil {
			steps = append(steps, s)
		}
	}
	return steps
}

// near are the steps around a point where the new program sends nothing: where it is then, what it
// sent before, what comes next, and the call that it does not make.
func (c *Case) near(p *parting) []*program.Step {
	steps := c.before(p)
	if p.was != nil && p.was.Step != nil {
		steps = append(steps, c.step(p.was.Step.Mark))
	}
	steps = append(steps, c.next(p), c.woken(p))
	first := 0 // the next task in which the code does something
	for task := range p.new.all {
		if task > int(p.task.Started) && (first == 0 || task < first) {
			first = task
		}
	}
	if first > 0 {
		steps = append(steps, p.new.all[first][0].Step)
	}
	return slices.DeleteFunc(steps, func(s *program.Step) bool { return s == nil })
}

// woken is the step that waited for the signal that the Workflow Task of the parting is for: the code has
// gone on from there, and sends nothing more. It is nil if it is for none.
func (c *Case) woken(p *parting) (woken *program.Step) {
	came := map[string]bool{}
	for _, e := range slices.Backward(c.Recording.History.GetEvents()[:p.task.Started]) {
		if e.GetWorkflowTaskCompletedEventAttributes() != nil {
			break
		}
		came[e.GetWorkflowExecutionSignaledEventAttributes().GetSignalName()] = true
	}
	for _, call := range p.new.upTo(p.task) {
		if call.Does == program.Asks && call.Name != "" && came[call.Name] {
			woken = call.Step
		}
	}
	return woken
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

// later reports whether the calls of a run have such a call after the parting, more often than what the
// other run has from there on explains: in the same Workflow Task, or in a later one.
func (p *parting) later(r *run, call *program.Call) (sameTask, otherTask bool) {
	other := p.old
	if r == p.old {
		other = p.new
	}
	count := func(r *run, inTask bool) (n int) {
		for task, calls := range r.sent {
			switch {
			case task == int(p.task.Started):
				calls = calls[min(p.index, len(calls)):]
			case inTask || task < int(p.task.Started):
				continue
			}
			for _, c := range calls {
				if same(c, *call) {
					n++
				}
			}
		}
		return n
	}
	sameTask = count(r, true) >= count(other, true) && count(r, true) > 0
	return sameTask, !sameTask && count(r, false) > 0
}

// recordsLater reports whether the history has, after the parting, what the SDK takes for the call.
func (p *parting) recordsLater(call program.Call) bool {
	for task, calls := range p.old.sent {
		if task == int(p.task.Started) {
			calls = calls[min(p.index, len(calls)):]
		}
		if task >= int(p.task.Started) && slices.ContainsFunc(calls, func(c program.Call) bool { return passes(c, call) }) {
			return true
		}
	}
	return false
}
