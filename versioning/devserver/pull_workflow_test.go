package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// pulledType has what the List Filter would take for the end of a text, or for another character.
const pulledType = `O'Brien's order\n`

// secret is in the payloads of each marker.
const secret = "4711 0815 1234 5678"

const tick = 20 * time.Millisecond

func orderID(i int64) string { return fmt.Sprintf("order/%d", i) }

// markers makes a history of that many events and four before them in a single Workflow Task, which is the cheapest way
// to a long one.
func markers(ctx workflow.Context, n int) error {
	for range n {
		var got string
		if err := workflow.SideEffect(ctx, func(workflow.Context) any { return secret }).Get(&got); err != nil {
			return err
		}
	}
	return nil
}

// waiting stays open until it is signalled.
func waiting(ctx workflow.Context) error {
	for {
		var end bool
		workflow.GetSignalChannel(ctx, "go on").Receive(ctx, &end)
		if end {
			return nil
		}
	}
}

// stuck cannot get past its first task.
func stuck(workflow.Context) error { panic("stuck") }

// continuing has that many runs more.
func continuing(ctx workflow.Context, left int) error {
	if left == 0 {
		return nil
	}
	return workflow.NewContinueAsNewError(ctx, "continuing", left-1)
}

// failing fails in each run of its retry policy.
func failing(workflow.Context) error { return errors.New("no stock") }

func startPulledWorker(t *testing.T, c client.Client) {
	t.Helper()
	// A machine that is busy compiling would make tasks fail, and so longer histories.
	w := worker.New(c, "pulled", worker.Options{DeadlockDetectionTimeout: patience})
	for name, f := range map[string]any{pulledType: markers, "markers": markers, "waiting": waiting, "stuck": stuck, "continuing": continuing, "failing": failing} {
		w.RegisterWorkflowWithOptions(f, workflow.RegisterOptions{Name: name})
	}
	require.NoError(t, w.Start())
	t.Cleanup(w.Stop)
}

func startPulled(t *testing.T, c client.Client, id, workflowType string, args ...any) client.WorkflowRun {
	t.Helper()
	run, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: id, TaskQueue: "pulled"}, workflowType, args...)
	require.NoError(t, err)
	return run
}

// startMany starts executions and returns when all are closed and listed as such.
func startMany(t *testing.T, c client.Client, count, events int) {
	t.Helper()
	const atOnce = 20
	var starters sync.WaitGroup
	var next atomic.Int64
	for range atOnce {
		starters.Go(func() {
			for i := next.Add(1); i <= int64(count); i = next.Add(1) {
				_, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: orderID(i), TaskQueue: "pulled"}, pulledType, events-5)
				assert.NoError(t, err)
			}
		})
	}
	starters.Wait()
	const busy = 5 * patience // It is minutes on a machine that does other things too.
	awaitListedWithin(t, c, "CloseTime IS NOT NULL", count, busy)
}

func awaitListed(t *testing.T, c client.Client, query string, count int) {
	t.Helper()
	awaitListedWithin(t, c, query, count, patience)
}

func awaitListedWithin(t *testing.T, c client.Client, query string, count int, limit time.Duration) {
	t.Helper()
	require.EventuallyWithT(t, func(t *assert.CollectT) {
		listed, err := c.CountWorkflow(context.Background(), &workflowservice.CountWorkflowExecutionsRequest{Query: query})
		assert.NoError(t, err)
		assert.EqualValues(t, count, listed.GetCount())
	}, limit, tick)
}

// served is the history as the service gives it.
func served(t *testing.T, c client.Client, id, runID string) *historypb.History {
	t.Helper()
	h := &historypb.History{}
	events := c.GetWorkflowHistory(t.Context(), id, runID, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		require.NoError(t, err)
		h.Events = append(h.Events, event)
	}
	return h
}
