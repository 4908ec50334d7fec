package replay

import "github.com/replaymatrix/replaymatrix/versioning/internal/trace"

// A Place is the first point at which history and code part: the first event
// or call that the other side does not have, or has with other values. What the
// SDK's own error names can be later. At compare.Commands, where no calls are noted, it
// is where the SDK notices it in the first workflow task whose end does not replay.
type Place struct {
	// Event is the ID of the event, 0 if there is no divergence. Where the
	// code does something that no event stands for, it is the event at that
	// place of the history, or the WorkflowTaskCompleted event of the workflow
	// task in which the code does it.
	Event int64

	// EventType is the type of that event, as Temporal's docs spell it:
	// "ActivityTaskScheduled".
	EventType string

	// Source is a line of the workflow code, as the last two elements of its path and its
	// number: "order/charge.go:31". It is the line of the call, or of the nearest one if the
	// code makes no call there (see Near). Of a panic, a deadlock or a GetVersion call that
	// leaves the recorded version out of its range, it is that line; at compare.Commands
	// only these are known.
	Source string

	// Callers are the lines of workflow code from which the code came to Source, the
	// innermost first, as far as they are known.
	Callers []string

	// Near is whether the code makes no call there: Source is then that of a call before
	// or after it.
	Near bool

	// File and Line are those of Source, with the whole path as the compiler has
	// recorded it: see trace.Line. They belong to the machine that has compiled the
	// code, so no report shows them as they are.
	File string
	Line int
}

func (d *Place) at(line trace.Line) {
	d.Source, d.File, d.Line = line.String(), line.File, line.Number
}
