package replay

// Park says what happens to executions that wait at the park points of the
// recording when the stage takes over: one closed recording answers for
// executions that have come as far as any of its points.
type Park struct {
	// Total is the number of park points of the recording. The end of the
	// workflow task that closes an execution is none: nobody waits there.
	Total int

	// Points are those that were replayed, in the order of the history: all of
	// them, or where that would take too long, those around the one at which the
	// verdict changes. Nothing is claimed of the others.
	Points []ParkPoint
}

// A ParkPoint is the end of a completed workflow task. An execution with n events
// waits at the last point whose Task is not greater than n.
type ParkPoint struct {
	// Task is the ID of the WorkflowTaskCompleted event.
	Task int64
	// Event is the ID of the last event that the task's commands made, Task if
	// they made none.
	Event int64
	// Verdict is that of the replay of the history up to Event.
	Verdict Verdict
}
