package rehearse

import (
	"cmp"
	"slices"
)

// budget bounds what all rehearsals of a cell may cost, in replays of the whole recording. A short
// recording may cost more: its made-up tasks alone are as many.
const (
	budget      = 8
	leastBudget = 1000 // events
)

// points are the numbers of completed tasks after which the execution waits. That of a closed
// execution has none after its last task.
func (x *rehearsal) points(open bool) (points []int) {
	for n := min(1, len(x.tasks)); n < len(x.tasks); n++ {
		points = append(points, n)
	}
	if open {
		points = append(points, len(x.tasks))
	}
	return points
}

// cost is the number of events that a rehearsal of the point replays.
func (x *rehearsal) cost(n int) int {
	if n < len(x.tasks) {
		return int(x.tasks[n].Started)
	}
	return len(x.recording.History.GetEvents())
}

// order is that of the points for as long as the budget lasts: the last one of an open recording
// first, then those around the divergence.
func (q Request) order(x *rehearsal, points []int) []int {
	if q.Scope == All {
		return points
	}
	last := len(x.tasks)
	if !q.Unsafe {
		return slices.DeleteFunc(points, func(n int) bool { return n != last })
	}
	around, _ := slices.BinarySearchFunc(x.tasks, q.Event, func(t task, event int64) int {
		return cmp.Compare(t.Completed, event)
	})
	ordered := slices.Clone(points)
	distance := func(n int) int {
		if n == last {
			return -1
		}
		return max(n-around, around-n)
	}
	slices.SortStableFunc(ordered, func(a, b int) int { return cmp.Compare(distance(a), distance(b)) })
	return ordered
}
