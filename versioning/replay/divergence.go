package replay

// A Divergence is the first point at which history and code part.
type Divergence struct {
	// Event is the ID of the event, 0 if there is no divergence. Where the
	// code does something that no event stands for, it is the event at that
	// place of the history, or the WorkflowTaskCompleted event of the workflow
	// task in which the code does it.
	Event int64

	// EventType is the type of that event, as Temporal's docs spell it:
	// "ActivityTaskScheduled".
	EventType string

	// Command is what the code did instead: "ScheduleActivityTask (Charge)".
	// It is empty where the code did nothing, or the SDK does not say.
	Command string

	// Source is the last two elements of the path and the line of the workflow
	// code, "order/charge.go:31", where it panicked, deadlocked or called
	// GetVersion with a range that leaves the recorded version out.
	Source string
}

// judgeError turns what the SDK said about a failing replay into a Result.
// firstFailing finds the first workflow task that does not replay, for errors
// that name no event.
func judgeError(err error, seen *observer, v versions, firstFailing func() int64) (Result, reading) {
	r := classify(err)
	if r.verdict == Unjudged {
		return unjudged(err), r
	}
	event := locate(r, v)
	if event == nil {
		event = eventByID(v.events, firstFailing())
	}
	if event == nil {
		event = v.events[len(v.events)-1]
	}
	d := Divergence{
		Event:     event.GetEventId(),
		EventType: event.GetEventType().String(),
		Command:   printed(r.clues["command"]).describe(),
		Source:    seen.source(r),
	}
	return Result{Verdict: r.verdict, Divergence: d, Detail: detail(r, event, v, err), Err: err}, r
}
