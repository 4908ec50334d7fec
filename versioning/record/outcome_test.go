package record

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

var (
	workedOnce = []*historypb.HistoryEvent{{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED}}
	nothingYet []*historypb.HistoryEvent
	tooLong    = stuckAfter + time.Second
	soon       = stillFor + time.Second
	noTime     = time.Duration(0)
)

// TestDecide is about what an execution is said to do that has not closed.
func TestDecide(t *testing.T) {
	t.Parallel()
	stuck := func(message string) history.Observation {
		return history.Observation{Task: history.ClosingTask, Outcome: history.Stuck, Message: message}
	}
	wentOn := history.Observation{Task: history.ClosingTask, Outcome: history.WentOn}
	undecided := history.Observation{Task: history.ClosingTask}
	for _, tt := range []struct {
		name      string
		events    []*historypb.HistoryEvent
		execution looked
		unchanged time.Duration
		want      history.Observation
		why       string
	}{
		{"at rest", workedOnce, open(), soon, wentOn, "it could have closed and did not"},
		{"at rest at once", workedOnce, open(), noTime, undecided,
			"something may be on its way that no description shows"},
		{"nothing happened", nothingYet, open(), soon, undecided, "the workflow task may be on its way"},
		{"nothing happens", nothingYet, open(), tooLong, stuck("nothing gives it a Workflow Task"),
			"there is none that a worker could take"},

		{"task just scheduled", nothingYet, open(workflowTask(scheduled, 1)), soon, undecided,
			"workers take their time"},
		{"task scheduled", nothingYet, open(workflowTask(scheduled, 1)), tooLong,
			stuck("no Worker takes its Workflow Task"), "the one case in which that is sure"},
		{"second task scheduled", workedOnce, open(workflowTask(scheduled, 1)), tooLong,
			stuck("no Worker takes its Workflow Task"), "so it is after another task"},

		{"activity scheduled", workedOnce, open(activity(activityScheduled, "")), tooLong,
			stuck("no Worker takes activity Charge"), "none runs activities"},
		{"activity started", workedOnce, open(activity(activityStarted, "")), soon, undecided, "it may end"},
		{"activity fails", workedOnce, open(activity(activityScheduled, "unknown")), noTime,
			stuck("activity Charge fails: unknown"), "again and again"},
		{"activity fails beside a task", workedOnce,
			open(activity(activityScheduled, "unknown"), workflowTask(scheduled, 1)), soon, undecided,
			"the execution may close whatever the activity does"},
		{"activity fails beside a child at work", workedOnce,
			open(activity(activityScheduled, "unknown"), child(open(workflowTask(scheduled, 1)))), soon, undecided,
			"the execution may close with the child"},

		{"child open", workedOnce, open(child(open())), soon, wentOn, "nobody works at it"},
		{"child open and no task", nothingYet, open(child(open())), tooLong, stuck("nothing gives it a Workflow Task"),
			"the child is not going to"},
		{"child at work", workedOnce, open(child(open(workflowTask(started, 1)))), soon, undecided,
			"the parent may close with the child"},
		{"child runs an activity", workedOnce, open(child(open(activity(activityStarted, "")))), soon, undecided,
			"the parent may close with the child"},
		{"child's child at work", workedOnce, open(child(open(child(open(workflowTask(started, 1)))))), soon, undecided,
			"the parent may close with the child, and that with its child"},
		{"child closed", workedOnce, open(child(completed())), soon, undecided, "the parent has not been told"},
		{"child not started", workedOnce, open(notStarted), soon, undecided, "the parent has not been told"},
		{"child's task scheduled", nothingYet, open(child(open(workflowTask(scheduled, 1)))), tooLong,
			stuck("Child Workflow Ship: no Worker takes its Workflow Task"), "the same as for the parent"},
		{"child's task fails", nothingYet, open(child(open(workflowTask(scheduled, 3)))), noTime,
			stuck("the Workflow Task of Child Workflow Ship fails"), "a lost task does not get to a third attempt"},
		{"child's activity fails", workedOnce, open(child(open(activity(activityScheduled, "unknown")))), noTime,
			stuck("Child Workflow Ship: activity Charge fails: unknown"), "again and again"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := history.Observation{Task: history.ClosingTask}
			done, err := decide(sighting{events: tt.events, execution: tt.execution, watched: tt.unchanged,
				unchanged: tt.unchanged}, &got)
			require.NoError(t, err)
			require.Equal(t, tt.want.Outcome != "", done, tt.why)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

// TestTaskLost is about what the stopped worker may have taken: an observation
// that shows it is made again, and never says that the execution is stuck.
func TestTaskLost(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		execution looked
		what      string
	}{
		{open(workflowTask(started, 1)), "its Workflow Task"},
		{open(activity(activityStarted, "")), "activity Charge"},
		{open(activity(enumspb.PENDING_ACTIVITY_STATE_CANCEL_REQUESTED, "")), "activity Charge"},
		{open(activity(activityScheduled, ""), child(open(workflowTask(started, 1)))),
			"Child Workflow Ship: its Workflow Task"},
		{open(child(open(workflowTask(started, 1)))), "Child Workflow Ship: its Workflow Task"},
		{open(child(open(child(open(activity(activityStarted, "")))))),
			"Child Workflow Ship: Child Workflow Ship: activity Charge"},
		{open(child(completed())), "the end of Child Workflow Ship"},
		{open(notStarted), "the start of a Child Workflow"},
	} {
		for _, events := range [][]*historypb.HistoryEvent{nothingYet, workedOnce} {
			o := history.Observation{Task: history.ClosingTask}
			done, err := decide(sighting{events: events, execution: tt.execution, watched: busyFor * 2,
				unchanged: tooLong}, &o)
			require.ErrorIs(t, err, errTaskLost, tt.what)
			require.EqualError(t, err, errTaskLost.Error()+": "+tt.what)
			require.False(t, done)
			require.Empty(t, o.Outcome)
		}
	}
}

// TestBusy is about an execution that does one thing after the other.
func TestBusy(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		events    []*historypb.HistoryEvent
		execution looked
		watched   time.Duration
		want      history.Outcome
		why       string
	}{
		{workedOnce, open(activity(activityStarted, "")), tooLong, "", "it is only slow, maybe"},
		{workedOnce, open(activity(activityStarted, "")), busyFor + 1, history.WentOn, "it polls for something"},
		{nothingYet, open(child(open(activity(activityStarted, "")))), busyFor + 1, "", "its child does"},
		{workedOnce, open(activity(activityStarted, ""), activity(activityScheduled, "unknown")), busyFor + 1, "",
			"one of its activities never ends"},
	} {
		o := history.Observation{Task: history.ClosingTask}
		_, err := decide(sighting{events: tt.events, execution: tt.execution, watched: tt.watched, unchanged: soon}, &o)
		require.NoError(t, err, tt.why)
		require.Equal(t, tt.want, o.Outcome, tt.why)
	}
}

// TestTold prefers what the history says to what the service describes.
func TestTold(t *testing.T) {
	t.Parallel()
	failed := func(cause enumspb.WorkflowTaskFailedCause) []*historypb.HistoryEvent {
		return []*historypb.HistoryEvent{{Attributes: &historypb.HistoryEvent_WorkflowTaskFailedEventAttributes{
			WorkflowTaskFailedEventAttributes: &historypb.WorkflowTaskFailedEventAttributes{Cause: cause}}}}
	}
	closed := append(workedOnce[:1:1],
		&historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED})
	for _, tt := range []struct {
		events []*historypb.HistoryEvent
		task   history.TaskKind
		want   history.Outcome
		why    string
	}{
		{closed, history.ClosingTask, history.Closed, "however long it took"},
		{closed, history.OtherTask, history.Closed, "although it should not"},
		{workedOnce, history.OtherTask, history.WentOn, "the task is done; what comes then is another observation"},
		{failed(enumspb.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR), history.OtherTask, history.TaskFailed,
			"the worker said so"},
		{failed(enumspb.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND), history.OtherTask, "",
			"the service tries it again"},
	} {
		o := history.Observation{Task: tt.task}
		done, err := decide(sighting{events: tt.events, execution: open(workflowTask(started, 1))}, &o)
		require.NoError(t, err, tt.why)
		require.Equal(t, tt.want != "", done, tt.why)
		require.Equal(t, tt.want, o.Outcome, tt.why)
	}
}
