package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/record"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/activation"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/revisions"
)

// branchy has a change ID that only an old branch asks for, one whose versions are
// dates, a branch that fails, and a call that a second one contradicts.
func branchy(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	do := func(what string) error { return workflow.ExecuteActivity(ctx, "Do", what).Get(ctx, nil) }
	if workflow.GetVersion(ctx, "Charge first", workflow.DefaultVersion, 1) == workflow.DefaultVersion {
		if err := do("ship"); err != nil {
			return err
		}
		if workflow.GetVersion(ctx, "notify", workflow.DefaultVersion, 1) == 1 {
			if err := do("notify"); err != nil {
				return err
			}
		}
	} else if err := do("charge"); err != nil {
		return err
	}
	if rates := workflow.GetVersion(ctx, "rates", 1, 20260131); rates >= 20250601 {
		if err := do("new rates"); err != nil {
			return err
		}
	}
	if workflow.GetVersion(ctx, "audit", workflow.DefaultVersion, 1) == workflow.DefaultVersion {
		return errors.New("the auditor is gone")
	}
	workflow.GetVersion(ctx, "moved", 1, 2)
	if err := do("audit"); err != nil {
		return err
	}
	workflow.GetVersion(ctx, "moved", 2, 2)
	return nil
}

var branchyFamily = &versioning.Family{
	Name: "branchy", Doc: "x", WorkflowTypes: []string{"Branchy"}, Scenarios: []versioning.Scenario{versioning.RunsToCompletion, versioning.WaitsForActivity},
	Stages: []versioning.Stage{{
		Name: "today", Doc: "x",
		Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(branchy, workflow.RegisterOptions{Name: "Branchy"})
		},
		RegisterActivities: func(r worker.ActivityRegistry) {
			r.RegisterActivityWithOptions(func(context.Context, string) error { return nil }, activity.RegisterOptions{Name: "Do"})
		},
	}},
}

var hashes = regexp.MustCompile(`--[0-9a-f]{10}--`)

// TestSweep compares what a sweep says with what replays of its recordings say.
func TestSweep(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	dir := t.TempDir()
	var told []record.Attempt
	swept, err := record.Sweep(t.Context(), branchyFamily, record.SweepOptions{
		Options: record.Options{Client: c, Dir: dir, Accept: replaysSafely, Timeout: patience,
			Progress: func(o record.Attempt) { told = append(told, o) }},
		Versions: map[string][]int{"rates": {20250601}},
	})
	require.NoError(t, err)
	require.Equal(t, swept.Attempts, told)

	var got []string
	for _, b := range swept.Branches {
		got = append(got, b.String())
	}
	const long = "not tried, since the range is long and no call begins or ends there: name the versions that matter in SweepOptions.Versions"
	const first = "Charge first"
	want := []string{
		`today.completed "Charge first" DefaultVersion: recorded in today.completed--charge-first--HASH--default`,
		`today.completed "Charge first" version 1: recorded in today.completed`,
		`today.completed "rates" version 1: recorded in today.completed--rates--v1`,
		`today.completed "rates" version 2 to version 20250600: not recorded: ` + long,
		`today.completed "rates" version 20250601: recorded in today.completed--rates--v20250601`,
		`today.completed "rates" version 20250602 to version 20260130: not recorded: ` + long,
		`today.completed "rates" version 20260131: recorded in today.completed`,
		`today.completed "audit" DefaultVersion: not recorded: the execution ended as Failed, the scenario says Completed`,
		`today.completed "audit" version 1: recorded in today.completed`,
		`today.completed "moved" version 1: not recorded: the workflow task failed (event 30, NonDeterministicError): [TMPRL1100] Workflow code removed support of version 1. for "moved" changeID. The oldest supported version is 2`,
		`today.completed "moved" version 2: recorded in today.completed`,
		`today.completed "notify" DefaultVersion: recorded in today.completed--notify--default`,
		`today.completed "notify" version 1: recorded in today.completed--charge-first--HASH--default`,
		`today.waiting "Charge first" DefaultVersion: recorded in today.waiting--charge-first--HASH--default`,
		`today.waiting "Charge first" version 1: recorded in today.waiting`,
	}
	for i := range got {
		got[i] = hashes.ReplaceAllString(got[i], "--HASH--")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("branches (-want +got):\n%s", diff)
	}

	// What it says to have recorded, replays take: all but what failed and what was
	// left out.
	sources, err := history.Dir(os.DirFS(filepath.Join(dir, "branchy")), ".")
	require.NoError(t, err)
	m, err := matrix.Judge(t.Context(), branchyFamily, slices.Values(sources), nil)
	require.NoError(t, err)
	for cell := range m.Cells() {
		require.Equal(t, replay.Safe, cell.Verdict, "%s: %s", cell, advice.Line(cell.Result))
	}
	proven := map[string][]string{}
	for _, call := range m.Coverage()[0].Calls {
		for _, b := range call.Branches {
			key := fmt.Sprintf("%s %d", call.ChangeID, b.From)
			proven[key] = append(proven[key], b.Proven...)
		}
	}
	for _, b := range swept.Branches {
		taking := proven[fmt.Sprintf("%s %d", b.ChangeID, b.From)]
		if b.Recording != "" {
			require.Contains(t, taking, b.Recording, "%s", b)
		} else {
			require.Empty(t, taking, "%s", b)
		}
	}

	// The file says what was preferred, also to get there.
	r, err := history.ReadFile(os.DirFS(filepath.Join(dir, "branchy")), "today.completed--notify--default.json")
	require.NoError(t, err)
	require.Equal(t, map[string]int{first: -1, "notify": -1}, r.Preferred)
	require.Equal(t, []string{"today"}, r.Lineage)
	require.Equal(t, "completed", r.Scenario)
}

