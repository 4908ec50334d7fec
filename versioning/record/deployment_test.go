package record

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	deploymentpb "go.temporal.io/api/deployment/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/deployments"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestLineageOfTurns is about turns that go on with the same stage, and runs
// that continue as new.
func TestLineageOfTurns(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		turns []versioning.Turn
		want  string
		why   string
	}{
		{[]versioning.Turn{{Stage: "v1-0"}, {Stage: "v1-0"}, {Stage: "v1-0"}}, "v1-0.x", "one stage has executed it"},
		{[]versioning.Turn{{Stage: "v1-0"}, {Stage: "v1-1"}, {Stage: "v1-1"}, {Stage: "v1-0"}}, "v1-0+v1-1+v1-0.x",
			"there and back"},
		{[]versioning.Turn{{Stage: "v1-0"}, {Stage: "v2-0", NewRun: true}}, "v2-0.x", "the first run is not recorded"},
		{[]versioning.Turn{{Stage: "v1-0"}, {Stage: "v1-0", NewRun: true}, {Stage: "v1-1"}}, "v1-0+v1-1.x",
			"the new run goes on elsewhere"},
	} {
		got := executionsOf(deployments.Family,
			versioning.Scenario{Name: "x", Plan: versioning.InTurn{Turns: tt.turns}})
		require.Len(t, got, 1)
		require.Equal(t, tt.want, got[0].name(), tt.why)
	}
}

func TestVerifyBuilds(t *testing.T) {
	t.Parallel()
	completedBy := func(builds ...string) *history.Recording {
		r := &history.Recording{History: &historypb.History{}}
		for _, build := range builds {
			r.History.Events = append(r.History.Events, &historypb.HistoryEvent{
				EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
				Attributes: &historypb.HistoryEvent_WorkflowTaskCompletedEventAttributes{
					WorkflowTaskCompletedEventAttributes: &historypb.WorkflowTaskCompletedEventAttributes{
						DeploymentVersion: &deploymentpb.WorkerDeploymentVersion{DeploymentName: "x",
							BuildId: build}}}})
		}
		return r
	}
	there := execution{turns: []turn{{stage: deployments.Family.Stages[0]}, {stage: deployments.Family.Stages[1]}}}
	for _, tt := range []struct {
		name   string
		family *versioning.Family
		builds []string
		want   error
		why    string
	}{
		{"as the lineage says", deployments.Family, []string{"1.0", "1.1", "1.1"}, nil,
			"one build can complete several tasks"},
		{"never moved", deployments.Family, []string{"1.0", "1.0"},
			&BuildError{Want: []string{"1.0", "1.1"}, Got: []string{"1.0"}}, "the name would lie"},
		{"moved on", deployments.Family, []string{"1.0", "1.1", "2.0"},
			&BuildError{Want: []string{"1.0", "1.1"}, Got: []string{"1.0", "1.1", "2.0"}}, "the name would lie"},
		{"no builds", patching.Family, []string{"whatever"}, nil, "the worker is swapped, not the routing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := &recorder{family: tt.family}
			if diff := cmp.Diff(tt.want, r.verifyBuilds(there, completedBy(tt.builds...))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
	require.EqualError(t, &BuildError{Want: []string{"1.0", "1.1"}, Got: []string{"1.0"}},
		"its workflow tasks were completed by build 1.0, the scenario says 1.0, 1.1")
}

// TestDeploymentName keeps out what the service forbids in a name.
func TestDeploymentName(t *testing.T) {
	t.Parallel()
	x := &observed{taskQueue: "deployments/v1-0+v1-1.pinned:moved"}
	require.Equal(t, "deployments/v1-0+v1-1/pinned/moved", x.deployment())
}

func TestDeploymentOptions(t *testing.T) {
	t.Parallel()
	versioned := &observed{recorder: &recorder{family: deployments.Family}, taskQueue: "deployments/v1-0.open"}
	options := versioned.deploymentOptions(deployments.Family.Stages[0])
	require.True(t, options.UseVersioning)
	require.Equal(t, "deployments/v1-0/open", options.Version.DeploymentName)
	require.Equal(t, "1.0", options.Version.BuildID)

	plain := &observed{recorder: &recorder{family: patching.Family}, taskQueue: "patching/initial.completed"}
	options = plain.deploymentOptions(patching.Family.Stages[0])
	require.False(t, options.UseVersioning)
	require.Equal(t, "patching", options.Version.DeploymentName)
	require.Equal(t, "initial", options.Version.BuildID, "the history says which stage completed a task")
}
