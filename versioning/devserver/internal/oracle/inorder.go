package oracle

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

// otherValueInOrder is the truth of calls in another order, of which the SDK takes each for its own event,
// whatever the order is: that the first of them carries another value is right too, at its event. It is nil
// if the SDK rejects the replay, or the call carries the same.
func (c *Case) otherValueInOrder(p *parting) *Truth {
	if p.new.err != nil || p.was == nil || p.is == nil || p.is.Step == nil {
		return nil
	}
	calls := p.old.sent[int(p.task.Started)]
	i := slices.IndexFunc(calls, func(call program.Call) bool { return call.Step != nil && call.Step.Mark == p.is.Step.Mark })
	if i <= p.index || !passes(calls[i], *p.is) || calls[i].Value == p.is.Value {
		return nil
	}
	e := c.eventOf(p.task, calls, i)
	if e == nil {
		return nil
	}
	return &Truth{Events: []int64{e.GetEventId()}, Steps: []*program.Step{p.is.Step}, Kinds: []cause.Kind{cause.ValuesChanged},
		Why: "the call comes before another one, which the SDK accepts, and carries another value"}
}
