package versioning_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
)

func inTurn(turns ...versioning.Turn) versioning.Plan { return versioning.InTurn{Turns: turns} }

func TestPlanFaults(t *testing.T) {
	t.Parallel()
	type turn = versioning.Turn
	held := versioning.NoActivities
	unknown := []string{"v9"}
	for _, tt := range []struct {
		name       string
		plan       versioning.Plan
		activities func(worker.ActivityRegistry)
		want       string
		why        string
	}{
		{"none", nil, nil, "", "each stage runs it to completion"},
		{"each stage", versioning.EachStage{}, nil, "", "that is the same"},
		{"pointer", &versioning.EachStage{}, nil,
			"has a Plan of type *versioning.EachStage: a plan is a value, not a pointer", "the compiler takes both"},
		{"unknown ending", versioning.EachStage{Ends: "Cancelled"}, nil,
			`has an unknown ending "Cancelled"`, "Temporal spells it Canceled"},
		{"unknown ending in turn", versioning.InTurn{Turns: []turn{{Stage: "v1"}}, Ends: "Cancelled"}, nil,
			`has an unknown ending "Cancelled"`, "Temporal spells it Canceled"},
		{"unknown stage", versioning.EachStage{Stages: unknown}, nil,
			`is recorded at stage "v9", which the family does not have`, "a typing error would record nothing"},

		{"no turns", inTurn(), nil, "is InTurn without Turns: no stage executes it", "there is no worker to start"},
		{"unknown turn", inTurn(turn{Stage: "v1"}, turn{Stage: "v9", Drive: noDrive}), nil,
			`has a turn of stage "v9", which the family does not have`, "no worker could run it"},
		{"turn that does nothing", inTurn(turn{Stage: "v1"}, turn{Stage: "v2"}), nil,
			`has a turn of stage "v2" without Drive: nothing makes the stage execute it`,
			"the lineage would claim a stage that never ran"},
		{"new run at first", inTurn(turn{Stage: "v1", NewRun: true}), nil,
			"has NewRun in its first turn: there is no run yet that could continue as new",
			"the first turn starts the execution"},
		{"fails at last", inTurn(turn{Stage: "v1"}, turn{Stage: "v2", Drive: noDrive, Fails: true}), nil,
			"has Fails in its last turn: no stage goes on from there",
			"nothing would be left but an execution that is stuck"},
		{"fails without drive", inTurn(turn{Stage: "v1", Fails: true}, turn{Stage: "v2", Drive: noDrive}), nil,
			`has a turn of stage "v1" that Fails without Drive: its first workflow task must complete`,
			"every recording begins with a completed one"},

		{"unattended", versioning.Unattended{WithoutWorker: noDrive}, nil, "", "something comes"},
		{"nothing comes", versioning.Unattended{}, nil,
			"is Unattended without WithoutWorker: nothing comes to its execution", "EachStage says that"},
		{"unattended at an unknown stage", versioning.Unattended{Stages: unknown, WithoutWorker: noDrive}, nil,
			`is recorded at stage "v9", which the family does not have`, "a typing error would record nothing"},

		{"observed", versioning.Observed{Finish: noDrive}, nil, "", "Finish closes it"},
		{"observed and held back", versioning.Observed{}, held, "", "the activities of the next worker close it"},
		{"observed and endless", versioning.Observed{}, nil,
			"is Observed and has nothing to close its execution: set Finish, or Activities to NoActivities",
			"half of the observation would wait forever"},
		{"observed at an unknown stage", versioning.Observed{Stages: unknown, Finish: noDrive}, nil,
			`is recorded at stage "v9", which the family does not have`, "a typing error would observe nothing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			f := order()
			scenario(versioning.Scenario{Name: "x", Doc: "x", Activities: tt.activities, Plan: tt.plan})(f)
			var got []string
			for _, fault := range faults(f.Validate()) {
				got = append(got, strings.TrimPrefix(fault, `family "order": scenario "x" `))
			}
			if diff := cmp.Diff(lines(tt.want), got); diff != "" {
				t.Errorf("%s\nfaults (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

func TestEnding(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		plan     versioning.Plan
		want     versioning.Ending
		observed bool
		why      string
	}{
		{nil, versioning.Completed, false, "each stage runs it to completion"},
		{versioning.EachStage{}, versioning.Completed, false, "what workflows are made for"},
		{versioning.EachStage{Ends: versioning.Failed}, versioning.Failed, false, "as the plan says"},
		{versioning.InTurn{}, versioning.Completed, false, "what workflows are made for"},
		{versioning.InTurn{Ends: versioning.Open}, versioning.Open, false, "as the plan says"},
		{versioning.Unattended{}, versioning.Open, false, "nothing comes to an execution that has closed"},
		{versioning.Observed{}, versioning.Open, true, "only an open execution meets another worker"},
	} {
		s := versioning.Scenario{Plan: tt.plan}
		require.Equal(t, tt.want, s.Ending(), "%T: %s", tt.plan, tt.why)
		require.Equal(t, tt.observed, s.IsObserved(), "%T: %s", tt.plan, tt.why)
	}
}

func TestWithoutActivities(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name       string
		activities func(worker.ActivityRegistry)
		want       bool
		why        string
	}{
		{"nil", nil, false, "the stage's own run"},
		{"none", versioning.NoActivities, true, "nothing runs"},
		{"other", func(r worker.ActivityRegistry) { r.RegisterActivity(refund) }, false, "that one runs"},
		{"dynamic", func(r worker.ActivityRegistry) {
			r.RegisterDynamicActivity(shipped, activity.DynamicRegisterOptions{})
		}, false, "it runs all"},
		{"panic", func(worker.ActivityRegistry) { panic("no database") }, false, "the worker's start says it better"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, versioning.Scenario{Activities: tt.activities}.WithoutActivities(), tt.why)
		})
	}
}

func refund(context.Context) error { return nil }

func shipped(context.Context) error { return nil }
