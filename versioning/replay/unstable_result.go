package replay

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// The usual causes, and what to do about each.
const (
	usualCauses = "a range over a map, time.Now, random numbers and UUIDs, Go's own goroutines, channels and select, state of the process"
	usualCures  = "Let nothing decide what the workflow does but its input and its history: range over workflow.DeterministicKeys of a map; " +
		"take the time from workflow.Now, and random numbers and UUIDs from workflow.SideEffect; use workflow.Go, workflow.Channel and workflow.Selector in the place of Go's own; " +
		"read the environment, configuration and global state in an activity. Executions that are open have recorded what one run of this code did: " +
		"replay them with the code that is mended, too."
)

// unstable is the result of a cell whose replays differ. It holds nothing that only one
// of them has shown: it is to be the same each time.
func (w *watch) unstable(before Result) Result {
	event, at := w.place()
	lines := w.lines(at)
	result := Result{
		Verdict:    Unstable,
		Divergence: Divergence{Event: event.GetEventId(), EventType: event.GetEventType().String()},
		Versions:   before.Versions,
		Allowed:    before.Allowed,
	}
	if len(lines) > 0 {
		result.Divergence.at(lines[0])
		if len(lines) == 1 {
			result.Divergence.Callers = w.callers()
		}
	}
	result.Detail = fmt.Sprintf("replays of the same code differ, it %s: look for %s", w.differs(lines), usualCauses)
	if x := before.Explanation; x != nil {
		result.Explanation = &Explanation{
			Tasks: x.Tasks, Change: NotDeterministic, Notice: NoticedByChance, Trace: x.Trace,
			Source: result.Divergence.Source, What: w.what(event, lines), Do: usualCures, First: w.row(x, at),
		}
	}
	return result
}

// differs says what is another one each time, without a value.
func (w *watch) differs(lines []trace.Line) string {
	switch at := places(lines); {
	case w.ends && at == "":
		return "makes the same calls here and ends otherwise each time"
	case w.ends:
		return "makes the same calls here and ends otherwise each time (" + at + ")"
	case w.apart.Path != "":
		return "gives " + w.apart.Path + " another value each time"
	case len(lines) > 1:
		return "makes other calls here each time (" + at + ")"
	default:
		return "makes other calls here each time"
	}
}

func places(lines []trace.Line) string {
	texts := make([]string, len(lines))
	for i, line := range lines {
		texts[i] = line.String()
	}
	return strings.Join(texts, ", ")
}

// what shows what two of the replays did.
func (w *watch) what(event *historypb.HistoryEvent, lines []trace.Line) string {
	text := fmt.Sprintf("Replays of the same code differ (event %d, %s): on the same events it %s.", event.GetEventId(), cmp.Or(places(lines), "no line is known"), w.differs(nil))
	if w.ends {
		return text
	}
	one, other := "makes no more calls", "makes no more calls"
	for i, said := range []*string{&one, &other} {
		switch {
		case w.apart.Path != "":
			*said = "has " + shortened(cmp.Or(w.apart.Values[i], "none"))
		case w.apart.Calls[i] != nil:
			*said = "calls " + callText(w.apart.Calls[i])
		}
	}
	return text + " One replay " + one + ", another one " + other + "."
}

// place returns the event that stands in the history where the replays differ, and the
// index of the call.
func (w *watch) place() (event *historypb.HistoryEvent, at int) {
	recorded := w.cell.recording.History.GetEvents()
	t := compare.Align(w.base.seen.recorder.Trace(), recorded[:w.base.events], !w.base.rejected)
	if w.ends {
		return events.ByID(recorded, w.cell.tasks[w.cell.holding(int64(w.base.events))].completed), len(t.Calls)
	}
	at = w.apart.Index
	task := int64(0)
	for _, c := range w.apart.Calls {
		if c != nil {
			task = c.Task
		}
	}
	for _, in := range t.Tasks() {
		if in.Started != task {
			continue
		}
		next := 0
		for i, e := range in.Events {
			if slices.ContainsFunc(t.Calls[:min(at, len(t.Calls))], func(c *compare.Call) bool { return c.Event == e }) {
				next = i + 1
			}
		}
		if next < len(in.Events) {
			return in.Events[next], at
		}
		if in.Completed > 0 {
			return events.ByID(recorded, in.Completed), at
		}
	}
	i := slices.IndexFunc(recorded, func(e *historypb.HistoryEvent) bool {
		return e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
	})
	return recorded[max(0, i)], at
}

// lines are those on which the replays made their calls at the index, each once, sorted.
func (w *watch) lines(at int) (lines []trace.Line) {
	add := func(line trace.Line) {
		if line != (trace.Line{}) && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	for _, r := range w.known(w.base.events) {
		if w.ends {
			if r.rejected {
				add(r.seen.source(r.reading))
			}
			continue
		}
		if c := r.did().Call(at); c != nil {
			add(c.Line())
		}
	}
	// The code makes no call there: the one before is the nearest.
	for i := at - 1; i >= 0 && len(lines) == 0; i-- {
		if c := w.base.did().Call(i); c != nil {
			add(c.Line())
		}
	}
	slices.SortFunc(lines, func(a, b trace.Line) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Number, b.Number))
	})
	return lines
}

func (w *watch) callers() []string {
	if c := w.apart.Calls[0]; c != nil && !w.ends {
		return c.Callers()
	}
	return nil
}

// row is that of the call in which the replays differ, or the first of the Workflow
// Task where the code of this replay makes none.
func (w *watch) row(x *Explanation, at int) *Row {
	if x.Trace == nil || len(x.Trace.Calls) == 0 {
		return nil
	}
	call := x.Trace.Calls[min(at, len(x.Trace.Calls)-1)]
	for i := range x.Tasks {
		for j := range x.Tasks[i].Rows {
			if row := &x.Tasks[i].Rows[j]; row.Call == call {
				return row
			}
		}
	}
	return nil
}
