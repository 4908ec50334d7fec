package trace

import (
	"errors"
	"maps"
	"slices"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"

	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// An Intake is what the code has taken of what the history has for it: the signals, and
// the values that it has asked for.
type Intake struct {
	// Signals are those that the replay has brought to the workflow, in order.
	Signals []Received
	// Unreadable are the values that the code has asked for and that do not decode, one
	// for each value, in the order in which it first failed. A value that the code has
	// read in the same Workflow Task after all, as another type, is none: code that tries
	// the new type and then the old one is how people migrate.
	Unreadable []Unreadable
	// Unhandled are the updates that the history has accepted and that no handler was
	// there for, and Handlers the names of the updates that the code handles, sorted.
	Unhandled []Unhandled
	Handlers  []string
	// Executed are the names of the updates that a handler has run for, sorted.
	Executed []string
	// Parameters is the number of values that the workflow function takes, and Arguments
	// the number of those that its input has. Both are 0 where the function takes its
	// input undecoded.
	Parameters, Arguments int

	// decodes and history are what read is made of, when somebody asks for it.
	decodes   []decode
	history   []*historypb.HistoryEvent
	converter converter.DataConverter
	read      map[value]bool
	asked     []string
}

// Received is a signal.
type Received struct {
	Event *historypb.HistoryEvent
	// Taken is the ID of the WorkflowTaskStarted event of the task in which the code took
	// it, 0 if it has not.
	Taken int64
	// Asked is whether the code has asked for the channel of that name.
	Asked bool
	// Line is where the code took it, where that is known for certain.
	Line Line
}

// Asked are the names of the signals that the code has asked for the channels of,
// sorted.
func (in *Intake) Asked() []string { return in.asked }

// Unreadable is a value that does not decode.
type Unreadable struct {
	// Event has the value in the field Field, "input" or "result", at the place Item.
	Event *historypb.HistoryEvent
	Field string
	Item  int
	// Task is the ID of the WorkflowTaskStarted event of the task in which the code asked.
	Task int64
	// Type is the Go type that the code has asked for.
	Type string
	// Line is the line of workflow code that asked, zero for the input: the SDK asks.
	Line Line
	// Recorded is the value as JSON, as far as it is readable.
	Recorded string
	Err      error

	encoding string
}

// UnknownEncoding returns the encoding of the value if the data converter does not know
// it: it is then not the one that has written the value.
func (u Unreadable) UnknownEncoding() (encoding string, unknown bool) {
	return u.encoding, errors.Is(u.Err, converter.ErrEncodingIsNotSupported)
}

// Intake returns what was taken until now.
func (r *Recorder) Intake() *Intake {
	r.mu.Lock()
	defer r.mu.Unlock()
	in := &Intake{decodes: slices.Clone(r.decodes), history: r.history, converter: r.workflowConverter(),
		asked: slices.Sorted(maps.Keys(r.signals.asked))}
	in.Unhandled, in.Handlers = r.updates.unhandled(r.history), r.updates.names()
	in.Executed = slices.Sorted(maps.Keys(r.updates.ran))
	events := r.history
	for _, s := range r.signals.delivered {
		i := slices.IndexFunc(events, func(e *historypb.HistoryEvent) bool {
			a := e.GetWorkflowExecutionSignaledEventAttributes()
			return a != nil && a.GetSignalName() == s.name && a.GetInput() == s.arg
		})
		if i < 0 {
			continue // an interceptor has made it up
		}
		received := Received{Event: events[i], Taken: s.taken, Asked: r.signals.asked[s.name]}
		if s.call != nil {
			received.Line = s.call.Line()
		}
		in.Signals = append(in.Signals, received)
		events = events[i+1:]
	}
	if len(r.history) > 0 {
		// Without an input it is nil, as all is that the SDK decodes from nothing: what a
		// signal or an activity has not brought.
		input := r.history[0].GetWorkflowExecutionStartedEventAttributes().GetInput()
		for _, d := range r.decodes[:r.ofInput] {
			if from, ok := d.from.(*commonpb.Payloads); ok && from == input && d.asked > 0 {
				in.Parameters, in.Arguments = d.asked, len(from.GetPayloads())
			}
		}
	}
	if slices.ContainsFunc(r.decodes, func(d decode) bool { return d.err != nil }) {
		in.unreadable(payload.Decoder{Converter: r.workflowConverter(), Failures: r.failureConverter()})
	}
	return in
}

// unreadable finds the values that failed and were not read as another type.
func (in *Intake) unreadable(d payload.Decoder) {
	at, readIn := in.resolve()
	told := map[value]bool{}
	for i, failed := range in.decodes {
		v := at[i]
		if failed.err == nil || v == (value{}) || told[v] || readIn[readValue{failed.task, v}] {
			continue
		}
		told[v] = true
		u := Unreadable{Event: in.history[v.event-1], Field: v.field, Item: v.item, Task: failed.task,
			Line: failed.place.line(), Err: failed.err}
		if failed.item < len(failed.wanted) && failed.wanted[failed.item] != nil {
			u.Type = failed.wanted[failed.item].String()
		}
		u.Recorded = payload.JSON(d.Value(failed.payload()))
		u.encoding = string(failed.payload().GetMetadata()[converter.MetadataEncoding])
		in.Unreadable = append(in.Unreadable, u)
	}
}

// readValue is a value that was read in a task.
type readValue struct {
	task int64
	value
}

// resolve returns the value that each decode was of, and those that were read. It walks
// the whole history, so nobody asks who has not found a reason to.
func (in *Intake) resolve() (at []value, readIn map[readValue]bool) {
	places := placesOf(in.history, in.converter)
	at, readIn, in.read = make([]value, len(in.decodes)), map[readValue]bool{}, map[value]bool{}
	for i, d := range in.decodes {
		v, ok := places.of(d)
		if !ok {
			continue
		}
		first := v.item
		v.item += d.item
		at[i] = v
		for item := range d.asked {
			if v.item = first + item; d.err == nil {
				in.read[v], readIn[readValue{d.task, v}] = true, true
			}
		}
	}
	return at, readIn
}

// Read reports whether the code has read the value of the event in some Workflow Task.
func (in *Intake) Read(event int64, field string, item int) bool {
	if in.read == nil {
		in.resolve()
	}
	return in.read[value{event, field, item}]
}
