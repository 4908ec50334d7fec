package oracle

import (
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// asksFirst is the truth of code that asks for a version where the history has a call, and takes the
// marker that the history has after it: it is there already that the code does something else. It is nil
// if it does not.
func (c *Case) asksFirst(p *parting) *Truth {
	was, is := c.withVersions(p.old, p.task), c.withVersions(p.new, p.task)
	n := 0
	for n < len(was) && n < len(is) && same(was[n], is[n]) {
		n++
	}
	if n == len(is) || is[n].Does != program.AsksVersion {
		return nil
	}
	index := 0
	for _, call := range was[:n] {
		if call.Does != program.AsksVersion {
			index++
		}
	}
	e := c.eventOf(p.task, p.old.sent[int(p.task.Started)], index)
	if e == nil {
		return nil
	}
	t := &Truth{Events: []int64{e.GetEventId()}, Steps: append(c.before(p), is[n].Step)}
	t.Kinds, t.Why = c.kinds(p)
	t.Why = "the code asks for a version there, before the next call: " + t.Why
	return t
}

// withVersions are the calls that something is sent for in the Workflow Task, and those of GetVersion
// for which the history has a marker there.
func (c *Case) withVersions(r *run, task events.WorkflowTask) (calls []program.Call) {
	recorded := map[string]bool{}
	for _, e := range c.Recording.History.GetEvents()[task.Completed:task.End] {
		if id, _, ok := marker(e); ok {
			recorded[id] = true
		}
	}
	sent := r.sent[int(task.Started)]
	for _, call := range r.all[int(task.Started)] {
		switch {
		case len(sent) > 0 && call == sent[0]:
			calls, sent = append(calls, call), sent[1:]
		case call.Does == program.AsksVersion && recorded[call.Name]:
			calls = append(calls, call)
			recorded[call.Name] = false // the next call sends nothing
		}
	}
	return calls
}
