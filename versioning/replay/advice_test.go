package replay_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/testdata/mistakes"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/interleavings"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestAdvice shows that the line for people claims what a replay can know, and
// no more.
func TestAdvice(t *testing.T) {
	t.Parallel()
	const unversioned = "no GetVersion decides it; branch with GetVersion"
	for _, tt := range []struct {
		name      string
		recording string
		code      any
		event     int64
		want, why string
	}{
		{"an innocent change ID", "patching/initial.waiting",
			func(ctx workflow.Context) (string, error) {
				workflow.GetVersion(ctx, "a", workflow.DefaultVersion, 1)
				workflow.GetVersion(ctx, "b", workflow.DefaultVersion, 1)
				return "", workflow.ExecuteActivity(withActivity(ctx), patching.PostPatchActivity).Get(ctx, nil)
			}, 5,
			"history has ActivityTaskScheduled (PrePatchActivity), code calls ExecuteActivity PostPatchActivity: " +
				unversioned,
			"nobody can tell which of two is to blame"},
		{"the only change ID", "patching/initial.waiting",
			func(ctx workflow.Context) (string, error) {
				workflow.GetVersion(ctx, "a", workflow.DefaultVersion, 1)
				return "", workflow.ExecuteActivity(withActivity(ctx), patching.PostPatchActivity).Get(ctx, nil)
			}, 5,
			"history has ActivityTaskScheduled (PrePatchActivity), code calls ExecuteActivity PostPatchActivity: " +
				unversioned,
			"whichever version it got, the code would make the same call"},
		{"the only change ID, which decides", "patching/initial.waiting",
			func(ctx workflow.Context) (string, error) {
				activity := patching.PostPatchActivity
				if workflow.GetVersion(ctx, "a", workflow.DefaultVersion, 1) == 1 {
					activity = patching.PrePatchActivity
				}
				return "", workflow.ExecuteActivity(withActivity(ctx), activity).Get(ctx, nil)
			}, 5,
			"history has ActivityTaskScheduled (PrePatchActivity), code calls ExecuteActivity PostPatchActivity: " +
				`"a" has no marker, so the code took its DefaultVersion branch; unless that is what ran, keep this code away from such executions`,
			"it may be to blame, and it may not"},
		{"a call put before GetVersion", "patching/patched.waiting",
			func(ctx workflow.Context) (string, error) {
				if err := workflow.Sleep(ctx, time.Minute); err != nil {
					return "", err
				}
				return patching.Patched(ctx)
			}, 7,
			"history has ActivityTaskScheduled (PostPatchActivity), code calls NewTimer: " +
				`history took version 1 of "my-patch" here, which the code had not asked for by then; it is not the code that ran, or makes a new call before that one`,
			"the code does ask, the replay did not get there"},
		{"a call added after a version that was retired", "patching/patched.completed",
			func(ctx workflow.Context) (string, error) {
				result, err := patching.PatchComplete(ctx)
				if err == nil {
					err = workflow.Sleep(ctx, time.Minute)
				}
				return result, err
			}, 13,
			"code calls NewTimer, history has no event for it: " + unversioned,
			"the marker belongs to another workflow task"},
		{"a change ID renamed", "interleavings/moved.waiting", interleavings.RenamedMistake, 9,
			"code calls ExecuteActivity ReserveStock, history has no event for it; history goes on with " +
				"ActivityTaskScheduled (QuoteWithTax): " +
				`history took version 1 of "reserve-after-payment" where the code asks for "reserve-when-paid" and gets DefaultVersion; if it is the same change under a new name, ask for the old one too`,
			"the code asks for the other one of that workflow task in the end, so this one was renamed"},
		{"a change ID retired, another one new", "patching/patched.waiting",
			func(ctx workflow.Context) (string, error) {
				workflow.GetVersion(ctx, "a", workflow.DefaultVersion, 1)
				workflow.GetVersion(ctx, "b", workflow.DefaultVersion, 1)
				return "", workflow.ExecuteActivity(withActivity(ctx), patching.PrePatchActivity).Get(ctx, nil)
			}, 7,
			"history has ActivityTaskScheduled (PostPatchActivity), code calls ExecuteActivity PrePatchActivity: " +
				`history took version 1 of "my-patch" here, which the code had not asked for by then; it is not the code that ran, or makes a new call before that one`,
			"nobody can tell which of two it would be a name of"},
		{"GetVersion moved up", "interleavings/pair.waiting", interleavings.HoistedMistake, 13,
			"history has ActivityTaskScheduled (QuoteWithTax), code calls ExecuteActivity Quote: " +
				`the code asks for "tax-in-quote" in an earlier Workflow Task than the one in which history took version 1 of it, and so gets DefaultVersion; that call, or a call before it, was moved`,
			"the history has the version, and the code does not get it"},
		{"a change ID reused", "interleavings/pair.shipping", interleavings.ReusedMistake, 25,
			"code calls ExecuteActivity CheckFraud, history has no event for it; history goes on with " +
				"ActivityTaskScheduled (Invoice): " +
				`history took the version of "tax-in-quote" at an earlier place, and the code has asked for it on another line since; another change needs another change ID`,
			"the version says nothing about the second place"},
		{"a change that another version decided", "interleavings/reused-mistake.shipping", interleavings.Reused, 21,
			"history has ActivityTaskScheduled (CheckFraud), code makes no such call there; code goes on with " +
				"ExecuteActivity ReserveStock: " +
				`"check-fraud" has no marker, so the code took its DefaultVersion branch; unless that is what ran, keep this code away from such executions`,
			"another change ID decided it in the code that ran"},
		{"a version decided before", "mistakes/base.activity",
			func(ctx workflow.Context, _ string) error {
				version := workflow.GetVersion(ctx, "a", workflow.DefaultVersion, 1)
				err := workflow.ExecuteActivity(withActivity(ctx), mistakes.Activity).Get(ctx, nil)
				if err != nil || version == 1 {
					return err
				}
				return workflow.ExecuteActivity(withActivity(ctx), mistakes.Activity).Get(ctx, nil)
			}, 11,
			"history has TimerStarted (11), code calls ExecuteActivity Activity: " + unversioned +
				`, unless the DefaultVersion branch of "a", which has no marker, is not what ran`,
			"the call that was decided is in an earlier workflow task than the difference"},
		{"a version asked for before that decides nothing", "mistakes/base.activity",
			func(ctx workflow.Context, _ string) error {
				workflow.GetVersion(ctx, "a", workflow.DefaultVersion, 1)
				if err := workflow.ExecuteActivity(withActivity(ctx), mistakes.Activity).Get(ctx, nil); err != nil {
					return err
				}
				return workflow.ExecuteActivity(withActivity(ctx), mistakes.Activity).Get(ctx, nil)
			}, 11,
			"history has TimerStarted (11), code calls ExecuteActivity Activity: " + unversioned,
			"the code would make the call in any version"},
		{"a call moved together with its GetVersion", "interleavings/pair.waiting", interleavings.MovedMistake, 5,
			"history has ActivityTaskScheduled (ReserveStock), code calls ExecuteActivity Quote: " +
				`the code asks for "tax-in-quote" in an earlier Workflow Task than the one in which history took version 1 of it, and so gets DefaultVersion; that call, or a call before it, was moved`,
			"the marker comes after the difference"},
		{"input of another type", "mistakes/base.nothing",
			func(workflow.Context, int) error { return nil }, 1,
			`the input is "nothing", which does not decode into int; live its next Workflow Task fails the execution, for good: let the new type read what the old one wrote, or register the new code under another workflow type`,
			"GetVersion would not help"},
		{"code that ends early", "mistakes/base.nothing",
			func(workflow.Context, string) error { return errors.New("no such order") }, 5,
			`code ends (failed with "no such order") in the Workflow Task of event 4, history goes on; live it closes there, without an error, unless an event arrives in that task: no GetVersion decides it; branch with GetVersion`,
			"the error is what a person needs to see"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := recording(t, tt.recording)
			got := replay.Judge(t.Context(), stageOf(r.WorkflowType(), tt.code), r, nil)
			want := replay.Nondeterministic
			if tt.event == 1 {
				want = replay.Undecodable
			}
			require.Equal(t, want, got.Verdict)
			require.Equal(t, tt.want, advice.Line(got), tt.why)
			require.Equal(t, tt.event, got.Place.Event)
		})
	}
}

