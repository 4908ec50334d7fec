package replay_test

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// ignoreErr ignores the park points too, which TestPark is about.
var ignoreErr = cmp.Options{
	cmpopts.IgnoreFields(replay.Result{}, "Err", "SDKErr", "Park"),
	// They hold the path of this machine: see TestPlaceFile.
	cmpopts.IgnoreFields(replay.Place{}, "File", "Line"),
}

// TestUnstarted is about executions of which no workflow task has completed.
func TestUnstarted(t *testing.T) {
	t.Parallel()
	begun := cause.Cause{Kind: cause.NotBegun}
	unregistered := replay.Result{
		Verdict: replay.Unregistered,
		Place:   replay.Place{Event: 1, EventType: "WorkflowExecutionStarted"},
		Cause: cause.Cause{
			Kind: cause.TypeNotRegistered, Notice: cause.NoticedAtOnce,
			Type: &cause.UnknownType{Name: "PatchingWorkflow", Registered: []string{"MistakesWorkflow"}},
		},
	}
	other := stageOf("MistakesWorkflow", patching.Initial)
	for _, tt := range []struct {
		name   string
		events int
		stage  versioning.Stage
		want   replay.Result
		why    string
	}{
		{"started", 1, patchingStage(t, "patch-complete"), replay.Result{Verdict: replay.Unstarted, Cause: begun},
			"any stage that knows the type can begin it; the SDK alone says there are too few events"},
		{"task scheduled", 2, patchingStage(t, "initial"), replay.Result{Verdict: replay.Unstarted, Cause: begun},
			"no worker has seen it"},
		{"task started", 3, patchingStage(t, "initial"), replay.Result{Verdict: replay.Unstarted, Cause: begun},
			"the SDK takes three events, and drops the task that is not completed"},
		{"unknown type, started", 1, other, unregistered, "its first task would fail"},
		{"unknown type, task scheduled", 2, other, unregistered, "the number of events does not matter"},
		{"unknown type, task started", 3, other, unregistered,
			"the SDK drops that task, and would say that all is well"},
		{"faulty stage", 1, versioning.Stage{Name: "faulty",
			Register: func(r worker.WorkflowRegistry) { panic("no configuration") }},
			replay.Result{Verdict: replay.Unjudged},
			"nothing is known of the code"},
		{"faulty stage, replayed", 11,
			versioning.Stage{Name: "faulty", Register: func(r worker.WorkflowRegistry) { panic("no configuration") }},
			replay.Result{Verdict: replay.Unjudged},
			"the same fault has the same words"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			r := firstEvents(recording(t, "patching/initial.completed"), tt.events)
			got := replay.Judge(t.Context(), tt.stage, r, nil)
			if diff := cmp.Diff(tt.want, got, ignoreErr); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

// TestDynamicWorkflow is about a stage that takes every workflow type.
func TestDynamicWorkflow(t *testing.T) {
	t.Parallel()
	stage := versioning.Stage{Name: "dynamic", Register: func(r worker.WorkflowRegistry) {
		r.RegisterDynamicWorkflow(func(ctx workflow.Context, _ converter.EncodedValues) (string, error) {
			return patching.Initial(ctx)
		}, workflow.DynamicRegisterOptions{})
	}}
	require.Equal(t, replay.Safe,
		replay.Judge(t.Context(), stage, recording(t, "patching/initial.completed"), nil).Verdict)
	require.Equal(t, replay.Nondeterministic,
		replay.Judge(t.Context(), stage, recording(t, "patching/patched.completed"), nil).Verdict)
	require.Equal(t, replay.Unstarted,
		replay.Judge(t.Context(), stage, firstEvents(recording(t, "patching/initial.completed"), 2), nil).Verdict)
}

func TestNoEvents(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*history.Recording{
		"nil history": {Name: "x"},
		"empty":       {Name: "x", History: &historypb.History{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := replay.Judge(t.Context(), patchingStage(t, "initial"), r, nil)
			require.Equal(t, replay.Unjudged, got.Verdict,
				"history.Decode lets none through, but a Recording can be made by hand")
			require.Equal(t, "the recording has no events", advice.Line(got))
			require.EqualError(t, got.Err, advice.Line(got))
		})
	}
}

// TestPrivateCopy judges one recording by many goroutines and stages at once;
// the race detector and the clone tell if a replay touches the events.
func TestPrivateCopy(t *testing.T) {
	t.Parallel()
	r := recording(t, "patching/patched.completed")
	clone := proto.CloneOf(r.History)
	want := map[string]replay.Verdict{
		"initial": replay.Nondeterministic, "patched": replay.Safe,
		"patch-deprecated": replay.Safe, "patch-complete": replay.Safe,
	}
	var running sync.WaitGroup
	for range 16 {
		for _, stage := range patching.Family.Stages {
			running.Go(func() {
				if got := replay.Judge(t.Context(), stage, r, nil).Verdict; got != want[stage.Name] {
					t.Errorf("%s: got %s, want %s", stage.Name, got, want[stage.Name])
				}
			})
		}
	}
	running.Wait()
	requireUnchanged(t, clone, r.History)
}

// TestUnchangedEvents is about each recording of the fixtures, which hold every
// kind of call, under a stage that is safe and one that is not.
func TestUnchangedEvents(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"nothing", "activity", "cancelled-activity", "local-activity", "child", "side-effect",
		"memo"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := recording(t, "mistakes/base."+name)
			clone := proto.CloneOf(r.History)
			for _, stage := range []string{"base", "removed", "adds-activity"} {
				replay.Judge(t.Context(), mistake(t, stage), r, nil)
				requireUnchanged(t, clone, r.History)
			}
		})
	}
}
