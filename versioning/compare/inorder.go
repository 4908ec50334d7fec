package compare

import "slices"

// InHistoryOrder returns the calls of the Workflow Task in the order in which the history has their
// commands. It returns nil if one side has a command that the other does not have. Completed is the ID of
// the WorkflowTaskCompleted event.
func (s *SideBySide) InHistoryOrder(completed int64) (calls []*Call) {
	tasks := s.Tasks()
	i := slices.IndexFunc(tasks, func(t Task) bool { return t.Completed == completed })
	if i < 0 {
		return nil
	}
	recorded, now := s.items(tasks[i])
	if len(recorded) != len(now) {
		return nil
	}
	for _, r := range recorded {
		at := slices.IndexFunc(now, r.is)
		if at < 0 {
			return nil
		}
		calls, now = append(calls, now[at].call), slices.Delete(now, at, at+1)
	}
	return calls
}
