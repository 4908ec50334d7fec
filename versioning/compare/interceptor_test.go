package compare_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/testdata/coroutines"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// discounted is what made coroutines/base.loop, if an interceptor takes 100 from
// each amount and makes a result of the error.
func discounted(ctx workflow.Context, _ string) (string, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	var results []any
	for i := range 20 {
		if i == 10 {
			i = 1
		}
		var charged int
		if err := workflow.ExecuteActivity(ctx, coroutines.Charge, 100+i).Get(ctx, &charged); err != nil {
			return "", err
		}
		results = append(results, charged)
	}
	return "", errors.New(fmt.Sprint(results...))
}

// discount is what users write: it changes arguments, and what the workflow returns.
type discount struct {
	interceptor.WorkerInterceptorBase
}

func (d *discount) InterceptWorkflow(_ workflow.Context,
	next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	in := &discountIn{}
	in.Next = next
	return in
}

type discountIn struct {
	interceptor.WorkflowInboundInterceptorBase
}

func (in *discountIn) Init(next interceptor.WorkflowOutboundInterceptor) error {
	out := &discountOut{}
	out.Next = next
	return in.Next.Init(out)
}

func (in *discountIn) ExecuteWorkflow(ctx workflow.Context, input *interceptor.ExecuteWorkflowInput) (any, error) {
	_, err := in.Next.ExecuteWorkflow(ctx, input)
	return err.Error(), nil
}

type discountOut struct {
	interceptor.WorkflowOutboundInterceptorBase
}

func (out *discountOut) ExecuteActivity(ctx workflow.Context, activityType string, args ...any) workflow.Future {
	return out.Next.ExecuteActivity(ctx, activityType, args[0].(int)-100)
}

// TestInterceptors is about the interceptors of the user's Workers: the history has
// what they leave of calls and results.
func TestInterceptors(t *testing.T) {
	t.Parallel()
	plugin, err := temporal.NewSimplePlugin(temporal.SimplePluginOptions{Name: "discount",
		WorkerInterceptors: []interceptor.WorkerInterceptor{&discount{}}})
	require.NoError(t, err)
	for name, options := range map[string]worker.WorkflowReplayerOptions{
		"option": {Interceptors: []interceptor.WorkerInterceptor{&discount{}}},
		"plugin": {Plugins: []worker.Plugin{plugin}},
		"both": {Interceptors: []interceptor.WorkerInterceptor{&interceptor.WorkerInterceptorBase{}},
			Plugins: []worker.Plugin{plugin}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr, err := replay(t, code(discounted), recording(t, "coroutines/base.loop"), options)
			require.NoError(t, err)
			requireAligned(t, tr)
			require.Empty(t, differences(tr))
			for _, c := range tr.Calls {
				if c.Kind == trace.Activity {
					require.Equal(t, "compare/interceptor_test.go:32", c.Source(),
						"the line of the workflow, not of the interceptor")
					require.Empty(t, c.Callers())
				}
			}
		})
	}
	tr, err := replay(t, code(discounted), recording(t, "coroutines/base.loop"), worker.WorkflowReplayerOptions{})
	require.Error(t, err)
	require.NotEmpty(t, differences(tr), "the test is blind")
}

// TestPlugins is about plugins that set what the replayer needs.
func TestPlugins(t *testing.T) {
	t.Parallel()
	r := recording(t, "coroutines/base.go")
	r = rewritten(t, r, boundTo(r.WorkflowID))
	plugin, err := temporal.NewSimplePlugin(temporal.SimplePluginOptions{Name: "converter",
		DataConverter: boundConverter})
	require.NoError(t, err)
	tr, err := replay(t, stage(t, "base"), r, worker.WorkflowReplayerOptions{
		DataConverter: converter.GetDefaultDataConverter(),
		Plugins:       []worker.Plugin{plugin, &quietPlugin{}},
	})
	require.NoError(t, err)
	requireAligned(t, tr)
	if diff := cmp.Diff([]string(nil), differences(tr)); diff != "" {
		t.Errorf("a false alarm (-want +got):\n%s", diff)
	}
}

// quietPlugin takes the logger away.
type quietPlugin struct{ worker.PluginBase }

func (*quietPlugin) Name() string { return "quiet" }

func (*quietPlugin) ReplayWorkflow(ctx context.Context, options worker.PluginReplayWorkflowOptions,
	next func(context.Context, worker.PluginReplayWorkflowOptions) error) error {
	options.Logger = silent
	return next(ctx, options)
}
