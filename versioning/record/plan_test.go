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
			require.Nil(t, e.activities(e.turns[0]), "the first stage parks it")
			require.NotNil(t, e.activities(e.turns[1]), "the second one goes on")
		}
	}
	require.Equal(t, []string{"initial+patched.completed", "initial+patch-deprecated.completed"}, journeys)
}

// TestPlanLive swaps the workers of the stages that a scenario names for those of all.
func TestPlanLive(t *testing.T) {
	t.Parallel()
	f := *patching.Family
	f.Catalogue, f.Stages = true, f.Stages[:3]
	for _, tt := range []struct {
		name string
		plan versioning.Plan
		want []string
		why  string
	}{
		{"each stage", versioning.EachStage{Ends: versioning.Open}, nil, "nobody asks for it"},
		{"base", versioning.Observed{Stages: []string{"initial"}, Finish: nothing},
			[]string{"initial+patched", "initial+patch-deprecated"}, "each other stage takes over"},
		{"change", versioning.Observed{Stages: []string{"patched"}, Finish: nothing},
			[]string{"patched+initial"}, "there is no transition between two changes of a catalogue"},
		{"control", versioning.Observed{Stages: []string{"patched"}, Finish: nothing, Control: true},
			[]string{"patched+initial", "patched+patched"}, "the same stage takes over too"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			one := f
			one.Scenarios = []versioning.Scenario{{Name: "x", Doc: "x", Plan: tt.plan}}
			var want, got []string
			for _, stages := range tt.want {
				want = append(want, stages+".x.closing-task", stages+".x.other-task")
			}
			for _, s := range planLive(&one) {
				got = append(got, s.name())
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

func TestPlan(t *testing.T) {
	t.Parallel()
	registers := func(types ...string) func(worker.WorkflowRegistry) {
		return func(r worker.WorkflowRegistry) {
			for _, name := range types {
				r.RegisterWorkflowWithOptions(func(workflow.Context) error { return nil },
					workflow.RegisterOptions{Name: name})
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
			{Name: "before-only", Doc: "The first type, at one stage.",
				Plan: versioning.EachStage{Stages: []string{"before"}}},
			{Name: "late", Doc: "Something comes when the worker has stopped.", WorkflowType: "New",
				Plan: versioning.Unattended{Stages: []string{"after"}, WithoutWorker: nothing}},
			{Name: "swapped", Doc: "Left open for another worker.", WorkflowType: "New",
				Plan: versioning.Observed{Stages: []string{"both"}, Finish: nothing}},
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
		{"all", nil, []string{
			"before.old", "both.old", "before+both.old", "both.new", "after.new", "before.before-only",
			"after.late", "both.swapped", "before+both+before.back-again",
		},
			"a stage that does not register the type or that the scenario does not name is left out, also of journeys"},
		{"one stage", []string{"both"}, []string{"both.old", "both.new", "both.swapped"}, "only what begins there"},
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
