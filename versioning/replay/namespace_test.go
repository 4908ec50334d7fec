package replay_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/runtimechecks"
)

// inInput and inBranch are the code that ran namespace-in-input and namespace-branch.
func inInput(ctx workflow.Context) error {
	info := workflow.GetInfo(ctx)
	return workflow.ExecuteActivity(ao(ctx), A, info.Namespace+"/"+info.TaskQueueName).Get(ctx, nil)
}

func inBranch(ctx workflow.Context) error {
	if workflow.GetInfo(ctx).Namespace == "default" {
		return workflow.ExecuteActivity(ao(ctx), A, "prod").Get(ctx, nil)
	}
	return workflow.ExecuteActivity(ao(ctx), B, "test").Get(ctx, nil)
}

// TestNamespace is about code that asks for the namespace of its execution, which no
// event tells.
func TestNamespace(t *testing.T) {
	t.Parallel()
	const (
		unknown = "the recording does not say its namespace: set DefaultNamespace, or record or pull it again"
		note    = `namespace-unknown: the code asks for workflow.GetInfo, which has the namespace, and ` + unknown
	)
	for _, tt := range []struct {
		fault     string
		code      any
		recorded  string
		byDefault string
		want      replay.Verdict
		detail    string
		notes     []string
		why       string
	}{
		{"namespace-in-input", inInput, "default", "", replay.Safe, "", nil, "the recording says it"},
		{"namespace-in-input", inInput, "", "default", replay.Safe, "", nil, "the user says it"},
		{"namespace-in-input", inInput, "default", "other", replay.Safe, "", nil,
			"the recording knows better than a default"},
		{"namespace-in-input", inInput, "other", "", replay.Drift, `code has "other/`, nil,
			"another one is another input"},
		{"namespace-in-input", inInput, "", "", replay.Drift, "; ReplayNamespace is the replayer's, and " + unknown,
			[]string{note}, "nobody knows"},
		{"namespace-branch", inBranch, "default", "", replay.Safe, "", nil, "the recording says it"},
		{"namespace-branch", inBranch, "", "default", replay.Safe, "", nil, "the user says it"},
		{"namespace-branch", inBranch, "other", "", replay.Nondeterministic, "", nil, "another one is another branch"},
		{"namespace-branch", inBranch, "", "", replay.Nondeterministic,
			"; the code may decide by its namespace (GetInfo at replay/namespace_test.go:", []string{note},
			"nobody knows"},
		{"namespace-branch", func(ctx workflow.Context) error {
			_ = workflow.GetInfo(ctx)
			return workflow.ExecuteActivity(ao(ctx), A, "prod").Get(ctx, nil)
		}, "", "", replay.Safe, "", []string{note}, "by luck or not, nobody knows"},
		{"namespace-branch", func(ctx workflow.Context) error {
			return workflow.ExecuteActivity(ao(ctx), A, "prod").Get(ctx, nil)
		}, "", "", replay.Safe, "", nil, "the code does not ask"},
		{"namespace-branch", func(ctx workflow.Context) error {
			if workflow.GetChildWorkflowOptions(ctx).Namespace == "default" {
				return workflow.ExecuteActivity(ao(ctx), A, "prod").Get(ctx, nil)
			}
			return nil
		}, "default", "", replay.Safe, "", nil, "the options of a child have it too"},
		{"namespace-branch", func(ctx workflow.Context) error {
			info := workflow.GetInfo(ctx)
			before := info.GetCurrentHistoryLength()
			err := workflow.ExecuteActivity(ao(ctx), A, "prod").Get(ctx, nil)
			if info.GetCurrentHistoryLength() == before {
				return workflow.Sleep(ctx, time.Hour)
			}
			return err
		}, "default", "", replay.Safe, "", nil, "what the code holds on to goes on telling"},
	} {
		t.Run(tt.fault+", "+tt.why, func(t *testing.T) {
			t.Parallel()
			for _, level := range compare.Levels() {
				r := fault(t, tt.fault)
				r.Namespace = tt.recorded
				got := replay.Judge(t.Context(), running(r, "test", tt.code), r,
					&replay.Options{Config: replay.Config{DefaultNamespace: tt.byDefault, Level: level}})
				if level != compare.Values && tt.want == replay.Drift {
					continue
				}
				require.Equal(t, tt.want, got.Verdict, "%s: %s", tt.why, advice.Line(got))
				require.Contains(t, advice.Line(got), tt.detail, tt.why)
				if tt.notes != nil && tt.want != replay.Safe {
					require.Contains(t, advice.Line(got), unknown)
				} else {
					require.NotContains(t, advice.Line(got), "DefaultNamespace")
				}
				require.Equal(t, tt.notes, texts(got.Notes), tt.why)
			}
		})
	}
}

