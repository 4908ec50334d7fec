package replay

import "github.com/replaymatrix/replaymatrix/versioning/internal/trace"

// A Place is the first point at which history and code part. It is the first event or call that the
// other side does not have, or has with other values. The SDK's own error can name a later point.
// At compare.Commands no calls are noted. The Place is then the point that the SDK notices in the
// first Workflow Task whose end does not replay.
type Place struct {
	// Event is the ID of the event. It is 0 if there is no divergence. If the code does something
	// without an event in the history, Event is the event at the same place of the history, or the
	// WorkflowTaskCompleted event of the Workflow Task in which the code does it.
	Event int64

	// EventType is the type of the event, as Temporal's docs spell it: "ActivityTaskScheduled".
	EventType string

	// Source is a line of the workflow code, as the last two elements of the path and the line
	// number: "order/charge.go:31". It is the line of the call. If the code makes no call at the
	// Place, Source is the line of the nearest call (see Near). For a panic, a deadlock, or a
	// GetVersion call whose range leaves out the recorded version, Source is the line where this
	// happens. At compare.Commands only these three kinds of lines are known.
	Source string

	// Callers are the lines of workflow code that lead to Source, the innermost first, as far as
	// they are known.
	Callers []string

	// Near is true if the code makes no call at the Place. Source is then the line of a call before
	// or after the Place.
	Near bool

	// File and Line are the file and the line number of Source. File is the whole path, as the
	// compiler has recorded it: see trace.Line. The path belongs to the machine that has compiled
	// the code, so no report shows the path unchanged.
	File string
	Line int
}

func (d *Place) at(line trace.Line) {
	d.Source, d.File, d.Line = line.String(), line.File, line.Number
}
