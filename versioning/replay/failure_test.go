package replay_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// panics is the cause of code that panics with the text.
func panics(text string) cause.Cause {
	return cause.Cause{
		Kind: cause.CodePanics, Failure: &cause.Failure{Text: text}, Notice: cause.NoticedAtOnce,
	}
}

type stackTracer interface{ StackTrace() string }

// TestPanics is about every place in which a replay can panic: what the workflow
// code does is a verdict about it, what is around it is not.
func TestPanics(t *testing.T) {
	t.Parallel()
	initial := patchingStage(t, "initial")
	for _, tt := range []struct {
		name  string
		stage versioning.Stage
		spoil func(*history.Recording)
		opts  worker.WorkflowReplayerOptions
		want  replay.Result
		line  string
		why   string
	}{
		{name: "workflow code", stage: before(panicOne),
			want: replay.Result{Verdict: replay.Panic, Cause: panics("no such order"),
				Place: replay.Place{Event: 4, EventType: "WorkflowTaskCompleted", Source: "replay/lines_test.go:12"}},
			why: "it is in the first workflow task, on that line"},
		{name: "another coroutine", stage: before(panicInCoroutine),
			want: replay.Result{Verdict: replay.Panic, Cause: panics("first line"),
				Place: replay.Place{Event: 4, EventType: "WorkflowTaskCompleted", Source: "replay/lines_test.go:17"}},
			why: "a detail is one line"},
		{name: "text that looks like the SDK's", stage: before(panicLikeSDK),
			want: replay.Result{Verdict: replay.Panic,
				Cause: panics("it said: [TMPRL1100] nondeterministic workflow: missing replay command for x"),
				Place: replay.Place{Event: 4, EventType: "WorkflowTaskCompleted", Source: "replay/lines_test.go:22"}},
			why: "a user's text that quotes the SDK is still the user's"},
		{name: "interceptor, outside of the workflow", stage: initial,
			opts: worker.WorkflowReplayerOptions{Plugins: []worker.Plugin{panickingPlugin{}}},
			want: replay.Result{Verdict: replay.Unjudged}, line: "the SDK's replayer panicked: plugin",
			why: "it comes out of the SDK; the process goes on"},
		{name: "event without attributes", stage: initial,
			spoil: func(r *history.Recording) { r.History.Events[3].Attributes = nil },
			want:  replay.Result{Verdict: replay.Unjudged},
			line:  "the SDK's replayer panicked: runtime error: invalid memory address or nil pointer dereference",
			why:   "a history made by hand"},
		{name: "no task queue", stage: initial,
			spoil: func(r *history.Recording) {
				r.History.Events[0].GetWorkflowExecutionStartedEventAttributes().TaskQueue = nil
			},
			want: replay.Result{Verdict: replay.Unjudged},
			line: "the SDK's replayer panicked: runtime error: invalid memory address or nil pointer dereference",
			why:  "the SDK's own error path panics"},
		{name: "unusable options", stage: initial,
			opts: worker.WorkflowReplayerOptions{Plugins: []worker.Plugin{refusingPlugin{}}},
			want: replay.Result{Verdict: replay.Unjudged}, line: "setting up the replayer: plugin refuses",
			why: "nothing was replayed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			r := recording(t, "patching/initial.completed")
			if tt.spoil != nil {
				tt.spoil(r)
			}
			got := replay.Judge(t.Context(), tt.stage, r, &replay.Options{Config: replay.Config{Worker: tt.opts}})
			got.Offers = nil
			if diff := cmp.Diff(tt.want, got, ignoreErr); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
			if tt.line != "" {
				require.Equal(t, tt.line, advice.Line(got))
			}
			err := got.SDKErr
			if got.Verdict == replay.Unjudged {
				err = got.Err
			}
			require.Error(t, err)
			if tt.name != "unusable options" {
				var tracer stackTracer
				require.ErrorAs(t, err, &tracer)
				require.Contains(t, tracer.StackTrace(), ".go:", "the stack is for whoever wants to know more")
			}
		})
	}
}

type panickingPlugin struct{ worker.PluginBase }

func (panickingPlugin) Name() string { return "panicking" }
func (panickingPlugin) ReplayWorkflow(ctx context.Context, o worker.PluginReplayWorkflowOptions,
	next func(context.Context, worker.PluginReplayWorkflowOptions) error) error {
	panic("plugin")
}

type refusingPlugin struct{ worker.PluginBase }

func (refusingPlugin) Name() string { return "refusing" }
func (refusingPlugin) ConfigureWorkflowReplayer(context.Context, worker.PluginConfigureWorkflowReplayerOptions) error {
	return errors.New("plugin refuses")
}

// TestPanicInUsersTools is about panics of what a user passes in. They happen
// while the workflow runs, so the SDK gives them as the workflow's own.
func TestPanicInUsersTools(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string]worker.WorkflowReplayerOptions{
		"data converter": {DataConverter: panickingConverter{converter.GetDefaultDataConverter()}},
		"interceptor":    {Interceptors: []interceptor.WorkerInterceptor{&panickingInterceptor{}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := replay.Judge(t.Context(), patchingStage(t, "patched"), recording(t, "patching/patched.completed"),
				&replay.Options{Config: replay.Config{Worker: opts}})
			require.NotEqual(t, replay.Safe, got.Verdict)
			require.Contains(t, advice.Line(got), "panic", "%+v", got)
			require.Contains(t, advice.Line(got), name, "%+v", got)
		})
	}
}

