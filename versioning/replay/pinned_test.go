package replay_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	workflowpb "go.temporal.io/api/workflow/v1"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/deployments"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestPinned is about where Worker Versioning keeps executions, at their end and
// on the way there: the first events of a recording are the execution as it was
// after them.
func TestPinned(t *testing.T) {
	t.Parallel()
	const (
		byCode     = "by VersioningBehaviorPinned"
		byOverride = "by a versioning override"
		moves      = " unless UpdateWorkflowExecutionOptions moves it; if it moved here, it would be "
		changes    = " until UpdateWorkflowExecutionOptions changes that; if it moved here, it would be "
	)
	for _, tt := range []struct {
		recording string
		// events is the number of events to keep, 0 for all.
		events int
		stage  string
		// want is the detail of not-applicable, or another verdict.
		want string
		why  string
	}{
		{"v1-0.pinned-open", 0, "v1-0", "safe", "its own build runs it"},
		{"v1-0.pinned-open", 0, "v1-1", "pinned to build 1.0 " + byCode + " (event 10), it never gets to 1.1" + moves +
			"safe", "1.1 could take it, and does not get it"},
		{"v1-0.pinned-open", 0, "v2-0", "pinned to build 1.0 " + byCode + " (event 10), it never gets to 2.0" + moves +
			"nondeterministic at event 5", "whoever moves it must know"},
		{"v1-0.pinned-open", 3, "v2-0", "unstarted",
			"no worker has told yet how the workflow is versioned: its first task goes to any build"},
		{"v1-0.pinned-completed", 0, "v2-0",
			"pinned to build 1.0 " + byCode + " (event 14), closed: queries and resets go there too; if a reset " +
				"moved it here, it would be nondeterministic at event 5",
			"closed executions are queried on their build"},
		{"v1-0.pinned-drains", 0, "v1-0", "safe", "a build that drains goes on with what is pinned to it"},
		{"v1-1.pinned-rollback", 0, "v1-0", "pinned to build 1.1 " + byCode + " (event 28), it never gets to 1.0" +
			moves + "nondeterministic at event 7", "a rollback does not reach it"},

		{"v1-0.auto-upgrade-open", 0, "v1-1", "safe", "it goes where the current version is"},
		{"v1-0.auto-upgrade-open", 0, "v2-0", "nondeterministic", "and breaks there as without Worker Versioning"},
		{"v1-0.auto-upgrade-held", 10, "v2-0", "nondeterministic", "there is no override yet"},
		{"v1-0.auto-upgrade-held", 0, "v2-0", "pinned to build 1.0 " + byOverride + " (event 11)" + changes +
			"nondeterministic at event 5", "an override goes over the behavior in code"},
		{"v1-0+v1-1.auto-upgrade-released", 21, "v2-0", "pinned to build 1.0 " + byOverride + " (event 11)" + changes +
			"nondeterministic at event 5", "it is still held"},
		{"v1-0+v1-1.auto-upgrade-released", 0, "v2-0", "nondeterministic", "the override is removed"},

		{"v1-0+v1-1.pinned-moved", 11, "v1-0", "pinned to build 1.1 " + byOverride + " (event 11)" + changes + "safe",
			"its next task goes to 1.1, though 1.0 has run all of it"},
		{"v1-0+v1-1.pinned-moved", 11, "v1-1", "safe", "here it goes"},
		{"v1-0+v1-1.pinned-moved", 0, "v1-0", "pinned to build 1.1 " + byOverride + " (event 11)" + changes + "safe",
			"the override lasts"},
		{"v1-0+v1-1.pinned-moved-override-removed", 22, "v1-0", "pinned to build 1.1 " + byCode +
			" (event 21), it never gets to 1.0" + moves + "safe",
			"without the override it is pinned to the build that ran it last"},
		{"v1-0+v1-1.pinned-moved-once", 11, "v1-0", "pinned to build 1.1 by a one-time versioning override (event 11)" +
			changes + "safe", "its next task goes to 1.1"},
		{"v1-0+v1-1.pinned-moved-once", 0, "v1-0", "pinned to build 1.1 " + byCode +
			" (event 31), it never gets to 1.0" + moves + "safe", "a one-time override ends with a task on its build"},

		{"v1-0.pinned-repeated", 2, "v2-0", "pinned to build 1.0 by the run that it comes from (event 1), it " +
			"never gets to 2.0" + moves + "begun here", "a run that is inherited is pinned before its first task"},
		{"v2-0.pinned-renewed", 2, "v1-0", "unstarted", "a run that begins as AutoUpgrade goes to any build"},
		{"v2-0.pinned-renewed", 0, "v1-0", "pinned to build 2.0 " + byCode + " (event 22), it never gets to 1.0" +
			moves + "nondeterministic at event 5", "its code says Pinned again"},
		{"v1-1.auto-upgrade-repeated", 0, "v1-0", "nondeterministic", "nothing pins it"},
	} {
		t.Run(fmt.Sprintf("%s of %d events@%s", tt.recording, tt.events, tt.stage), func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			r := recording(t, "deployments/"+tt.recording)
			if tt.events > 0 {
				r = firstEvents(r, tt.events)
			}
			stage, ok := deployments.Family.Stage(tt.stage)
			require.True(t, ok)
			got := replay.Judge(t.Context(), stage, r, nil)
			said := string(got.Verdict)
			if got.Verdict == replay.NotApplicable {
				said = advice.Line(got)
				require.Zero(t, got.Place, "nothing parts where nothing runs")
				require.NoError(t, got.Err)
			}
			if diff := cmp.Diff(tt.want, said); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}

			stage.BuildID = ""
			got = replay.Judge(t.Context(), stage, r, nil)
			require.NotEqual(t, replay.NotApplicable, got.Verdict,
				"without a build ID the stage takes what it is given")
			require.Empty(t, got.Moved)
		})
	}
}

