package workflows_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestBlindSpots has a recording for everything that the SDK's comparison does not
// look at (isCommandMatchEvent and matchReplayWithHistory in its
// internal/internal_task_handlers.go): the level commands accepts it, and the
// level named is the first to see it, at that path.
func TestBlindSpots(t *testing.T) {
	t.Parallel()
	all := corpora.All()
	for _, tt := range []struct {
		cell  string
		level compare.Level
		path  string
		why   string
	}{
		{"runtimechecks/activity/base.closed@other-input", compare.Values, "ActivityTaskScheduled(Charge).input[0]",
			"of an activity, the arguments"},
		{"runtimechecks/activity/base.closed@other-package", compare.Shape,
			"ActivityTaskScheduled(Charge).activityType.name", "of an activity, the type before the last dot"},
		{"runtimechecks/activity-options/base.closed@other-task-queue", compare.Shape,
			"ActivityTaskScheduled(Reserve).taskQueue.name", "of an activity, the task queue"},
		{"runtimechecks/activity-options/base.closed@other-schedule-to-close", compare.Shape,
			"ActivityTaskScheduled(Charge).scheduleToCloseTimeout", "of an activity, the timeouts"},
		{"runtimechecks/activity-options/base.closed@without-heartbeat", compare.Shape,
			"ActivityTaskScheduled(Charge).heartbeatTimeout", "of an activity, a timeout that is left out"},
		{"runtimechecks/activity-options/base.closed@other-retry-policy", compare.Shape,
			"ActivityTaskScheduled(Charge).retryPolicy.maximumAttempts", "of an activity, the retry policy"},
		{"runtimechecks/activity-options/base.closed@other-priority", compare.Shape,
			"ActivityTaskScheduled(Charge).priority.priorityKey", "of an activity, the priority"},
		{"runtimechecks/timer/base.open@other-duration", compare.Values, "TimerStarted.startToFireTimeout",
			"of a timer, the duration"},
		{"runtimechecks/timer/base.open@reordered-own-kind", compare.Values, "TimerStarted.startToFireTimeout",
			"two timers are swapped"},
		{"runtimechecks/sleep/base.open@other-duration", compare.Values, "TimerStarted.startToFireTimeout",
			"of Sleep, the duration"},
		{"runtimechecks/child-workflow/base.closed@other-input", compare.Values,
			"StartChildWorkflowExecutionInitiated(Ship).input[0]", "of a Child Workflow, the input"},
		{"runtimechecks/child-workflow/base.closed@other-package", compare.Shape,
			"StartChildWorkflowExecutionInitiated(Ship).workflowType.name",
			"of a Child Workflow, the type before the last dot"},
		{"runtimechecks/child-options/base.closed@other-parent-close-policy", compare.Shape,
			"StartChildWorkflowExecutionInitiated(Ship).parentClosePolicy",
			"of a Child Workflow, the parent close policy"},
		{"runtimechecks/child-options/base.closed@other-run-timeout", compare.Shape,
			"StartChildWorkflowExecutionInitiated(Ship).workflowRunTimeout", "of a Child Workflow, the timeouts"},
		{"runtimechecks/child-options/base.closed@other-cron-schedule", compare.Shape,
			"StartChildWorkflowExecutionInitiated(Ship).cronSchedule", "of a Child Workflow, the schedule"},
		{"runtimechecks/child-options/base.closed@other-memo", compare.Values,
			"StartChildWorkflowExecutionInitiated(Ship).memo.carrier", "of a Child Workflow, the memo"},
		{"runtimechecks/child-options/base.closed@other-search-attribute", compare.Values,
			"StartChildWorkflowExecutionInitiated(Ship).searchAttributes.CustomKeywordField",
			"of a Child Workflow, the search attributes"},
		{"runtimechecks/signal-external/base.closed@other-input", compare.Values,
			"SignalExternalWorkflowExecutionInitiated(ship).input[0]", "of a signal, the arguments"},
		{"runtimechecks/signal-external/base.closed@other-run", compare.Shape,
			"SignalExternalWorkflowExecutionInitiated(ship).workflowExecution.runId", "of a signal, the run"},
		{"runtimechecks/signal-child/base.closed@not-as-child", compare.Shape,
			"SignalExternalWorkflowExecutionInitiated(paid).childWorkflowOnly",
			"of a signal, whether it goes to a Child Workflow only"},
		{"runtimechecks/cancel-external/base.closed@other-run", compare.Shape,
			"RequestCancelExternalWorkflowExecutionInitiated(courier-that-is-missing).workflowExecution.runId",
			"of a request to cancel, the run"},
		{"nexus/base.sync@other-input", compare.Values, "NexusOperationScheduled(orders.charge).input",
			"of a Nexus operation, the input"},
		{"nexus/base.sync@other-endpoint", compare.Shape, "NexusOperationScheduled(orders.charge).endpoint",
			"of a Nexus operation, the endpoint"},
		{"runtimechecks/search-attributes/base.closed@other-value", compare.Values,
			"UpsertWorkflowSearchAttributes.searchAttributes.CustomIntField", "search attributes: the kind only"},
		{"runtimechecks/memo/base.closed@other-value", compare.Values, "WorkflowPropertiesModified.upsertedMemo.amount",
			"memo: the kind only"},
		{"runtimechecks/continue-as-new/base.ended@other-input", compare.Values,
			"WorkflowExecutionContinuedAsNew.input[0][1]", "continue-as-new: the kind only, not the input"},
		{"runtimechecks/continue-as-new/base.ended@other-type", compare.Shape,
			"WorkflowExecutionContinuedAsNew.workflowType.name", "continue-as-new: not the type"},
		{"runtimechecks/continue-as-new/base.ended@other-task-queue", compare.Shape,
			"WorkflowExecutionContinuedAsNew.taskQueue.name", "continue-as-new: not the task queue"},
		{"runtimechecks/completion/base.ended@other-result", compare.Values, "WorkflowExecutionCompleted.result[0]",
			"closing commands: not the result"},
		{"runtimechecks/failure/base.ended@other-message", compare.Values, "WorkflowExecutionFailed.failure.message",
			"closing commands: not the failure"},
		{"runtimechecks/failure/base.ended@other-type", compare.Values,
			"WorkflowExecutionFailed.failure.applicationFailureInfo.type",
			"closing commands: not the type of the error"},
		{"runtimechecks/cancellation/base.cancelled@with-details", compare.Values, "WorkflowExecutionCanceled.details",
			"closing commands: not the details of a cancellation"},
		{"runtimechecks/update/base.closed@other-result", compare.Values,
			"WorkflowExecutionUpdateCompleted.outcome.success[0]", "updates: the ID only"},
		{"runtimechecks/update/base.closed@fails", compare.Values, "WorkflowExecutionUpdateCompleted.outcome.failure",
			"updates: not whether they fail"},
		{"runtimechecks/mutable-side-effect/base.open@removed", compare.Shape,
			"MarkerRecorded(MutableSideEffect points 1)", "MutableSideEffect markers are skipped"},
		{"runtimechecks/side-effect/base.closed@reordered-own-kind", compare.Values,
			"WorkflowExecutionCompleted.result[0]", "two side effects are swapped: what follows from it is seen"},
		{"encrypted/base.completed@other-input", compare.Values, "ActivityTaskScheduled(Charge).input[0]",
			"encrypted with a random nonce, no two payloads are the same bytes"},
		{"coroutines/base.everything@other-input", compare.Values, "ActivityTaskScheduled",
			"among coroutines, selectors and mutexes"},
	} {
		t.Run(tt.cell, func(t *testing.T) {
			t.Parallel()
			name, stageName, _ := strings.Cut(tt.cell, "@")
			at := strings.LastIndexByte(name, '/')
			i := slices.IndexFunc(all, func(c corpora.Corpus) bool { return c.Family.Name == name[:at] })
			require.GreaterOrEqual(t, i, 0)
			stage, ok := all[i].Family.Stage(stageName)
			require.True(t, ok)
			r, err := history.ReadFile(all[i].Recordings(), name[at+1:]+".json")
			require.NoError(t, err)
			for _, level := range compare.Levels() {
				got := replay.Judge(t.Context(), stage, r,
					&replay.Options{Config: replay.Config{Worker: all[i].Replay, Level: level}})
				if !level.Includes(tt.level) {
					require.Equal(t, replay.Safe, got.Verdict, "%s: %s", level, advice.Line(got))
					continue
				}
				require.Equal(t, replay.Drift, got.Verdict, "%s: %s", level, tt.why)
				first := got.Differences[0]
				require.True(t, strings.HasPrefix(first.Path, tt.path), "%s: %v", tt.why, first)
				require.Equal(t, first.Event, got.Place.Event)
			}
		})
	}
}
