package oracle

import (
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// getsToEnd is the truth of code that sends something else, and is at its end in the same Workflow Task
// as well, where the history goes on: that matters more than what it sends before. It is nil if it is
// not.
func (c *Case) getsToEnd(p *parting) *Truth {
	if p.is != nil && ends(p.is) {
		return nil
	}
	return c.endsIn(p, p.task)
}

// getsToEndLater is the same in a later Workflow Task, where all that differs before is what no SDK
// compares: a live Worker gets to that end too.
func (c *Case) getsToEndLater(p *parting) *Truth {
	for _, task := range events.CompletedTasks(c.Recording.History.GetEvents()) {
		if task.Started < p.task.Started {
			continue
		}
		if t := c.endsIn(p, task); t != nil && task.Started > p.task.Started {
			return t
		}
		was, is := p.old.sent[int(task.Started)], p.new.sent[int(task.Started)]
		if len(was) != len(is) {
			return nil
		}
		for i := range was {
			if !passes(was[i], is[i]) {
				return nil
			}
		}
	}
	return nil
}

// passes reports whether the SDK takes one call for the other.
func passes(was, is program.Call) bool {
	if was.Does != is.Does || was.Name != is.Name || was.Does == program.Signals && was.Option != is.Option {
		return false
	}
	return was.Does != program.CallsChild || named(was) == named(is)
}

// named reports whether a child has an ID that the code gives it.
func named(child program.Call) bool { return strings.HasSuffix(child.Option, "true") }

// endsIn is the truth of code that is at its end in the Workflow Task, where the history goes on, nil if
// it is not.
func (c *Case) endsIn(p *parting, task events.WorkflowTask) *Truth {
	end := *p
	end.task = task
	sent := p.new.sent[int(task.Started)]
	if len(sent) == 0 || !ends(&sent[len(sent)-1]) || c.endsToo(&end) {
		return nil
	}
	end.is, end.before = &sent[len(sent)-1], sent[:len(sent)-1]
	t := &Truth{Events: []int64{task.Completed}, Kinds: []cause.Kind{cause.EndsEarlier}, Why: "the code gets to its end in this Workflow Task",
		Steps: c.before(&end)}
	index := len(end.before)
	if task.Started == p.task.Started {
		index = p.index
	}
	if e := c.eventOf(task, p.old.sent[int(task.Started)], index); e != nil {
		t.Events = append(t.Events, e.GetEventId())
	}
	return t
}
