package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/record"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/deployments"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/runtimechecks"
)

// TestLive swaps the workers under open executions of every family again, and
// compares what happens with what is stored beside the recordings. It runs alone,
// and the families follow each other: each keeps the machine busy by itself, and
// that nothing happens to an execution is told by the time in which it does not.
func TestLive(t *testing.T) {
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	for _, f := range workflows.Families {
		if !slices.ContainsFunc(f.Scenarios, versioning.Scenario.IsObserved) {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			got, err := record.Live(t.Context(), f, record.Options{Client: c, Timeout: patience})
			require.NoError(t, err)
			want, err := history.ReadLive(os.DirFS(filepath.Join("../../histories", filepath.FromSlash(f.Name))))
			require.NoError(t, err)
			require.NotEmpty(t, want.Observations, "go test . -record=%s", f.Name)
			if diff := cmp.Diff(want.Observations, got.Observations); diff != "" {
				t.Errorf("live workers do something else than what histories/%s/live.json holds; if that is meant, go test . -record=%s (-stored +now):\n%s",
					f.Name, f.Name, diff)
			}
		})
	}
}

// TestLiveOpenChild gives executions with open children a workflow task that they do not close with: they went on, and
// that is known long before nothing could happen any more.
func TestLiveOpenChild(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	f := *runtimechecks.ChildWorkflow
	f.Stages = f.Stages[:1:1]
	again := f.Stages[0]
	again.Name = "again"
	f.Stages = append(f.Stages, again)
	sc := f.Scenarios[0]
	plan := sc.Plan.(versioning.Observed)
	plan.Finish = func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		return c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), "not yet", nil)
	}
	sc.Plan = plan
	f.Scenarios = []versioning.Scenario{sc}
	live, err := record.Live(t.Context(), &f, record.Options{Client: c, Timeout: patience})
	require.NoError(t, err)
	require.NotEmpty(t, live.Observations)
	for _, o := range live.Observations {
		require.Equal(t, history.WentOn, o.Outcome, "%+v", o)
	}
}

// TestLiveRouting drives and finishes with a client that waits until tasks are routed as it says.
func TestLiveRouting(t *testing.T) {
	t.Parallel()
	plain := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	f := *deployments.Family
	sc := f.Scenarios[slices.IndexFunc(f.Scenarios, versioning.Scenario.IsObserved)]
	plan := sc.Plan.(versioning.Observed)
	finish := plan.Finish
	var drives, finishes, unrouted atomic.Int32
	plan.Drive = func(_ context.Context, c client.Client, _ client.WorkflowRun) error {
		drives.Add(1)
		if c == plain {
			unrouted.Add(1)
		}
		return nil
	}
	plan.Finish = func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		finishes.Add(1)
		if c == plain {
			unrouted.Add(1)
		}
		return finish(ctx, c, run)
	}
	sc.Plan = plan
	f.Scenarios, f.Stages = []versioning.Scenario{sc}, f.Stages[:2]
	_, err := record.Live(t.Context(), &f, record.Options{Client: plain, Timeout: patience})
	require.NoError(t, err)
	require.NotZero(t, drives.Load())
	require.NotZero(t, finishes.Load())
	require.Zero(t, unrouted.Load())
}