// TestSweepCovers sweeps the newest stage that has all branches, alone: what the
// recordings of the older stages prove is proven without them.
func TestSweepCovers(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	stage, ok := revisions.Family.Stage("version-2")
	require.True(t, ok)
	alone := *revisions.Family
	alone.Stages = []versioning.Stage{stage}
	dir := t.TempDir()
	swept, err := record.Sweep(t.Context(), &alone, record.SweepOptions{
		Options:   record.Options{Client: c, Dir: dir, Accept: replaysSafely, Timeout: patience},
		Scenarios: []string{"completed", "waiting"},
	})
	require.NoError(t, err)
	require.Len(t, swept.Attempts, 6, "three versions in two scenarios")
	replaytest.Run(t, replaytest.Params{Family: &alone, Recordings: os.DirFS(filepath.Join(dir, "revisions")), MinCoverage: 1})
}

// TestSweepOwnProvider leaves alone what a stage's own provider decides.
func TestSweepOwnProvider(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	swept, err := record.Sweep(t.Context(), activation.Family, record.SweepOptions{
		Options:   record.Options{Client: c, Dir: t.TempDir(), Accept: replaysSafely, Timeout: patience, Stages: []string{"at-once", "switched-off", "switched-on"}},
		Scenarios: []string{"ordered", "waiting"},
	})
	require.NoError(t, err)
	var got []string
	for _, b := range swept.Branches {
		got = append(got, b.String())
	}
	require.Equal(t, []string{
		`at-once.ordered "charge-card" DefaultVersion: recorded in at-once.ordered--charge-card--default`,
		`at-once.ordered "charge-card" version 1: recorded in at-once.ordered`,
		`switched-off.ordered "charge-card" DefaultVersion: recorded in switched-off.ordered`,
		`switched-off.ordered "charge-card" version 1: not recorded: the stage's own PreferredVersionProvider prefers DefaultVersion`,
		`switched-on.ordered "charge-card" DefaultVersion: not recorded: the stage's own PreferredVersionProvider prefers version 1`,
		`switched-on.ordered "charge-card" version 1: recorded in switched-on.ordered`,
	}, got, "and an execution that waits before the call asks for nothing")
}

// parked is left open, behind a call whose old branch panics.
func parked(ctx workflow.Context) error {
	workflow.GetSignalChannel(ctx, "go").Receive(ctx, nil)
	if workflow.GetVersion(ctx, "late", workflow.DefaultVersion, 1) == workflow.DefaultVersion {
		panic("nobody has been here for years")
	}
	workflow.GetSignalChannel(ctx, "go").Receive(ctx, nil)
	return nil
}

// TestSweepGoesOn tells a branch that fails in an execution which stays open, before its time
// is up, and keeps what is done when it is interrupted.
func TestSweepGoesOn(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	family := &versioning.Family{
		Name: "parked", Doc: "x", WorkflowTypes: []string{"Parked"},
		Scenarios: []versioning.Scenario{{Name: "signalled", Doc: "x", Plan: versioning.EachStage{Ends: versioning.Open,
			Drive: func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
				return c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), "go", nil)
			}}}},
		Stages: []versioning.Stage{{Name: "today", Doc: "x", Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(parked, workflow.RegisterOptions{Name: "Parked"})
		}}},
	}
	options := record.Options{Client: c, Dir: t.TempDir(), Timeout: patience}
	began := time.Now()
	swept, err := record.Sweep(t.Context(), family, record.SweepOptions{Options: options})
	require.NoError(t, err)
	require.Len(t, swept.Branches, 2)
	require.Equal(t, `today.signalled "late" DefaultVersion: not recorded: the workflow task failed (event 8, WorkflowWorkerUnhandledFailure): nobody has been here for years`, swept.Branches[0].String())
	require.Equal(t, "today.signalled", swept.Branches[1].Recording)
	require.Less(t, time.Since(began), patience/2)

	_, err = record.Sweep(t.Context(), family, record.SweepOptions{Options: options, Versions: map[string][]int{"lat": {1}}})
	require.EqualError(t, err, `SweepOptions.Versions names "lat", and no execution has asked for it: the change IDs are ["late"]`)

	ctx, cancel := context.WithCancel(t.Context())
	options.Dir, options.Progress = t.TempDir(), func(record.Attempt) { cancel() }
	swept, err = record.Sweep(ctx, family, record.SweepOptions{Options: options})
	require.ErrorIs(t, err, context.Canceled)
	require.Len(t, swept.Attempts, 1)
	require.Equal(t, []string{swept.Attempts[0].Path}, filesBelow(t, options.Dir))
}