// TestMoved is about what is said of a pinned execution besides.
func TestMoved(t *testing.T) {
	t.Parallel()
	other := stageOf(patching.WorkflowType, patching.Initial)
	other.BuildID = "2.0"
	v20, _ := deployments.Family.Stage("v2-0")
	foreign := recording(t, "deployments/v1-0.pinned-open")
	for _, e := range foreign.History.Events {
		if sdk := e.GetWorkflowTaskCompletedEventAttributes().GetSdkMetadata(); sdk != nil {
			sdk.SdkName = "temporal-java"
		}
	}
	for _, tt := range []struct {
		name  string
		stage versioning.Stage
		r     *history.Recording
		want  replay.Verdict
		why   string
	}{
		{"safe", deployments.Family.Stages[1], recording(t, "deployments/v1-0.pinned-open"), replay.Safe,
			"1.1 keeps the orders of 1.0"},
		{"breaks", v20, recording(t, "deployments/v1-0.pinned-open"), replay.Nondeterministic, "2.0 does not"},
		{"unknown type", other, recording(t, "deployments/v1-0.pinned-open"), replay.Unregistered,
			"a build may drop the type while pinned executions are open elsewhere"},
		{"other SDK", v20, foreign, replay.Unjudged, "it stays where it is, whatever it is written in"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := replay.Judge(t.Context(), tt.stage, tt.r, nil)
			require.Equal(t, replay.NotApplicable, got.Verdict, tt.why)
			require.Equal(t, tt.want, got.Moved, tt.why)
		})
	}
}

// TestPinnedByOlderService is about fields that services before 1.28 wrote in
// place of today's.
func TestPinnedByOlderService(t *testing.T) {
	t.Parallel()
	older := func(change func(*historypb.HistoryEvent)) *history.Recording {
		r := recording(t, "deployments/v1-0.pinned-open")
		for _, e := range r.History.Events {
			if completed := e.GetWorkflowTaskCompletedEventAttributes(); completed != nil {
				completed.DeploymentVersion = nil
				completed.WorkerDeploymentVersion = "orders.1.0"
			}
			change(e)
		}
		return r
	}
	override := func(o *workflowpb.VersioningOverride) *history.Recording {
		return older(func(e *historypb.HistoryEvent) {
			if started := e.GetWorkflowExecutionStartedEventAttributes(); started != nil {
				started.VersioningOverride = o
			}
		})
	}
	for _, tt := range []struct {
		name string
		r    *history.Recording
		want string
		why  string
	}{
		{"by behavior", older(func(*historypb.HistoryEvent) {}),
			"pinned to build 1.0 by VersioningBehaviorPinned (event 10)",
			"DEPLOYMENT.BUILD, and the build holds a dot"},
		{"by override", override(&workflowpb.VersioningOverride{Behavior: enumspb.VERSIONING_BEHAVIOR_PINNED,
			PinnedVersion: "orders.1.1"}),
			"pinned to build 1.1 by a versioning override (event 1)", "a start can bring an override"},
		{"by nothing", override(&workflowpb.VersioningOverride{Behavior: enumspb.VERSIONING_BEHAVIOR_AUTO_UPGRADE}), "",
			"an override can make a pinned workflow upgrade"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			stage := deployments.Family.Stages[2]
			got := replay.Judge(t.Context(), stage, tt.r, nil)
			if tt.want == "" {
				require.Equal(t, replay.Nondeterministic, got.Verdict, tt.why)
				return
			}
			require.Equal(t, replay.NotApplicable, got.Verdict)
			require.Contains(t, advice.Line(got), tt.want, tt.why)
		})
	}
}