// TestNamespaceInterceptor is about an interceptor that asks, as many do, and one of the
// SDK's own.
func TestNamespaceInterceptor(t *testing.T) {
	t.Parallel()
	r := fault(t, "namespace-branch")
	r.Namespace = "default"
	opts := replay.Options{}
	opts.Worker.Interceptors = []interceptor.WorkerInterceptor{&asking{}}
	got := replay.Judge(t.Context(), running(r, "test", func(ctx workflow.Context) error {
		return workflow.ExecuteActivity(ao(ctx), A, "test").Get(ctx, nil)
	}), r, &opts)
	require.Equal(t, replay.Safe, got.Verdict, "it calls with prod in the namespace default: %s", advice.Line(got))
}

// asking is an interceptor that calls A with other input in production.
type asking struct {
	interceptor.WorkerInterceptorBase
}

func (*asking) InterceptWorkflow(_ workflow.Context,
	next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	in := &askingInbound{}
	in.Next = next
	return in
}

type askingInbound struct {
	interceptor.WorkflowInboundInterceptorBase
}

func (in *askingInbound) Init(next interceptor.WorkflowOutboundInterceptor) error {
	out := &askingOutbound{}
	out.Next = next
	return in.Next.Init(out)
}

type askingOutbound struct {
	interceptor.WorkflowOutboundInterceptorBase
}

func (out *askingOutbound) ExecuteActivity(ctx workflow.Context, name string, args ...any) workflow.Future {
	if workflow.GetInfo(ctx).Namespace == "default" {
		args = []any{"prod"}
	}
	return out.Next.ExecuteActivity(ctx, name, args...)
}

// TestNamespaceOfOthers is about children and signals: the service writes the namespace
// of the execution into their events where the code names none.
func TestNamespaceOfOthers(t *testing.T) {
	t.Parallel()
	child := func(options workflow.ChildWorkflowOptions) func(workflow.Context) {
		options.WorkflowID = "child"
		return func(ctx workflow.Context) {
			workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, options), "Child")
		}
	}
	initiated := func(namespace string) func(*history.Recording) {
		return func(r *history.Recording) {
			add(r, enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED, &historypb.HistoryEvent{
				Attributes: &historypb.HistoryEvent_StartChildWorkflowExecutionInitiatedEventAttributes{
					StartChildWorkflowExecutionInitiatedEventAttributes: &historypb.StartChildWorkflowExecutionInitiatedEventAttributes{
						Namespace: namespace, WorkflowId: "child", WorkflowType: &commonpb.WorkflowType{Name: "Child"},
						TaskQueue: &taskqueuepb.TaskQueue{Name: "q"}, WorkflowTaskTimeout: seconds(10),
						WorkflowTaskCompletedEventId: 4,
					},
				},
			})
		}
	}
	signal := func(ctx workflow.Context) { workflow.SignalExternalWorkflow(ctx, "other", "", "go", nil) }
	signalled := func(namespace string) func(*history.Recording) {
		return func(r *history.Recording) {
			add(r, enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED, &historypb.HistoryEvent{
				Attributes: &historypb.HistoryEvent_SignalExternalWorkflowExecutionInitiatedEventAttributes{
					SignalExternalWorkflowExecutionInitiatedEventAttributes: &historypb.SignalExternalWorkflowExecutionInitiatedEventAttributes{
						Namespace: namespace, WorkflowExecution: &commonpb.WorkflowExecution{WorkflowId: "other"},
						SignalName: "go", Control: "6",
						Input: &commonpb.Payloads{Payloads: []*commonpb.Payload{{Metadata: map[string][]byte{"encoding": []byte("binary/null")}}}}, WorkflowTaskCompletedEventId: 4,
					},
				},
			})
		}
	}
	const path = "StartChildWorkflowExecutionInitiated(Child).namespace"
	for _, tt := range []struct {
		name   string
		ours   string
		change func(*history.Recording)
		code   func(workflow.Context)
		detail string
		why    string
	}{
		{"own", "default", initiated("default"), child(workflow.ChildWorkflowOptions{}), "", "that of the parent"},
		{"own, by name", "default", initiated("default"), child(workflow.ChildWorkflowOptions{Namespace: "default"}),
			"", "the code names it"},
		{"left out", "default", initiated(""), child(workflow.ChildWorkflowOptions{}), "", "the history says nothing"},
		{"now another", "default", initiated("default"), child(workflow.ChildWorkflowOptions{Namespace: "other"}),
			path + `: history has default, code has other`, "the code names another one"},
		{"now none", "default", initiated("other"), child(workflow.ChildWorkflowOptions{}), path +
			`: history has other, code has default`, "the code names none any more"},
		{"unknown", "", initiated("default"), child(workflow.ChildWorkflowOptions{}), "", "as before: not compared"},
		{"unknown, another", "", initiated("default"), child(workflow.ChildWorkflowOptions{Namespace: "other"}), path +
			`: history has default, code has other`, "as before"},
		{"signal", "default", signalled("default"), signal, "", "that of the execution"},
		{"signal, left out", "default", signalled(""), signal, "", "the SDK does not compare it either, as before"},
		{"signal, unknown", "", signalled("default"), signal, "", "as before"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := fault(t, "zero-fields")
			r.Namespace = tt.ours
			tt.change(r)
			got := replay.Judge(t.Context(), running(r, "test", charges(tt.code)), r, nil)
			requireDetail(t, got, tt.detail, tt.why)
		})
	}
}

