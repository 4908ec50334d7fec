package record

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

func nothing(context.Context, client.Client, client.WorkflowRun) error { return nil }

// TestPlanCatalogue leaves out journeys between two changes of one base.
func TestPlanCatalogue(t *testing.T) {
	t.Parallel()
	f := *patching.Family
	f.Catalogue, f.Stages, f.Scenarios = true, f.Stages[:3], []versioning.Scenario{versioning.RunsToCompletion}
	var journeys []string
	for _, e := range plan(&f, nil) {
		if e.isJourney() {
			journeys = append(journeys, e.name())
		}
	}
	require.Equal(t, []string{"initial+patched.completed", "initial+patch-deprecated.completed"}, journeys)
}

func TestPlan(t *testing.T) {
	t.Parallel()
	registers := func(types ...string) func(worker.WorkflowRegistry) {
		return func(r worker.WorkflowRegistry) {
			for _, name := range types {
				r.RegisterWorkflowWithOptions(func(workflow.Context) error { return nil }, workflow.RegisterOptions{Name: name})
			}
		}
	}
	f := &versioning.Family{
		Name: "cutover", Doc: "One type is replaced by another.", WorkflowTypes: []string{"Old", "New"},
		Stages: []versioning.Stage{
			{Name: "before", Doc: "Old only.", Register: registers("Old")},
			{Name: "both", Doc: "Both.", Register: registers("Old", "New")},
			{Name: "after", Doc: "New only.", Register: registers("New")},
		},
		Scenarios: []versioning.Scenario{
			{Name: "old", Doc: "The first type.", Plan: versioning.EachStage{Journeys: true}},
			{Name: "new", Doc: "The second type.", WorkflowType: "New"},
			{Name: "before-only", Doc: "The first type, at one stage.", Plan: versioning.EachStage{Stages: []string{"before"}}},
			{Name: "back-again", Doc: "To and fro.", Plan: versioning.InTurn{Turns: []versioning.Turn{
				{Stage: "before"}, {Stage: "both", Drive: nothing}, {Stage: "before", Drive: nothing}}}},
		},
	}
	require.NoError(t, f.Validate())
	for _, tt := range []struct {
		name  string
		first []string
		want  []string
		why   string
	}{
		{"all", nil, []string{"before.old", "both.old", "before+both.old", "both.new", "after.new", "before.before-only", "before+both+before.back-again"},
			"a stage that does not register the type or that the scenario does not name is left out, also of journeys"},
		{"one stage", []string{"both"}, []string{"both.old", "both.new"}, "only what begins there"},
		{"unknown stage", []string{"nobody"}, nil, "nothing begins there"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, e := range plan(f, tt.first) {
				got = append(got, e.name())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}
