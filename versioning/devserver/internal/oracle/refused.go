package oracle

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

// comesOfRefusal is the truth of a step that has another value, as the code has called a child before it
// that the SDK refuses: nothing is sent for that child, so the value is the first that differs in the
// history. It is nil if there is no such step.
func (c *Case) comesOfRefusal() *Truth {
	p := &parting{old: runOver(c.Pair.Old, c.Recording), new: runOver(c.Pair.New, c.Recording)}
	dropped := 0
	for _, r := range []*run{p.old, p.new} {
		for task, calls := range r.sent {
			r.sent[task] = slices.DeleteFunc(calls, func(call program.Call) bool { return call.Refused })
			dropped += len(calls) - len(r.sent[task])
		}
	}
	c.locate(p)
	if dropped == 0 || p.was == nil || p.is == nil || p.was.Step == nil || p.is.Step == nil || p.was.Step.Mark != p.is.Step.Mark {
		return nil
	}
	t := c.truthOf(p)
	t.Why = "the SDK refuses a child before it: " + t.Why
	return &t
}
