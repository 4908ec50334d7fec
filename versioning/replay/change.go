package replay

import (
	"slices"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// A parting is where history and code part first, with what is there and around it.
type parting struct {
	trace *compare.SideBySide
	row   *Row
	// event and call are what the history has and what the code does there; one of
	// them can be nil.
	event *historypb.HistoryEvent
	call  *compare.Call
	// near is the call, or the next one or the one before where the code does nothing
	// there, nil if there is none whose line is known.
	near   *compare.Call
	task   ExplainedTask
	change CauseKind
	// elsewhere is where in the code or the history the other half of a moved call
	// is, nil if it is nowhere.
	elsewhere *Row
	// instead is what the other side has at the place, nil if it has nothing.
	instead *Row
}

// part finds the first row of the tasks at which history and code part, and says
// what kind of change that is. Where nothing else does, an ID that has shifted is
// all there is: a call that was taken back before it was sent has used one up.
func part(t *compare.SideBySide, tasks []ExplainedTask) *parting {
	for _, parts := range []func(Row) bool{
		func(r Row) bool { return r.Mark == Missing || r.Mark == Extra || r.Mark == Differs },
		func(r Row) bool { return r.Mark == Unknown && len(r.Differences) > 0 },
	} {
		for i := range tasks {
			rows := tasks[i].Rows
			at := slices.IndexFunc(rows, parts)
			if at < 0 {
				continue
			}
			if rows[at].Mark == Unknown {
				rows[at].Mark = Differs
			}
			p := &parting{trace: t, row: &rows[at], event: rows[at].Event, call: rows[at].Call, task: tasks[i]}
			p.near = callNear(tasks, i, at)
			p.classify(tasks, i, at)
			return p
		}
	}
	return nil
}

// callNear is the call in the row, or the next call of the code, or the last one
// before, whichever has a line.
func callNear(tasks []ExplainedTask, task, at int) *compare.Call {
	for _, r := range tasks[task].Rows[at:] {
		if r.Call != nil && r.Call.Source() != "" {
			return r.Call
		}
	}
	for i := task; i >= 0; i-- {
		rows := tasks[i].Rows
		if i == task {
			rows = rows[:at]
		}
		for _, r := range slices.Backward(rows) {
			if r.Call != nil && r.Call.Source() != "" {
				return r.Call
			}
		}
	}
	return nil
}

// line is the line of workflow code of the change, the zero Line if it is not known.
func (p *parting) line() (line trace.Line) {
	if p.near != nil {
		line = p.near.Line()
	}
	return line
}

func (p *parting) source() string { return p.line().String() }

// callers are the lines that led to it.
func (p *parting) callers() (callers []string) {
	if p.near != nil {
		callers = p.near.Callers()
	}
	return callers
}

func (p *parting) classify(tasks []ExplainedTask, task, at int) {
	rows := tasks[task].Rows
	if p.row.Mark == Differs {
		p.change = kindOf(p.row.Differences)
		return
	}
	if p.call != nil && p.call.Kind == trace.Ending || p.event != nil && events.ClosesAsCodeDoes(p.event) {
		p.classifyEnding(tasks, task, at)
		return
	}
	for i := at + 1; i < len(rows) && rows[i].Mark != p.row.Mark && p.instead == nil; i++ {
		if rows[i].Mark == Missing || rows[i].Mark == Extra {
			p.instead = &rows[i]
		} else if rows[i].Mark != Unknown && !(rows[i].Mark == Same && rows[i].Event == nil) {
			break
		}
	}
	if p.instead != nil && p.insertedOrLeftOut() {
		return
	}
	key := p.key()
	// The same call elsewhere means that it was moved.
	for i := range tasks {
		for j := range tasks[i].Rows {
			other := &tasks[i].Rows[j]
			if other == p.row || other.Mark != Missing && other.Mark != Extra || other.Mark == p.row.Mark || rowKey(p.trace, other) != key {
				continue
			}
			p.elsewhere = other
			if p.change = CallsReordered; i != task {
				p.change = CallMoved
			}
			return
		}
	}
	if other := p.instead; other != nil {
		if p.event == nil {
			p.event = other.Event
		}
		if p.call == nil {
			p.call, p.near = other.Call, other.Call
		}
		switch {
		case p.call.Kind == trace.Ending:
			p.classifyEnding(tasks, task, at)
		case events.ClosesAsCodeDoes(p.event):
			p.event, p.change = nil, CallAdded // and the history closes instead
		case p.call.EventType() == p.event.GetEventType() && p.call.Name != "":
			p.change = CallRenamed
		default:
			p.change = CallReplaced
		}
		return
	}
	p.change = CallRemoved
	if p.call != nil {
		p.change = CallAdded
	}
}

// insertedOrLeftOut finds that the code goes on with what the history has later, so
// that the history's call was left out, or that the history goes on with what the
// code does later, so that the code's call was inserted.
func (p *parting) insertedOrLeftOut() bool {
	event, call := p.event, p.call
	if event == nil {
		event = p.instead.Event
	}
	if call == nil {
		call = p.instead.Call
	}
	if call.Kind == trace.Ending || events.ClosesAsCodeDoes(event) {
		return false
	}
	inHistory := p.trace.HasLater(event, call.Key())
	inCode := false
	for i, c := range p.trace.Calls {
		inCode = inCode || c == call && slices.ContainsFunc(p.trace.Calls[i+1:], func(c *compare.Call) bool { return c.Key() == p.trace.Key(event) })
	}
	switch {
	case inHistory && !inCode:
		p.event, p.call, p.change = event, nil, CallRemoved
		p.near = call
	case inCode && !inHistory:
		p.event, p.call, p.change = nil, call, CallAdded
		p.near = call
	}
	return inHistory != inCode
}

func (p *parting) classifyEnding(tasks []ExplainedTask, task, at int) {
	rows := tasks[task].Rows
	p.change = EndsEarlier
	for i := task; i < len(tasks) && p.event == nil; i++ {
		for _, r := range tasks[i].Rows {
			if r.Mark == Missing && p.event == nil {
				p.event = r.Event // what the code does not get to
			}
		}
	}
	for _, r := range rows[at:] {
		if r.Event != nil && events.ClosesAsCodeDoes(r.Event) {
			p.event, p.change = r.Event, EndsOtherwise
		}
		if r.Call != nil && r.Call.Kind == trace.Ending {
			p.call = r.Call
		}
	}
}

func (p *parting) key() string { return rowKey(p.trace, p.row) }

func rowKey(t *compare.SideBySide, r *Row) string {
	if r.Call != nil {
		return r.Call.Key()
	}
	return t.Key(r.Event)
}
