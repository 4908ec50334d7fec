package compare

import historypb "go.temporal.io/api/history/v1"

// guess pairs calls and events of one key in their order, where the SDK has
// rejected the replay and the IDs have shifted. What is aligned for certain
// stays in between, and of calls with one key those that carry the same come first.
func (b *rowBuilder) guess() map[*Call]*historypb.HistoryEvent {
	guessed := map[*Call]*historypb.HistoryEvent{}
	inTask := map[*historypb.HistoryEvent]bool{}
	var events []*historypb.HistoryEvent
	var recorded, now []paired
	for _, e := range b.task.Events {
		inTask[e] = true
		if _, canceled := b.side.Cancellation(e); canceled || b.owner[e] != nil && !b.here(e) {
			continue
		}
		entry := anchor(e)
		if b.owner[e] == nil {
			entry = paired{b.side.Key(e), b.side.Carried(e)}
		}
		events, recorded = append(events, e), append(recorded, entry)
	}
	var calls []*Call
	for _, c := range b.task.Calls {
		switch {
		case c.Event != nil && inTask[c.Event]:
			calls, now = append(calls, c), append(now, anchor(c.Event))
		case c.Event == nil && c.Sends():
			calls, now = append(calls, c), append(now, paired{c.Key(), b.side.Carries(c)})
		}
	}
	for _, pair := range pairs(now, recorded) {
		if c := calls[pair[0]]; c.Event == nil {
			guessed[c] = events[pair[1]]
		}
	}
	return guessed
}

// otherValues is what the call carries that the event does not, or the other way round: that they are
// put beside each other for their names alone does not matter for the first row that parts.
func (b *rowBuilder) otherValues(c *Call, e *historypb.HistoryEvent) (values []Difference) {
	now, recorded := b.side.Carries(c), b.side.Carried(e)
	if now == "" || recorded == "" || now == recorded {
		return nil
	}
	guessed := *c
	guessed.Event = e
	for d := range b.side.differences(&guessed, b.side.Events[0].GetWorkflowExecutionStartedEventAttributes(), false) {
		if d.Why == "" && d.Level == Values {
			values = append(values, d.Difference)
		}
	}
	return values
}