// TestOwnStage judges a stage that no longer replays what it recorded itself.
func TestOwnStage(t *testing.T) {
	t.Parallel()
	r := recording(t, "patching/initial.waiting")
	changed := versioning.Stage{Name: "initial", Doc: "Not what it was.",
		Register: patchingStage(t, "patch-complete").Register}
	got := replay.Judge(t.Context(), changed, r, nil)
	require.Equal(t, replay.Nondeterministic, got.Verdict)
	require.Contains(t, advice.Line(got),
		"the stage that recorded it does not replay it; its code is not deterministic, or changed without a new stage")
}

// TestOtherSDK does not judge a history that Go code has not made.
func TestOtherSDK(t *testing.T) {
	t.Parallel()
	r := recording(t, "patching/initial.completed")
	r.History.Events[3].GetWorkflowTaskCompletedEventAttributes().SdkMetadata.SdkName = "temporal-java"
	got := replay.Judge(t.Context(), patchingStage(t, "initial"), r, nil)
	require.Equal(t, replay.Unjudged, got.Verdict)
	require.Equal(t, "event 4: the execution ran on the SDK temporal-java; replay it with that one", advice.Line(got))
}

// TestChosenActivityID adds an activity whose ID is a number that a user chose:
// it is not taken for the place that the SDK predicts.
func TestChosenActivityID(t *testing.T) {
	t.Parallel()
	r := recording(t, "mistakes/base.nothing")
	got := replay.Judge(t.Context(), stageOf(mistakes.WorkflowType, func(ctx workflow.Context, _ string) error {
		if err := workflow.Sleep(ctx, time.Second); err != nil {
			return err
		}
		ctx = workflow.WithActivityOptions(ctx,
			workflow.ActivityOptions{ActivityID: "2", StartToCloseTimeout: time.Minute})
		return workflow.ExecuteActivity(ctx, mistakes.Activity).Get(ctx, nil)
	}), r, nil)
	require.Equal(t, replay.Nondeterministic, got.Verdict)
	require.Equal(t, int64(10), got.Place.Event, "what the history has there, not event 2")
}
