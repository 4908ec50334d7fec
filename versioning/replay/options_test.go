package replay_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/testdata/mistakes"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestInterceptor is about a worker's own interceptor: it is called, it decides,
// and the slice that it came in is left alone.
func TestInterceptor(t *testing.T) {
	t.Parallel()
	mine := &renaming{}
	backing := []interceptor.WorkerInterceptor{mine, nil}
	got := replay.Judge(t.Context(), patchingStage(t, "initial"), recording(t, "patching/patch-complete.completed"),
		&replay.Options{
			Config: replay.Config{Worker: worker.WorkflowReplayerOptions{Interceptors: backing[:1]}},
		})
	require.Equal(t, safe(`"post-patch"`), got, "with the interceptor, the stage calls what the history has")
	require.EqualValues(t, 1, mine.calls.Load())
	require.Nil(t, backing[1], "the caller's array was written to")

	got = replay.Judge(t.Context(), patchingStage(t, "initial"), recording(t, "patching/patch-complete.completed"), nil)
	require.Equal(t, replay.Nondeterministic, got.Verdict)
}

// renaming calls PostPatchActivity where the workflow calls another one.
type renaming struct {
	interceptor.WorkerInterceptorBase
	calls atomic.Int32
}

func (r *renaming) InterceptWorkflow(_ workflow.Context,
	next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	in := &renamingInbound{renaming: r}
	in.Next = next
	return in
}

type renamingInbound struct {
	interceptor.WorkflowInboundInterceptorBase
	renaming *renaming
}

func (in *renamingInbound) Init(next interceptor.WorkflowOutboundInterceptor) error {
	out := &renamingOutbound{renaming: in.renaming}
	out.Next = next
	return in.Next.Init(out)
}

type renamingOutbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	renaming *renaming
}

func (out *renamingOutbound) ExecuteActivity(ctx workflow.Context, _ string, args ...any) workflow.Future {
	out.renaming.calls.Add(1)
	return out.Next.ExecuteActivity(ctx, "PostPatchActivity", args...)
}

// TestPlugin is about a plugin that brings the interceptor, as plugins do.
func TestPlugin(t *testing.T) {
	t.Parallel()
	plugin := &countingPlugin{}
	opts := replay.Options{Config: replay.Config{Worker: worker.WorkflowReplayerOptions{Plugins: []worker.Plugin{plugin}}}}
	for range 3 {
		got := replay.Judge(t.Context(), patchingStage(t, "initial"), recording(t, "patching/patch-complete.completed"),
			&opts)
		require.Equal(t, safe(`"post-patch"`), got)
	}
	require.EqualValues(t, 3, plugin.configured.Load(), "each replay has a replayer of its own")
	require.EqualValues(t, 3, plugin.replayed.Load())
}

type countingPlugin struct {
	worker.PluginBase
	configured, replayed atomic.Int32
}

func (*countingPlugin) Name() string { return "counting" }

func (p *countingPlugin) ConfigureWorkflowReplayer(_ context.Context,
	o worker.PluginConfigureWorkflowReplayerOptions) error {
	p.configured.Add(1)
	o.WorkflowReplayerOptions.Interceptors = append(o.WorkflowReplayerOptions.Interceptors, &renaming{})
	return nil
}

func (p *countingPlugin) ReplayWorkflow(ctx context.Context, o worker.PluginReplayWorkflowOptions,
	next func(context.Context, worker.PluginReplayWorkflowOptions) error) error {
	p.replayed.Add(1)
	return next(ctx, o)
}

// TestContextPropagator is about a header that chooses the branch.
func TestContextPropagator(t *testing.T) {
	t.Parallel()
	r := recording(t, "patching/patch-complete.completed")
	r.History.Events[0].GetWorkflowExecutionStartedEventAttributes().Header = &commonpb.Header{
		Fields: map[string]*commonpb.Payload{"tenant": {Data: []byte("new")}},
	}
	stage := stageOf(patching.WorkflowType, func(ctx workflow.Context) (string, error) {
		if ctx.Value(tenantKey{}) == "new" {
			return patching.PatchComplete(ctx)
		}
		return patching.Initial(ctx)
	})
	got := replay.Judge(t.Context(), stage, r, &replay.Options{
		Config: replay.Config{Worker: worker.WorkflowReplayerOptions{ContextPropagators: []workflow.ContextPropagator{tenant{}}}},
	})
	want := safe(`"post-patch"`)
	want.Offers[1].Name = "PostPatchActivity"
	require.Equal(t, want, got)
	got = replay.Judge(t.Context(), stage, r, nil)
	require.Equal(t, replay.Nondeterministic, got.Verdict, "the test is blind")
}

type tenantKey struct{}

type tenant struct{}

func (tenant) Inject(context.Context, workflow.HeaderWriter) error { return nil }
func (tenant) Extract(ctx context.Context, _ workflow.HeaderReader) (context.Context, error) {
	return ctx, nil
}
func (tenant) InjectFromWorkflow(workflow.Context, workflow.HeaderWriter) error { return nil }
func (tenant) ExtractToWorkflow(ctx workflow.Context, r workflow.HeaderReader) (workflow.Context, error) {
	if p, ok := r.Get("tenant"); ok {
		ctx = workflow.WithValue(ctx, tenantKey{}, string(p.GetData()))
	}
	return ctx, nil
}

// TestRegistrationAliasing is about a child that is registered under another name
// than its function's: aliasing decides what a call by function means.
func TestRegistrationAliasing(t *testing.T) {
	t.Parallel()
	base := mistake(t, "base")
	stage := versioning.Stage{Name: "aliased", Register: func(r worker.WorkflowRegistry) {
		base.Register(r)
		r.RegisterWorkflowWithOptions(mistakes.Child, workflow.RegisterOptions{Name: "Alias"})
	}}
	r := recording(t, "mistakes/base.child")
	verdicts := map[bool]replay.Verdict{}
	for _, disabled := range []bool{false, true} {
		verdicts[disabled] = replay.Judge(t.Context(), stage, r, &replay.Options{
			Config: replay.Config{Worker: worker.WorkflowReplayerOptions{DisableRegistrationAliasing: disabled}},
		}).Verdict
	}
	want := map[bool]replay.Verdict{false: replay.Nondeterministic, true: replay.Safe}
	if diff := cmp.Diff(want, verdicts); diff != "" {
		t.Errorf("verdict by DisableRegistrationAliasing (-want +got):\n%s", diff)
	}
}
