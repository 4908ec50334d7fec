package replay

// Park says what happens when the stage takes over executions that wait at the park points of the
// recording. One closed recording answers for executions that have reached any of the park points.
type Park struct {
	// Total is the number of park points of the recording. The end of the Workflow Task that closes
	// an execution is no park point, because no execution waits there.
	Total int

	// Points are the replayed park points, in the order of the history. Usually all points are
	// replayed. Where all would take too long, only points around the change of the verdict are
	// replayed. Points says nothing about the other park points.
	Points []ParkPoint
}

// A ParkPoint is the end of a completed Workflow Task. An execution with n events waits at the last
// point whose Task is not greater than n.
type ParkPoint struct {
	// Task is the ID of the WorkflowTaskCompleted event.
	Task int64
	// Event is the ID of the last event that the commands of the task made. It equals Task if the
	// commands made no event.
	Event int64
	// Verdict is the verdict of a replay of the history up to Event.
	Verdict Verdict
}
