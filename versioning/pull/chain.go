package pull

import (
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// neighbours names the runs before and after this one in its chain, as far as the
// history knows them.
func neighbours(x Execution, r *history.Recording) (runs []Execution) {
	events := r.History.GetEvents()
	if len(events) == 0 {
		return nil
	}
	last := events[len(events)-1]
	for _, id := range []string{
		events[0].GetWorkflowExecutionStartedEventAttributes().GetContinuedExecutionRunId(),
		last.GetWorkflowExecutionContinuedAsNewEventAttributes().GetNewExecutionRunId(),
		last.GetWorkflowExecutionCompletedEventAttributes().GetNewExecutionRunId(),
		last.GetWorkflowExecutionFailedEventAttributes().GetNewExecutionRunId(),
		last.GetWorkflowExecutionTimedOutEventAttributes().GetNewExecutionRunId(),
	} {
		if runIDs.MatchString(id) {
			runs = append(runs, Execution{x.WorkflowID, id})
		}
	}
	return runs
}
