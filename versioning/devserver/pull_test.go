package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"google.golang.org/grpc/metadata"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/pull"
)

// TestPullStrangeIDs has workflow IDs that are no file names.
func TestPullStrangeIDs(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	startPulledWorker(t, c)
	ids := []string{"v1.done", "live", "../../escape", "a/b", `a\b`, "A/B", ".hidden", "_draft", "con", "nul.txt", "-rf",
		"a b:c|d?e*", "order@1", "..", strings.Repeat("x", 1000), strings.Repeat("x", 999) + "y"}
	for _, id := range ids {
		startPulled(t, c, id, "markers", 1)
	}
	// The SDK sends the ID in a header, which can hold ASCII only. Another header in its place lets it start this one.
	const header, umlaut = "temporal-resource-id", "Müller"
	ctx := metadata.AppendToOutgoingContext(t.Context(), header, "x")
	_, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: umlaut, TaskQueue: "nobody's"}, "markers", 1)
	require.NoError(t, err)
	awaitListed(t, c, "CloseTime IS NOT NULL", len(ids))
	awaitListed(t, c, "CloseTime IS NULL", 1)

	above := t.TempDir()
	dir := filepath.Join(above, "orders")
	summary, err := pull.Histories(t.Context(), pull.Options{Client: c, Namespace: "default", Dir: dir, Concurrency: 3})
	var incomplete *pull.IncompleteError
	require.ErrorAs(t, err, &incomplete)
	require.ErrorContains(t, err, "the Go SDK does not ask for a workflow ID that is not printable ASCII: download it from the Web UI")
	require.Equal(t, pull.Summary{Pulled: len(ids), Failed: 1}, summary, "the others are there")
	entries, err := os.ReadDir(above)
	require.NoError(t, err)
	require.Len(t, entries, 1, "nothing is written outside the folder")

	sources, err := history.Dir(os.DirFS(dir), ".")
	require.NoError(t, err)
	var got []string
	for _, source := range sources {
		r, err := source.Load()
		require.NoError(t, err)
		got = append(got, r.WorkflowID)
		require.Empty(t, r.Lineage, "%s", source.Name)
		require.Equal(t, "default", r.Namespace)
		require.Equal(t, temporal.SDKVersion, r.SDKVersion)
		require.Equal(t, pull.RecordingName(pull.Execution{WorkflowID: r.WorkflowID, RunID: r.RunID}), source.Name)
	}
	slices.Sort(ids)
	slices.Sort(got)
	require.Equal(t, ids, got)

	summary, err = pull.Histories(t.Context(), pull.Options{Client: c, Dir: dir, Limit: 5, Status: pull.Closed})
	require.NoError(t, err)
	require.Equal(t, pull.Summary{There: 5}, summary, "a limit, and nothing twice")
}

// TestPullOpen follows open executions until they close.
func TestPullOpen(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	startPulledWorker(t, c)
	run := startPulled(t, c, "order", "waiting")
	fails := startPulled(t, c, "fails", "stuck")
	awaitEvents(t, c, "order", 4)
	require.EventuallyWithT(t, func(t *assert.CollectT) {
		d, err := c.DescribeWorkflowExecution(context.Background(), "fails", "")
		assert.NoError(t, err)
		assert.Greater(t, d.GetPendingWorkflowTask().GetAttempt(), int32(2))
	}, patience, tick, "its task is tried again")
	awaitListed(t, c, "CloseTime IS NULL", 2)

	dir := t.TempDir()
	again := func(o pull.Options) pull.Summary {
		o.Client, o.Dir = c, dir
		summary, err := pull.Histories(t.Context(), o)
		require.NoError(t, err)
		return summary
	}
	require.Equal(t, pull.Summary{Pulled: 2}, again(pull.Options{Status: pull.Open}))
	require.Equal(t, pull.Summary{There: 2}, again(pull.Options{Status: pull.Open}), "nothing has happened, though the service tries again")
	stuckNow := read(t, dir, "fails", fails.GetRunID())
	require.Equal(t, enumspb.EVENT_TYPE_WORKFLOW_TASK_FAILED, stuckNow.History.Events[len(stuckNow.History.Events)-1].GetEventType(),
		"the events of a task that is tried again are not stored by the service")

	require.NoError(t, c.SignalWorkflow(t.Context(), "order", "", "go on", false))
	awaitEvents(t, c, "order", 8)
	require.Equal(t, pull.Summary{Refreshed: 1, There: 1}, again(pull.Options{Status: pull.Open}))
	require.Len(t, read(t, dir, "order", run.GetRunID()).History.Events, 8)

	require.NoError(t, c.SignalWorkflow(t.Context(), "order", "", "go on", true))
	require.NoError(t, run.Get(t.Context(), nil))
	awaitListed(t, c, "CloseTime IS NOT NULL", 1)
	require.Equal(t, pull.Summary{Refreshed: 1}, again(pull.Options{Status: pull.Closed, Compress: true}))
	require.True(t, read(t, dir, "order", run.GetRunID()).Closed())
	require.Equal(t, pull.Summary{There: 1}, again(pull.Options{Executions: []pull.Execution{{WorkflowID: "order"}}}))

	damaged := filepath.Join(dir, pull.RecordingName(pull.Execution{WorkflowID: "order", RunID: run.GetRunID()})+".json")
	require.NoError(t, os.Truncate(damaged, 1000))
	require.Equal(t, pull.Summary{Refreshed: 1}, again(pull.Options{Status: pull.Closed}))
	require.True(t, read(t, dir, "order", run.GetRunID()).Closed())
}

func awaitEvents(t *testing.T, c client.Client, id string, count int64) {
	t.Helper()
	require.EventuallyWithT(t, func(t *assert.CollectT) {
		d, err := c.DescribeWorkflowExecution(context.Background(), id, "")
		assert.NoError(t, err)
		assert.Equal(t, count, d.GetWorkflowExecutionInfo().GetHistoryLength())
	}, patience, tick)
}

// read finds the file of the run.
func read(t *testing.T, dir, id, runID string) *history.Recording {
	t.Helper()
	name := pull.RecordingName(pull.Execution{WorkflowID: id, RunID: runID})
	r, err := history.ReadFile(os.DirFS(dir), name+".json")
	require.NoError(t, err)
	return r
}