type panickingConverter struct{ converter.DataConverter }

func (panickingConverter) FromPayloads(*commonpb.Payloads, ...any) error { panic("data converter") }

type panickingInterceptor struct {
	interceptor.WorkerInterceptorBase
}

func (*panickingInterceptor) InterceptWorkflow(workflow.Context,
	interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	panic("interceptor")
}

// TestPanicWhenTakenDown gives no line for what a deferred function does when the
// SDK ends the workflow after the replay: it says nothing about the divergence,
// and can come before the result is made or after it.
func TestPanicWhenTakenDown(t *testing.T) {
	t.Parallel()
	s := stageOf(patching.WorkflowType, func(ctx workflow.Context) (string, error) {
		defer panic("nobody is interested any more")
		return "", workflow.ExecuteActivity(withActivity(ctx), patching.PostPatchActivity).Get(ctx, nil)
	})
	r := recording(t, "patching/initial.waiting")
	for range 200 {
		got := replay.Judge(t.Context(), s, r, nil)
		require.Equal(t, replay.Nondeterministic, got.Verdict)
		require.Equal(t, "replay/failure_test.go:165", got.Place.Source, "the call, not the panic")
	}
}

// TestVersionSource is about the line of the GetVersion call whose range leaves
// the recorded version out.
func TestVersionSource(t *testing.T) {
	t.Parallel()
	got := replay.Judge(t.Context(), patchingStage(t, "patch-deprecated"), recording(t, "patching/initial.waiting"),
		nil)
	require.Equal(t, replay.VersionRemoved, got.Verdict)
	require.Equal(t, "patching/patch_deprecated.go:19", got.Place.Source)

	got = replay.Judge(t.Context(), before(tooOld), recording(t, "patching/patched.waiting"), nil)
	want := replay.Result{
		Verdict: replay.VersionUnknown,
		Place:   replay.Place{Event: 5, EventType: "MarkerRecorded", Source: "replay/lines_test.go:26"},
		Cause: cause.Cause{
			Kind:   cause.VersionNotKnown,
			Range:  &cause.VersionRange{ChangeID: "my-patch", Version: 1, Marked: true, Min: -1, Max: 0},
			Notice: cause.NoticedAtOnce,
		},
		Evidence: replay.Evidence{Versions: []replay.VersionCall{{ChangeID: "my-patch", Min: -1, Max: 0,
			Source: "replay/lines_test.go:26"}}},
	}
	if diff := cmp.Diff(want, got, ignoreErr); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestUnknownFlag replays a history that a newer SDK has recorded.
func TestUnknownFlag(t *testing.T) {
	t.Parallel()
	r := recording(t, "patching/initial.completed")
	r.History.Events[3].GetWorkflowTaskCompletedEventAttributes().SdkMetadata.LangUsedFlags = []uint32{9999}
	got := replay.Judge(t.Context(), patchingStage(t, "initial"), r, nil)
	want := replay.Result{
		Verdict: replay.Nondeterministic,
		Place:   replay.Place{Event: 4, EventType: "WorkflowTaskCompleted"},
		Cause: cause.Cause{
			Kind: cause.FlagUnknown, Failure: &cause.Failure{Subject: "9999"},
			Notice: cause.NoticedAtOnce,
		},
	}
	if diff := cmp.Diff(want, got, ignoreErr); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	require.EqualError(t, got.SDKErr, "unknown SDK flag: 9999")
}

// TestWrappedError is about a plugin that wraps what the SDK says.
func TestWrappedError(t *testing.T) {
	t.Parallel()
	opts := replay.Options{Config: replay.Config{Worker: worker.WorkflowReplayerOptions{Plugins: []worker.Plugin{wrappingPlugin{}}}}}
	r := recording(t, "patching/initial.completed")
	got := replay.Judge(t.Context(), patchingStage(t, "patch-complete"), r, &opts)
	want := replay.Judge(t.Context(), patchingStage(t, "patch-complete"), r, nil)
	if diff := cmp.Diff(want, got, ignoreErr); diff != "" {
		t.Errorf("wrapping changes the reading (-want +got):\n%s", diff)
	}
	require.ErrorContains(t, got.SDKErr, "my plugin: [TMPRL1100] ")
}

type wrappingPlugin struct{ worker.PluginBase }

func (wrappingPlugin) Name() string { return "wrapping" }
func (wrappingPlugin) ReplayWorkflow(ctx context.Context, o worker.PluginReplayWorkflowOptions,
	next func(context.Context, worker.PluginReplayWorkflowOptions) error) error {
	if err := next(ctx, o); err != nil {
		return fmt.Errorf("my plugin: %w", err)
	}
	return nil
}
