package replay_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// tenantless is an interceptor that ends the workflow before its function is called.
type tenantless struct {
	interceptor.WorkerInterceptorBase
}

func (*tenantless) InterceptWorkflow(_ workflow.Context,
	next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	in := &tenantlessInbound{}
	in.Next = next
	return in
}

type tenantlessInbound struct {
	interceptor.WorkflowInboundInterceptorBase
}

func (*tenantlessInbound) ExecuteWorkflow(workflow.Context, *interceptor.ExecuteWorkflowInput) (any, error) {
	return nil, errors.New("no tenant in the header")
}

// TestNotReached is about workflow functions that are not called, although their input
// decodes: that is never taken for an input that does not.
func TestNotReached(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		flag   uint32
		opts   worker.WorkflowReplayerOptions
		want   replay.Verdict
		detail string
		why    string
	}{
		{"an interceptor ends it", 0,
			worker.WorkflowReplayerOptions{Interceptors: []interceptor.WorkerInterceptor{&tenantless{}}},
			replay.Nondeterministic,
			`code ends (failed with "no tenant in the header") in the Workflow Task of event 4`,
			"it is what the Workers' interceptors do"},
		{"an unknown SDK flag", 9999, worker.WorkflowReplayerOptions{}, replay.Nondeterministic,
			"the history uses SDK flag 9999, which this SDK does not know", "the SDK is too old"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := fault(t, "early-end")
			if tt.flag > 0 {
				metadata := r.History.Events[3].GetWorkflowTaskCompletedEventAttributes().SdkMetadata
				metadata.LangUsedFlags = append(metadata.LangUsedFlags, tt.flag)
			}
			got := replay.Judge(t.Context(), running(r, "now", waits), r,
				&replay.Options{Config: replay.Config{Worker: tt.opts}, Explain: true})
			require.Equal(t, tt.want, got.Verdict, "%s: %s", tt.why, advice.Line(got))
			require.Contains(t, advice.Line(got), tt.detail, tt.why)
			require.NotContains(t, advice.Line(got), "decode", tt.why)
		})
	}
}
