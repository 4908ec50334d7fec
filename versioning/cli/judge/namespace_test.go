package judge_test

import (
	"bytes"
	"context"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
)

// TestDefaultNamespace is about recordings that do not say their namespace, and code that
// asks for it.
func TestDefaultNamespace(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../replay/testdata/faults/namespace-branch.json")
	require.NoError(t, err)
	family := &versioning.Family{
		Name: "branch", Doc: "Branches by its namespace.", WorkflowTypes: []string{"NSB"},
		Stages: []versioning.Stage{{Name: "today", Doc: "The code that ran.",
			Register: func(r worker.WorkflowRegistry) {
				r.RegisterWorkflowWithOptions(func(ctx workflow.Context) error {
					ctx = workflow.WithActivityOptions(ctx,
						workflow.ActivityOptions{StartToCloseTimeout: 10 * time.Second,
							HeartbeatTimeout: 2 * time.Second})
					activity, input := "B", "test"
					if workflow.GetInfo(ctx).Namespace == "default" {
						activity, input = "A", "prod"
					}
					return workflow.ExecuteActivity(ctx, activity, input).Get(ctx, nil)
				}, workflow.RegisterOptions{Name: "NSB"})
			}}},
	}
	for namespace, want := range map[string]string{"default": `"verdict": "safe"`, "": "set DefaultNamespace"} {
		var stdout, stderr bytes.Buffer
		command := &cli.Command{
			Families: []*versioning.Family{family}, Recordings: fstest.MapFS{"branch/one.json": {Data: data}},
			DefaultNamespace: namespace, Stdout: &stdout, Stderr: &stderr,
		}
		require.Equal(t, cli.ExitOK, command.Run(context.Background(), []string{"matrix", "--format", "json"}),
			stderr.String())
		require.Contains(t, stdout.String(), want)
	}
}
