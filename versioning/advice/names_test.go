package advice_test

import (
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestNamesAreNotCut replays names of a user's that look like the ends of sentences: what
// is said of them has them whole.
func TestNamesAreNotCut(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		code   any
		as     string
		change func(*history.Recording)
		want   advice.Explanation
		why    string
	}{
		{"workflow type", patching.Initial, "another", func(r *history.Recording) {
			r.History.Events[0].GetWorkflowExecutionStartedEventAttributes().WorkflowType.Name = "billing: charge"
		}, advice.Explanation{
			What: `Workflow type "billing: charge" is not registered, only another.`,
			Do:   "Keep it registered while such executions are open.",
		}, "a colon belongs to it"},
		{"change ID", func(ctx workflow.Context) (string, error) {
			workflow.GetVersion(ctx, "pay: twice", 1, 2)
			return patching.Initial(ctx)
		}, patching.WorkflowType, func(*history.Recording) {}, advice.Explanation{
			What: `For change ID "pay: twice" history has no marker, code accepts version 1 and up (event 4, advice/names_test.go:38).`,
			Do: "If it began before the call was there, keep the DefaultVersion branch; if after it was removed, " +
				"do not go back to this code.",
		}, "the same of a change ID"},
		{"run ID", func(workflow.Context) (string, error) { panic(errors.New("the workflow is in order")) },
			patching.WorkflowType, func(r *history.Recording) { r.RunID = "workflow" }, advice.Explanation{
				What: "Workflow code panics: the workflow is in order (event 4, advice/names_test.go:45).",
				Do: "Mend the code, or find out what it needs that it does not have in a replay; such executions " +
					"stay open until a Worker has code that does not fail.",
			}, "a run ID that somebody made up is a part of other words"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := history.ReadFile(os.DirFS("../../histories"), "patching/initial.completed.json")
			require.NoError(t, err)
			tt.change(r)
			stage := versioning.Stage{Name: "now", Register: func(registry worker.WorkflowRegistry) {
				registry.RegisterWorkflowWithOptions(tt.code, workflow.RegisterOptions{Name: tt.as})
			}}
			result := replay.Judge(t.Context(), stage, r, &replay.Options{Explain: true})
			require.NotContains(t, advice.Line(result), "RUN-ID", tt.why)
			got := advice.Explain(result)
			require.Equal(t, tt.want.What, got.What, tt.why)
			require.Equal(t, tt.want.Do, got.Do, tt.why)
		})
	}
}
