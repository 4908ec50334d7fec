package main

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"github.com/replaymatrix/replaymatrix/versioning/pull"
)

// TestPullChain downloads a chain from its middle, and what is left of it.
func TestPullChain(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	startPulledWorker(t, c)
	require.NoError(t, startPulled(t, c, "order", "continuing", 4).Get(t.Context(), nil))
	_, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: "retried", TaskQueue: "pulled",
		RetryPolicy: &temporal.RetryPolicy{InitialInterval: time.Millisecond, MaximumAttempts: 3}}, "failing")
	require.NoError(t, err)
	awaitListed(t, c, "WorkflowType = 'continuing' AND CloseTime IS NOT NULL", 5)
	awaitListed(t, c, "WorkflowType = 'failing' AND CloseTime IS NOT NULL", 3)

	dir := t.TempDir()
	last := latestRun(t, c, "order")
	o := pull.Options{Client: c, Dir: dir, Executions: []pull.Execution{{WorkflowID: "order"}, {WorkflowID: "retried"}}}
	summary, err := pull.Histories(t.Context(), o)
	require.NoError(t, err)
	require.Equal(t, pull.Summary{Pulled: 2}, summary, "the latest runs")

	o.Chain = true
	summary, err = pull.Histories(t.Context(), o)
	require.NoError(t, err)
	require.Equal(t, pull.Summary{Pulled: 6, There: 2}, summary, "five runs and three")

	chain := []string{last}
	for {
		before := read(t, dir, "order", chain[0]).History.Events[0].GetWorkflowExecutionStartedEventAttributes().GetContinuedExecutionRunId()
		if before == "" {
			break
		}
		chain = append([]string{before}, chain...)
	}
	require.Len(t, chain, 5)

	summary, err = pull.Histories(t.Context(), pull.Options{Client: c, Dir: t.TempDir(), Query: "WorkflowType = 'continuing'", Chain: true})
	require.NoError(t, err)
	require.Equal(t, pull.Summary{Pulled: 5}, summary, "each run once, though all of them are listed and lead to each other")

	remove(t, c, "order", chain[1])
	o = pull.Options{Client: c, Dir: t.TempDir(), Chain: true, Executions: []pull.Execution{{WorkflowID: "order", RunID: chain[2]}}}
	var gone []string
	o.Progress = func(o pull.Run) {
		if o.State == pull.Gone {
			gone = append(gone, o.Err.Error())
		}
	}
	summary, err = pull.Histories(t.Context(), o)
	require.NoError(t, err)
	require.Equal(t, pull.Summary{Pulled: 3, Gone: 1}, summary, "what is left after it")
	require.Equal(t, []string{"order run " + chain[1] + ": the service does not have this run of the chain any more: " +
		"its retention period is over, or it was deleted"}, gone)
}

func latestRun(t *testing.T, c client.Client, id string) string {
	t.Helper()
	d, err := c.DescribeWorkflowExecution(t.Context(), id, "")
	require.NoError(t, err)
	return d.GetWorkflowExecutionInfo().GetExecution().GetRunId()
}

// remove deletes a run, as the end of its retention period does.
func remove(t *testing.T, c client.Client, id, runID string) {
	t.Helper()
	_, err := c.WorkflowService().DeleteWorkflowExecution(t.Context(), &workflowservice.DeleteWorkflowExecutionRequest{
		Namespace: DefaultNamespace, WorkflowExecution: &commonpb.WorkflowExecution{WorkflowId: id, RunId: runID}})
	require.NoError(t, err)
	require.EventuallyWithT(t, func(t *assert.CollectT) {
		_, err := c.DescribeWorkflowExecution(context.Background(), id, runID)
		var missing *serviceerror.NotFound
		assert.ErrorAs(t, err, &missing)
	}, patience, tick)
}
