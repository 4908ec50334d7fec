package compare

import (
	"slices"

	historypb "go.temporal.io/api/history/v1"
)

// Shown says what Rows shows.
type Shown struct {
	// Differences are the differences from Compare that are to be shown.
	Differences []Difference
	// Accepted is whether the code goes on with what the history has.
	Accepted bool
	// Aborted is whether the SDK ended the replay within a call of the code.
	Aborted bool
	// Until is the ID of the WorkflowTaskCompleted event of the last Workflow Task to show. 0 shows
	// all.
	Until int64
}

// Rows puts the history's commands and the code's calls side by side, Workflow Task by
// Workflow Task.
func (s *SideBySide) Rows(shown Shown) (tasks []TaskRows) {
	byEvent := map[int64][]Difference{}
	for _, d := range shown.Differences {
		byEvent[d.Event] = append(byEvent[d.Event], d)
	}
	owner := map[*historypb.HistoryEvent]*Call{}
	for _, c := range s.Calls {
		if c.Event != nil {
			owner[c.Event] = c
		}
	}
	cancels, index := s.addedCancels(), map[*Call]int{}
	for i := 0; len(cancels) > 0 && i < len(s.Calls); i++ {
		index[s.Calls[i]] = i
	}
	for _, task := range s.Tasks() {
		if shown.Until > 0 && task.Completed > shown.Until {
			break
		}
		b := &rowBuilder{side: s, task: task, owner: owner, differences: byEvent, accepted: shown.Accepted,
			cancels: cancels[task.Started], index: index}
		b.aborted = shown.Aborted && len(s.Calls) > 0 && s.Calls[len(s.Calls)-1].Task == task.Started
		tasks = append(tasks, TaskRows{Started: task.Started, Completed: task.Completed, Rows: b.rows()})
	}
	if i, at, found := shiftedID(tasks); found {
		tasks[i].Rows[at].Mark = MarkDiffers
	}
	return tasks
}

// shiftedID finds the first ID that has shifted, where nothing else differs: a call that
// was taken back before it was sent has used one up.
func shiftedID(tasks []TaskRows) (task, at int, found bool) {
	for _, t := range tasks {
		if slices.ContainsFunc(t.Rows, Entry.parts) {
			return 0, 0, false
		}
	}
	for i, t := range tasks {
		at := slices.IndexFunc(t.Rows, func(r Entry) bool { return r.Mark == MarkUnknown && len(r.Differences) > 0 })
		if at >= 0 {
			return i, at, true
		}
	}
	return 0, 0, false
}
