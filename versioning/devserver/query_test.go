package main

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/revisions"
)

// newExecutions has what a new execution of each stage ends with.
var newExecutions = map[string]string{
	"patching/initial":          "pre-patch",
	"patching/patched":          "post-patch",
	"patching/patch-deprecated": "post-patch",
	"patching/patch-complete":   "post-patch",
	"revisions/pre-patch":       "pre-patch",
	"revisions/replaced":        "post-patch",
	"revisions/version-1":       "post-patch",
	"revisions/version-2":       "another-patch",
	"revisions/min-1":           "another-patch",
	"revisions/min-2":           "another-patch",
	"revisions/removed":         "another-patch",
}

// TestQueryResult asks every stage of these families for its result, while its
// activity is outstanding and after it has completed: what a live worker answers
// is what the goldens say that a replay answers.
func TestQueryResult(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	for _, f := range []*versioning.Family{patching.Family, revisions.Family} {
		for _, s := range f.Stages {
			name := f.Name + "/" + s.Name
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				want, ok := newExecutions[name]
				require.True(t, ok, "add the stage to newExecutions")
				ctx, cancel := context.WithTimeout(t.Context(), patience)
				defer cancel()
				run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: name, TaskQueue: name}, f.WorkflowTypes[0])
				require.NoError(t, err)

				parked := runStage(t, c, name, s, false)
				require.Empty(t, queryResult(ctx, t, c, name))
				parked.Stop()

				runStage(t, c, name, s, true)
				var result string
				require.NoError(t, run.Get(ctx, &result))
				require.Equal(t, want, result)
				require.Equal(t, want, queryResult(ctx, t, c, name))
			})
		}
	}
}

func runStage(t *testing.T, c client.Client, taskQueue string, s versioning.Stage, activities bool) worker.Worker {
	t.Helper()
	w := worker.New(c, taskQueue, worker.Options{LocalActivityWorkerOnly: !activities})
	s.Register(w)
	if activities {
		s.RegisterActivities(w)
	}
	require.NoError(t, w.Start())
	t.Cleanup(w.Stop)
	return w
}

func queryResult(ctx context.Context, t *testing.T, c client.Client, id string) string {
	value, err := c.QueryWorkflow(ctx, id, "", "result")
	require.NoError(t, err)
	var result string
	require.NoError(t, value.Get(&result))
	return result
}
