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

// An Intake is what the code has taken from the history: the signals, and the values that the code
// has asked for.
type Intake struct {
	// Signals are the signals that the replay has brought to the workflow, in order.
	Signals []Received
	// Unreadable are the values that the code has asked for and that do not decode. Each value is
	// listed once, in the order of the first failures. A value is left out if the code has read the
	// value in the same Workflow Task as another type. People migrate in this way: their code tries
	// the new type and then the old type.
	Unreadable []Unreadable
	// Unhandled are the Updates that the history has accepted and that have no handler. Handlers
	// are the names of the Updates that the code handles, sorted.
	Unhandled []Unhandled
	Handlers  []string
	// Listens are the signals whose channels the code has asked for, and Handles the Updates that it
	// handles: each name once, in the order of the code.
	Listens, Handles []Ask
	// Executed are the names of the Updates whose handlers have run, sorted.
	Executed []string
	// Parameters is the number of values that the workflow function takes. Arguments is the number
	// of values in its input. Both are 0 if the function takes its input undecoded.
	Parameters, Arguments int

	// decodes and history are what read is made of, when somebody asks for it.
	decodes   []decode
	history   []*historypb.HistoryEvent
	converter converter.DataConverter
	read      map[value]bool
}

// Received is a signal.
type Received struct {
	Event *historypb.HistoryEvent
	// Taken is the ID of the WorkflowTaskStarted event of the Workflow Task in which the code took
	// the signal. Taken is 0 if the code has not taken the signal.
	Taken int64
	// Asked is whether the code has asked for the channel of the signal's name.
	Asked bool
	// Line is where the code took the signal, if that line is known for certain.
	Line Line
}

// Asked returns the names of the signals whose channels the code has asked for, sorted.
func (in *Intake) Asked() []string { return asks(in.Listens).names() }

// Unreadable is a value that does not decode.
type Unreadable struct {
	// Event is the event with the value. Field is the field with the value, "input" or "result".
	// Item is the place of the value in the field.
	Event *historypb.HistoryEvent
	Field string
	Item  int
	// Task is the ID of the WorkflowTaskStarted event of the Workflow Task in which the code asked.
	Task int64
	// Type is the Go type that the code has asked for.
	Type string
	// Line is the line of workflow code that asked. Line is zero for the input, because the SDK
	// asks for the input.
	Line Line
	// Recorded is the value as JSON, as far as it is readable.
	Recorded string
	Err      error

	encoding string
	raw      bool
}

// UnknownEncoding returns the encoding of the value. unknown is true if the data converter does not
// know the encoding, or has not got the key. Another data converter has then written the value. The
// codec of a user has errors of its own: that it reads the value in no type tells as much.
func (u Unreadable) UnknownEncoding() (encoding string, unknown bool) {
	return u.encoding, errors.Is(u.Err, converter.ErrEncodingIsNotSupported) ||
		u.raw && u.encoding != "" && !payload.Standard(u.encoding)
}

// Intake returns what the code has taken until now.
func (r *Recorder) Intake() *Intake {
	r.mu.Lock()
	defer r.mu.Unlock()
	in := &Intake{decodes: slices.Clone(r.decodes), history: r.history, converter: r.workflowConverter(),
		Listens: slices.Clone(r.signals.asked), Handles: slices.Clone(r.updates.handlers)}
	in.Unhandled, in.Handlers = r.updates.unhandled(r.history), r.updates.handlers.names()
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
		received := Received{Event: events[i], Taken: s.taken, Asked: r.signals.asked.has(s.name)}
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
		value := d.Value(failed.payload())
		_, u.raw = value.(payload.Raw)
		u.Recorded = payload.JSON(value)
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
