package replay_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// translating is an interceptor that makes a result of each error, and that knows
// activities by the names under which they are registered.
type translating struct {
	interceptor.WorkerInterceptorBase
	t *testing.T
}

func (i *translating) InterceptWorkflow(_ workflow.Context,
	next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	in := &translatingIn{t: i.t}
	in.Next = next
	return in
}

type translatingIn struct {
	interceptor.WorkflowInboundInterceptorBase
	t *testing.T
}

func (in *translatingIn) Init(next interceptor.WorkflowOutboundInterceptor) error {
	out := &translatingOut{t: in.t}
	out.Next = next
	return in.Next.Init(out)
}

func (in *translatingIn) ExecuteWorkflow(ctx workflow.Context, input *interceptor.ExecuteWorkflowInput) (any, error) {
	result, err := in.Next.ExecuteWorkflow(ctx, input)
	if err != nil {
		return err.Error(), nil
	}
	return result, nil
}

type translatingOut struct {
	interceptor.WorkflowOutboundInterceptorBase
	t *testing.T
}

func (out *translatingOut) ExecuteActivity(ctx workflow.Context, activityType string, args ...any) workflow.Future {
	if activityType != "PrePatchActivity" {
		out.t.Errorf("the interceptor sees the activity %s", activityType)
	}
	return out.Next.ExecuteActivity(ctx, activityType, args...)
}

// TestInterceptors judges, at every level, code whose interceptors make of it what
// the history has.
func TestInterceptors(t *testing.T) {
	t.Parallel()
	plugin, err := temporal.NewSimplePlugin(temporal.SimplePluginOptions{Name: "translating",
		WorkerInterceptors: []interceptor.WorkerInterceptor{&translating{t: t}}})
	require.NoError(t, err)
	timeout := time.Minute
	stage := stageOf(patching.WorkflowType, func(ctx workflow.Context) (string, error) {
		var result string
		ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: timeout})
		if err := workflow.ExecuteActivity(ctx, oldPatch).Get(ctx, &result); err != nil {
			return "", err
		}
		return "", errors.New(result)
	})
	stage.RegisterActivities = func(r worker.ActivityRegistry) {
		r.RegisterActivityWithOptions(oldPatch, activity.RegisterOptions{Name: "PrePatchActivity"})
	}
	recorded := recording(t, "patching/initial.completed")
	timeout = recorded.History.GetEvents()[4].GetActivityTaskScheduledEventAttributes().GetStartToCloseTimeout().AsDuration()
	for name, options := range map[string]worker.WorkflowReplayerOptions{
		"option": {Interceptors: []interceptor.WorkerInterceptor{&translating{t: t}}},
		"plugin": {Plugins: []worker.Plugin{plugin}},
	} {
		for _, level := range compare.Levels() {
			got := replay.Judge(t.Context(), stage, recorded,
				&replay.Options{Config: replay.Config{Worker: options, Level: level}})
			require.Equal(t, replay.Safe, got.Verdict, "%s, %s: %s", name, level, advice.Line(got))
		}
	}

	// What the code does otherwise is seen although it calls the activity by its function.
	timeout++
	got := replay.Judge(t.Context(), stage, recorded,
		&replay.Options{Config: replay.Config{Worker: worker.WorkflowReplayerOptions{Plugins: []worker.Plugin{plugin}}}})
	require.Equal(t, replay.Drift, got.Verdict)
	require.Equal(t, "ActivityTaskScheduled(PrePatchActivity).startToCloseTimeout", got.Differences[0].Path)
	require.Contains(t, got.Place.Source, "replay/interceptors_test.go:")
}

// TestConverterOfPlugin is about histories whose payloads only a plugin's converter
// reads: versions and answers are read with it too.
func TestConverterOfPlugin(t *testing.T) {
	t.Parallel()
	plugin, err := temporal.NewSimplePlugin(temporal.SimplePluginOptions{
		Name: "zlib", DataConverter: converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), zlib),
	})
	require.NoError(t, err)
	for _, stage := range []string{"initial", "patched", "patch-complete"} {
		want := replay.Judge(t.Context(), patchingStage(t, stage), recording(t, "patching/patched.waiting"), nil)
		got := replay.Judge(t.Context(), patchingStage(t, stage), zipped(t, recording(t, "patching/patched.waiting")),
			&replay.Options{
				Config: replay.Config{Worker: worker.WorkflowReplayerOptions{Plugins: []worker.Plugin{plugin}}},
			})
		require.Equal(t, want.Verdict, got.Verdict, stage)
		require.Equal(t, advice.Line(want), advice.Line(got), stage)
		require.Equal(t, want.Answers, got.Answers, stage)
	}
}
