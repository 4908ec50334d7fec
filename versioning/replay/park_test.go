package replay_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/testdata/mistakes"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/deployments"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/interleavings"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/runtimechecks"
)

func stageNamed(t testing.TB, f *versioning.Family, name string) versioning.Stage {
	t.Helper()
	s, ok := f.Stage(name)
	require.True(t, ok, name)
	return s
}

// TestPark is about what is told of park points; TestParkPoints of the root
// package proves each of them with the SDK's own replayer.
func TestPark(t *testing.T) {
	t.Parallel()
	const safe, nondet, removed = replay.Safe, replay.Nondeterministic, replay.VersionRemoved
	all := func(points ...replay.ParkPoint) replay.Park { return replay.Park{Total: len(points), Points: points} }
	for _, tt := range []struct {
		recording string
		family    *versioning.Family
		stage     string
		want      replay.Park
		why       string
	}{
		{"patching/initial.completed", patching.Family, "patched", replay.Park{}, "a safe cell is not asked"},
		{"patching/initial.completed", patching.Family, "patch-complete",
			all(replay.ParkPoint{Task: 4, Event: 5, Verdict: nondet}),
			"the end of the second task, which closes it, is no park point"},
		{"patching/initial.cancelled", patching.Family, "patch-deprecated",
			all(replay.ParkPoint{Task: 4, Event: 5, Verdict: removed}),
			"the request to cancel at event 6 belongs to the next task"},
		{"mistakes/base.activity", mistakes.Family, "panics",
			all(replay.ParkPoint{Task: 4, Event: 5, Verdict: safe},
				replay.ParkPoint{Task: 10, Event: 11, Verdict: safe}),
			"only the task that closes it breaks, so nothing that waits does"},
		{"mistakes/base.activity", mistakes.Family, "unregistered",
			all(replay.ParkPoint{Task: 4, Event: 5, Verdict: replay.Unregistered},
				replay.ParkPoint{Task: 10, Event: 11, Verdict: replay.Unregistered}),
			"from the first event on"},
		{"interleavings/loop.shipping", interleavings.Family, "base", all(
			replay.ParkPoint{Task: 4, Event: 5, Verdict: safe}, replay.ParkPoint{Task: 10, Event: 11, Verdict: safe},
			replay.ParkPoint{Task: 16, Event: 17, Verdict: safe}, replay.ParkPoint{Task: 21, Event: 23, Verdict: safe},
			replay.ParkPoint{Task: 28, Event: 31, Verdict: nondet},
			replay.ParkPoint{Task: 36, Event: 37, Verdict: nondet},
			replay.ParkPoint{Task: 41, Event: 41, Verdict: nondet}),
			"the first round of the loop fits; the last point of an open execution is its end, even where its " +
				"task made no command"},
		{"deployments/v1-1.pinned-open", deployments.Family, "v2-0", all(
			replay.ParkPoint{Task: 4, Event: 7, Verdict: safe}, replay.ParkPoint{Task: 12, Event: 13, Verdict: nondet},
			replay.ParkPoint{Task: 18, Event: 18, Verdict: nondet}),
			"not-applicable: those of the verdict that it would get if it were moved"},
	} {
		t.Run(tt.recording+"@"+tt.stage, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			got := replay.Judge(t.Context(), stageNamed(t, tt.family, tt.stage), recording(t, tt.recording), nil)
			if diff := cmp.Diff(tt.want, got.Park); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

// TestTail is about events after the end of the last workflow task, which no code
// has seen yet: they change no verdict. With them the SDK takes the code that ran
// the execution for broken after 6 and 7 events and where it is terminated, and
// patch-complete, which breaks it, for safe after 8.
func TestTail(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		events     int
		terminated bool
		why        string
	}{
		{5, false, "the execution waits"},
		{6, false, "a request to cancel makes the SDK cancel the activity before any task begins"},
		{7, false, "the next task is scheduled"},
		{8, false, "a Worker has begun the next task: the SDK does not compare the commands of the last one"},
		{8, true, "terminated meanwhile: the SDK runs the task, whose commands no event stands for"},
	} {
		for stage, want := range map[string]replay.Verdict{"initial": replay.Safe, "patched": replay.Safe,
			"patch-complete": replay.Nondeterministic} {
			r := firstEvents(recording(t, "patching/initial.cancelled"), tt.events)
			if tt.terminated {
				r.History.Events = append(r.History.Events, &historypb.HistoryEvent{
					EventId: int64(tt.events + 1), EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
					EventTime: r.History.Events[tt.events-1].GetEventTime(),
					Attributes: &historypb.HistoryEvent_WorkflowExecutionTerminatedEventAttributes{
						WorkflowExecutionTerminatedEventAttributes: &historypb.WorkflowExecutionTerminatedEventAttributes{}},
				})
			}
			got := replay.Judge(t.Context(), patchingStage(t, stage), r, nil)
			require.Equal(t, want, got.Verdict, "%d events by %s: %s: %s", len(r.History.Events), stage, tt.why,
				advice.Line(got))
			if want != replay.Safe {
				require.Equal(t, replay.Park{Total: 1, Points: []replay.ParkPoint{{Task: 4, Event: 5, Verdict: want}}},
					got.Park, tt.why)
			}
		}
	}
}

// TestTaskAfterCancelRequest finds the task that panics, although the SDK would
// not replay the history up to the start of that task.
func TestTaskAfterCancelRequest(t *testing.T) {
	t.Parallel()
	stage := stageOf(patching.WorkflowType, func(ctx workflow.Context) (string, error) {
		var result string
		if err := workflow.ExecuteActivity(withActivity(ctx), patching.PrePatchActivity).Get(ctx, &result); err != nil {
			panic("no order")
		}
		return result, nil
	})
	got := replay.Judge(t.Context(), stage, recording(t, "patching/initial.cancelled"), nil)
	require.Equal(t, replay.Panic, got.Verdict)
	require.Equal(t, int64(9), got.Place.Event)
	require.Equal(t, replay.Park{Total: 1, Points: []replay.ParkPoint{{Task: 4, Event: 5, Verdict: replay.Safe}}},
		got.Park)
}

// TestMovedCall is why nothing is concluded from one point on another: this stage
// replays the whole, and not what an execution has that waits for the signal. The
// SDK compares the commands of all tasks with the events of all tasks, and a
// SideEffect has nothing that tells the task.
func TestMovedCall(t *testing.T) {
	t.Parallel()
	draws := func(ctx workflow.Context) { workflow.SideEffect(ctx, func(workflow.Context) any { return 5 }) }
	late := stageOf(runtimechecks.SideEffect.WorkflowTypes[0], func(ctx workflow.Context) error {
		draws(ctx)
		if err := workflow.ExecuteActivity(withActivity(ctx), runtimechecks.Charge, 100).Get(ctx, nil); err != nil {
			return err
		}
		workflow.GetSignalChannel(ctx, "finish").Receive(ctx, nil)
		draws(ctx) // was made before the signal
		return nil
	})
	const name = "runtimechecks/side-effect/base.closed"
	require.Equal(t, replay.Safe,
		replay.Judge(t.Context(), late, recording(t, name),
			&replay.Options{Config: replay.Config{Level: compare.Commands}}).Verdict)
	deep := replay.Judge(t.Context(), late, recording(t, name),
		&replay.Options{Config: replay.Config{Level: compare.Shape}})
	require.Equal(t, replay.Drift, deep.Verdict, "the trace knows in which Workflow Task the code makes the call")
	require.Equal(t, "MarkerRecorded(SideEffect 2).workflowTaskCompletedEventId", deep.Differences[0].Path)
	waiting := recording(t, name)
	end := len(waiting.History.Events)
	for waiting.History.Events[end-1].GetEventType() != enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED {
		end--
	}
	got := replay.Judge(t.Context(), late, firstEvents(waiting, end-1), nil)
	require.Equal(t, replay.Nondeterministic, got.Verdict)
	require.Contains(t, advice.Line(got), "history has MarkerRecorded (SideEffect 2), code makes no such call there")
	require.Len(t, got.Park.Points, 2)
	require.Equal(t, replay.Safe, got.Park.Points[0].Verdict)
}

// TestParkDeadlock is about code that takes a second for each replay: only the
// points that decide are replayed.
func TestParkDeadlock(t *testing.T) {
	t.Parallel()
	var begun atomic.Int32
	r := recording(t, "interleavings/loop.shipping")
	stage := stageOf(r.WorkflowType(), func(workflow.Context) error {
		begun.Add(1)
		<-make(chan struct{})
		return nil
	})
	got := replay.Judge(t.Context(), stage, r, nil)
	require.Equal(t, replay.Panic, got.Verdict, advice.Line(got))
	require.Equal(t, 7, got.Park.Total)
	require.Less(t, len(got.Park.Points), 7)
	require.Equal(t, replay.ParkPoint{Task: 4, Event: 5, Verdict: replay.Panic}, got.Park.Points[0],
		"it deadlocks in its first task")
	require.LessOrEqual(t, begun.Load(), int32(8), "each of them takes a second, and is made twice")
}

// TestParkCancelled ends in the middle of the park points.
func TestParkCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var replays atomic.Int32
	r := recording(t, "interleavings/loop.shipping")
	base := stageNamed(t, interleavings.Family, "base")
	stage := versioning.Stage{Name: "cancels", Register: func(registry worker.WorkflowRegistry) {
		if replays.Add(1) == 3 {
			cancel()
		}
		base.Register(registry)
	}}
	began := time.Now()
	got := replay.Judge(ctx, stage, r, nil)
	require.Equal(t, replay.Result{Verdict: replay.Unjudged, Err: context.Canceled}, got)
	require.Less(t, time.Since(began), 5*time.Second)
}
