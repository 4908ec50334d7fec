package replay_test

import (
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/testdata/unchanged"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestAsEnded is about histories as older services wrote them: where a cron schedule or a
// retry policy begins the next run, they end with ContinuedAsNew.
func TestAsEnded(t *testing.T) {
	t.Parallel()
	const cron, retry = enumspb.CONTINUE_AS_NEW_INITIATOR_CRON_SCHEDULE, enumspb.CONTINUE_AS_NEW_INITIATOR_RETRY
	base, ok := unchanged.Family.Stage("base")
	require.True(t, ok)
	completes := func(ctx workflow.Context) (string, error) { return "x", nil }
	continues := func(ctx workflow.Context) (string, error) {
		_ = workflow.ExecuteActivity(withActivity(ctx), "Charge").Get(ctx, nil)
		return "", workflow.NewContinueAsNewError(ctx, "Report")
	}
	for _, tt := range []struct {
		name      string
		recording string
		by        enumspb.ContinueAsNewInitiator
		code      any // nil for the code that ran
		want      replay.Verdict
		why       string
	}{
		{"completed under a cron schedule", "base.cron-completed", cron, nil, replay.Safe, "the code has not changed"},
		{"failed under a cron schedule", "base.cron-failed", cron, nil, replay.Safe, "the code has not changed"},
		{"failed under a retry policy", "base.retried", retry, nil, replay.Safe, "the code has not changed"},
		{"failed, completes now", "base.retried", retry, completes, replay.Nondeterministic,
			"it does not call what was called"},
		{"completed, continues as new now", "base.cron-completed", cron, continues, replay.Nondeterministic,
			"the code ends otherwise, whatever the event is called"},
		{"completed by itself", "base.cron-completed", enumspb.CONTINUE_AS_NEW_INITIATOR_WORKFLOW, nil,
			replay.Nondeterministic, "then the code said so, and it does not any more"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := unchangedRecording(t, tt.recording)
			continued(r, tt.by)
			stage := base
			if tt.code != nil {
				stage = running(r, "now", tt.code)
			}
			got := replay.Judge(t.Context(), stage, r, &replay.Options{Explain: true})
			require.Equal(t, tt.want, got.Verdict, "%s: %s", tt.why, advice.Line(got))
		})
	}
}

// TestPanicsAgain is about an execution that failed because its code panicked.
func TestPanicsAgain(t *testing.T) {
	t.Parallel()
	stage, ok := unchanged.Family.Stage("fail-workflow")
	require.True(t, ok)
	for _, tt := range []struct {
		name string
		code any // nil for the code that ran
		want replay.Verdict
		why  string
	}{
		{"unchanged", nil, replay.Safe, "that failure is what the code does"},
		{"another panic", func(workflow.Context) error { panic("another") }, replay.Panic,
			"at another place, with other words"},
		{"mended", func(workflow.Context) error { return errors.New("mended") }, replay.Nondeterministic,
			"it does not call what was called"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := unchangedRecording(t, "fail-workflow.failed-by-panic")
			stage := stage
			if tt.code != nil {
				stage = running(r, "now", tt.code)
			}
			got := replay.Judge(t.Context(), stage, r, &replay.Options{Explain: true})
			require.Equal(t, tt.want, got.Verdict, "%s: %s", tt.why, advice.Line(got))
		})
	}
}

func unchangedRecording(t *testing.T, name string) *history.Recording {
	t.Helper()
	r, err := history.ReadFile(os.DirFS("../../testdata/histories/unchanged"), name+".json")
	require.NoError(t, err)
	return r
}

// continued makes the last event one with which the service begins another run.
func continued(r *history.Recording, by enumspb.ContinueAsNewInitiator) {
	last := r.History.Events[len(r.History.Events)-1]
	attributes := &historypb.WorkflowExecutionContinuedAsNewEventAttributes{
		NewExecutionRunId: "next", WorkflowType: &commonpb.WorkflowType{Name: r.WorkflowType()}, Initiator: by,
		WorkflowTaskCompletedEventId: last.GetWorkflowExecutionFailedEventAttributes().GetWorkflowTaskCompletedEventId() + last.GetWorkflowExecutionCompletedEventAttributes().GetWorkflowTaskCompletedEventId(),
		Failure:                      last.GetWorkflowExecutionFailedEventAttributes().GetFailure(),
		LastCompletionResult:         last.GetWorkflowExecutionCompletedEventAttributes().GetResult(),
	}
	last.EventType = enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW
	last.Attributes = &historypb.HistoryEvent_WorkflowExecutionContinuedAsNewEventAttributes{WorkflowExecutionContinuedAsNewEventAttributes: attributes}
}