// TestNamespaceLocalActivity is about a local activity that is called by its name: the
// SDK's replayer needs no function for it.
func TestNamespaceLocalActivity(t *testing.T) {
	t.Parallel()
	r := recording(t, "runtimechecks/local-activity/base.closed")
	for _, namespace := range []string{"", "default"} {
		r.Namespace = namespace
		got := replay.Judge(t.Context(), localActivityStage(t), r, nil)
		require.Equal(t, replay.Safe, got.Verdict, "namespace %q: %s", namespace, advice.Line(got))
	}
}

func localActivityStage(t *testing.T) versioning.Stage {
	t.Helper()
	s, ok := runtimechecks.LocalActivity.Stage("base")
	require.True(t, ok)
	return s
}

// TestNamespaceConverter is about a data converter that encodes for one namespace.
func TestNamespaceConverter(t *testing.T) {
	t.Parallel()
	r := fault(t, "namespace-branch")
	input := r.History.Events[4].GetActivityTaskScheduledEventAttributes().GetInput()
	input.Payloads[0] = sealed("default", input.Payloads[0])
	opts := replay.Options{}
	opts.Worker.DataConverter = &ofNamespace{DataConverter: converter.GetDefaultDataConverter()}
	r.Namespace = "default"
	got := replay.Judge(t.Context(), running(r, "test", inBranch), r, &opts)
	require.Equal(t, replay.Safe, got.Verdict, advice.Line(got))
	r.Namespace = "other"
	got = replay.Judge(t.Context(), running(r, "test", func(ctx workflow.Context) error {
		return workflow.ExecuteActivity(ao(ctx), A, "prod").Get(ctx, nil)
	}), r, &opts)
	require.NotEqual(t, replay.Safe, got.Verdict, "it cannot read what was encoded for another one")
}

// ofNamespace writes its namespace beside the data, and reads no other one's.
type ofNamespace struct {
	converter.DataConverter
	namespace string
}

func (c *ofNamespace) WithSerializationContext(ctx converter.SerializationContext) converter.DataConverter {
	switch ctx := ctx.(type) {
	case converter.WorkflowSerializationContext:
		return &ofNamespace{c.DataConverter, ctx.Namespace}
	case converter.ActivitySerializationContext:
		return &ofNamespace{c.DataConverter, ctx.Namespace}
	}
	return c
}

func (c *ofNamespace) ToPayloads(values ...any) (*commonpb.Payloads, error) {
	payloads, err := c.DataConverter.ToPayloads(values...)
	for i, p := range payloads.GetPayloads() {
		payloads.Payloads[i] = sealed(c.namespace, p)
	}
	return payloads, err
}

func (c *ofNamespace) FromPayload(p *commonpb.Payload, to any) error {
	if string(p.GetMetadata()["encoding"]) != "binary/sealed" {
		return c.DataConverter.FromPayload(p, to)
	}
	of, data, _ := strings.Cut(string(p.GetData()), "\x00")
	if of != c.namespace {
		return fmt.Errorf("encoded for namespace %q, not for %q", of, c.namespace)
	}
	return c.DataConverter.FromPayload(&commonpb.Payload{Metadata: map[string][]byte{"encoding": []byte("json/plain")},
		Data: []byte(data)}, to)
}

func sealed(namespace string, p *commonpb.Payload) *commonpb.Payload {
	return &commonpb.Payload{
		Metadata: map[string][]byte{"encoding": []byte("binary/sealed"), "nonce": []byte(time.Now().String())},
		Data:     []byte(namespace + "\x00" + string(p.GetData())),
	}
}
