package replay_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// fault reads a history of testdata/faults. The caller may change it.
func fault(t testing.TB, name string) *history.Recording {
	t.Helper()
	r, err := history.ReadFile(os.DirFS("testdata/faults"), name+".json")
	require.NoError(t, err)
	return r
}

// running returns a stage that runs the function as the workflow type of the recording.
func running(r *history.Recording, name string, w any) versioning.Stage {
	return versioning.Stage{Name: name, Doc: name, Register: func(registry worker.WorkflowRegistry) {
		registry.RegisterWorkflowWithOptions(w, workflow.RegisterOptions{Name: r.WorkflowType()})
	}}
}

// A and B are the activities of the histories in testdata/faults.
func A(context.Context, string) (string, error) { return "", nil }
func B(context.Context, string) (string, error) { return "", nil }

// ao gives the context the options with which those histories call them.
func ao(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx,
		workflow.ActivityOptions{StartToCloseTimeout: 10 * time.Second, HeartbeatTimeout: 2 * time.Second})
}
