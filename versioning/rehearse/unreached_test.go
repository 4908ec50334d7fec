package rehearse_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/testdata/edits"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// TestUnreached deploys what is said of a change in the Workflow Task that closes the execution: an
// execution that waits before it takes the new branch of a GetVersion call at that line, and the old
// one of a call in the first line.
func TestUnreached(t *testing.T) {
	t.Parallel()
	const says = "Executions that wait before that line take the new branch"
	always := func(workflow.Context) bool { return true }
	version := func(ctx workflow.Context) bool {
		return workflow.GetVersion(ctx, "refund", workflow.DefaultVersion, 1) == 1
	}
	for _, tt := range []struct {
		name        string
		first, here func(workflow.Context) bool
		says        bool
		// refunds is whether a Worker refunds when the signal comes that closes the execution.
		refunds bool
		why     string
	}{
		{"changed", always, always, true, true, "no version decides it"},
		{"a version at the line", always, version, false, true, "the first call of a version gives the newest"},
		{"a version in the first line", version, always, false, false, "they have passed it without a marker"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := *edits.Family
			base, _ := f.Stage("base")
			code := func(ctx workflow.Context, _ string) error {
				refund := tt.first(ctx)
				_ = workflow.SetQueryHandler(ctx, "state", func() (string, error) { return "", nil })
				ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
				_ = workflow.ExecuteActivity(ctx, edits.Charge, 100).Get(ctx, nil)
				_ = workflow.ExecuteActivity(ctx, edits.Ship, "home").Get(ctx, nil)
				workflow.GetSignalChannel(ctx, "finish").Receive(ctx, nil)
				if refund && tt.here(ctx) {
					return workflow.ExecuteActivity(ctx, edits.Refund, 100).Get(ctx, nil)
				}
				return nil
			}
			f.Stages = []versioning.Stage{base, {Name: "now", Doc: "Refunds at the end.",
				Register: func(r worker.WorkflowRegistry) {
					r.RegisterWorkflowWithOptions(code, workflow.RegisterOptions{Name: edits.WorkflowType})
				}, RegisterActivities: base.RegisterActivities}}
			sources, err := history.Dir(os.DirFS("../../testdata/histories/edits"), ".")
			require.NoError(t, err)
			for _, recording := range []string{"base.sequence-closed", "base.sequence-open"} {
				m, err := matrix.Judge(t.Context(), &f, slices.Values(sources), &matrix.Options{Explain: true,
					Only: func(of, at string) bool { return of == recording && at == "now" }})
				require.NoError(t, err)
				for cell := range m.Cells() {
					if recording == "base.sequence-closed" {
						require.Equal(t, tt.says, strings.Contains(advice.Explain(cell.Result).Do, says), "%s: %s", tt.why,
							advice.Explain(cell.Result).Do)
						continue
					}
					i := slices.IndexFunc(cell.Effects.List,
						func(e rehearse.Effect) bool { return e.News.String() == "signal finish" })
					require.GreaterOrEqual(t, i, 0)
					require.Equal(t, tt.refunds, strings.Contains(cell.Effects.List[i].Now, "Refund"), "%s: %+v", tt.why,
						cell.Effects.List[i])
				}
			}
		})
	}
}
