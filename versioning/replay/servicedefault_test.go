package replay_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// order is what Charge gets in no-retry-policy and older-service-default.
type order struct {
	ID       string
	Detached bool
	Tags     []string
	Since    time.Time
}

// TestServiceDefaults is about options that the code leaves open: the history has what
// the service of its day has filled in.
func TestServiceDefaults(t *testing.T) {
	t.Parallel()
	policy := func(p temporal.RetryPolicy) workflow.ActivityOptions {
		return workflow.ActivityOptions{RetryPolicy: &p}
	}
	const field = "ActivityTaskScheduled(Charge).retryPolicy."
	of2020 := []string{`service-default at event 5: ` + field +
		`maximumInterval: history has "2m0s", which services have filled in; the code leaves it open`}
	for _, tt := range []struct {
		name    string
		fault   string
		change  func(*historypb.ActivityTaskScheduledEventAttributes)
		options workflow.ActivityOptions
		detail  string // the beginning, empty where it is safe
		notes   []string
		why     string
	}{
		{"none", "no-retry-policy", nil, workflow.ActivityOptions{}, "", nil, "no policy on either side"},
		{"none, now one", "no-retry-policy", nil, policy(temporal.RetryPolicy{MaximumAttempts: 3}), field +
			`maximumAttempts: history has none, code has 3: no SDK notices; branch`, nil, "the code says one now"},
		{"2020", "older-service-default", nil, workflow.ActivityOptions{}, "", of2020, "the code leaves it open"},
		{"2020, own attempts", "older-service-default",
			func(a *historypb.ActivityTaskScheduledEventAttributes) { a.RetryPolicy.MaximumAttempts = 3 },
			policy(temporal.RetryPolicy{MaximumAttempts: 3}), "", of2020, "the code says a part of it"},
		{"said in the code", "older-service-default", nil,
			policy(temporal.RetryPolicy{MaximumInterval: 100 * time.Second}),
			field + `maximumInterval: history has "2m0s", code has "1m40s": no SDK notices; branch`, nil,
			"what the code says is compared as it is"},
		{"the older one said in the code", "older-service-default", nil,
			policy(temporal.RetryPolicy{MaximumInterval: 2 * time.Minute}), "", nil, "it is what the code says"},
		{"no cap", "older-service-default",
			func(a *historypb.ActivityTaskScheduledEventAttributes) { a.RetryPolicy.MaximumInterval = nil },
			workflow.ActivityOptions{}, "", nil, "neither says one"},
		{"another default", "older-service-default",
			func(a *historypb.ActivityTaskScheduledEventAttributes) { a.RetryPolicy.MaximumInterval = seconds(420) },
			workflow.ActivityOptions{}, field +
				`maximumInterval: history has "7m0s", the code leaves it open, and services fill in "1m40s": either`,
			nil, "an operator's, or the code's own of then"},
		{"attempts", "older-service-default",
			func(a *historypb.ActivityTaskScheduledEventAttributes) { a.RetryPolicy.MaximumAttempts = 5 },
			workflow.ActivityOptions{}, field +
				`maximumAttempts: history has 5, the code leaves it open, and services fill in none: either`, of2020,
			"no service has ever filled that in by itself"},
		{"errors", "older-service-default", func(a *historypb.ActivityTaskScheduledEventAttributes) {
			a.RetryPolicy.NonRetryableErrorTypes = []string{"E"}
		}, workflow.ActivityOptions{}, field +
			`nonRetryableErrorTypes: history has ["E"], code has none: no SDK notices; branch`, of2020,
			"and that no operator can"},
		{"uncapped heartbeat", "older-service-default", func(a *historypb.ActivityTaskScheduledEventAttributes) {
			a.HeartbeatTimeout, a.RetryPolicy.MaximumInterval = seconds(90), seconds(100)
		}, workflow.ActivityOptions{HeartbeatTimeout: 90 * time.Second}, "", nil,
			"it is what the code says, and a service of today cuts it"},
		{"own timeout", "older-service-default",
			func(a *historypb.ActivityTaskScheduledEventAttributes) { a.ScheduleToCloseTimeout = seconds(300) },
			workflow.ActivityOptions{},
			`ActivityTaskScheduled(Charge).scheduleToCloseTimeout: history has "5m0s", code has "0s": no SDK notices; branch`, of2020, "services fill in the execution's own, and it has none"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := fault(t, tt.fault)
			if tt.change != nil {
				tt.change(r.History.Events[4].GetActivityTaskScheduledEventAttributes())
			}
			got := replay.Judge(t.Context(), running(r, "test", func(ctx workflow.Context, id string) error {
				calls(ctx, order{ID: id}, tt.options)
				workflow.GetSignalChannel(ctx, "never").Receive(ctx, nil)
				return nil
			}), r, nil)
			requireDetail(t, got, tt.detail, tt.why)
			if diff := cmp.Diff(tt.notes, texts(got.Notes)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

// TestChildDefaults is the same of Child Workflows: services before 2021 gave a child
// the timeouts of its parent.
func TestChildDefaults(t *testing.T) {
	t.Parallel()
	const field = "StartChildWorkflowExecutionInitiated(Child)."
	for _, tt := range []struct {
		name    string
		change  func(*historypb.StartChildWorkflowExecutionInitiatedEventAttributes)
		options workflow.ChildWorkflowOptions
		detail  string
		notes   []string
		why     string
	}{
		{"today", nil, workflow.ChildWorkflowOptions{}, "", nil, "as the service of today fills it in"},
		{"parent's", func(a *historypb.StartChildWorkflowExecutionInitiatedEventAttributes) {
			a.WorkflowExecutionTimeout, a.WorkflowRunTimeout, a.WorkflowTaskTimeout = seconds(7200), seconds(3600),
				seconds(20)
		}, workflow.ChildWorkflowOptions{}, "", []string{
			`service-default at event 6: ` + field +
				`workflowExecutionTimeout: history has "2h0m0s", which services have filled in; the code leaves it open`,
			`service-default at event 6: ` + field +
				`workflowRunTimeout: history has "1h0m0s", which services have filled in; the code leaves it open`,
			`service-default at event 6: ` + field +
				`workflowTaskTimeout: history has "20s", which services have filled in; the code leaves it open`,
		}, "what the service did in 2020"},
		{"longer task", func(a *historypb.StartChildWorkflowExecutionInitiatedEventAttributes) {
			a.WorkflowTaskTimeout = seconds(200)
		},
			workflow.ChildWorkflowOptions{WorkflowTaskTimeout: 200 * time.Second}, "", nil,
			"it is what the code says, and a service of today cuts it"},
		{"another task", func(a *historypb.StartChildWorkflowExecutionInitiatedEventAttributes) {
			a.WorkflowTaskTimeout = seconds(30)
		},
			workflow.ChildWorkflowOptions{}, field +
				`workflowTaskTimeout: history has "30s", the code leaves it open, and services fill in "10s": either`,
			nil, "an operator's, or the code's own of then"},
		{"another run", func(a *historypb.StartChildWorkflowExecutionInitiatedEventAttributes) {
			a.WorkflowRunTimeout = seconds(30)
		},
			workflow.ChildWorkflowOptions{}, field +
				`workflowRunTimeout: history has "30s", code has "0s": no SDK notices; branch`, nil,
			"no service fills that in"},
		{"policy that is gone", func(a *historypb.StartChildWorkflowExecutionInitiatedEventAttributes) {
			a.RetryPolicy = &commonpb.RetryPolicy{MaximumAttempts: 3}
		}, workflow.ChildWorkflowOptions{}, field +
			`retryPolicy.maximumAttempts: history has 3, code has none: no SDK notices; branch`, nil,
			"services fill in no policy of a child"},
		{"policy", func(a *historypb.StartChildWorkflowExecutionInitiatedEventAttributes) {
			a.RetryPolicy = &commonpb.RetryPolicy{MaximumAttempts: 3}
		}, workflow.ChildWorkflowOptions{RetryPolicy: &temporal.RetryPolicy{MaximumAttempts: 3}}, "", nil,
			"in 2020 nothing was filled in there"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := fault(t, "zero-fields")
			started := r.History.Events[0].GetWorkflowExecutionStartedEventAttributes()
			started.WorkflowExecutionTimeout, started.WorkflowRunTimeout, started.WorkflowTaskTimeout = seconds(7200),
				seconds(3600), seconds(20)
			scheduled := r.History.Events[4].GetActivityTaskScheduledEventAttributes()
			scheduled.ScheduleToCloseTimeout, scheduled.ScheduleToStartTimeout = seconds(3600), seconds(3600)
			a := &historypb.StartChildWorkflowExecutionInitiatedEventAttributes{
				WorkflowId: "child", WorkflowType: &commonpb.WorkflowType{Name: "Child"},
				TaskQueue:             &taskqueuepb.TaskQueue{Name: "q"},
				ParentClosePolicy:     enumspb.PARENT_CLOSE_POLICY_TERMINATE,
				WorkflowIdReusePolicy: enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
				WorkflowTaskTimeout:   seconds(10), WorkflowTaskCompletedEventId: 4,
			}
			if tt.change != nil {
				tt.change(a)
			}
			add(r, enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED, &historypb.HistoryEvent{
				Attributes: &historypb.HistoryEvent_StartChildWorkflowExecutionInitiatedEventAttributes{StartChildWorkflowExecutionInitiatedEventAttributes: a},
			})
			got := replay.Judge(t.Context(), running(r, "test", charges(func(ctx workflow.Context) {
				tt.options.WorkflowID = "child"
				workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, tt.options), "Child")
			})), r, nil)
			requireDetail(t, got, tt.detail, tt.why)
			if diff := cmp.Diff(tt.notes, texts(got.Notes)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

// TestContinueAsNewDefaults is the same of the next run.
func TestContinueAsNewDefaults(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name      string
		run, task int64
		verdict   replay.Verdict
		why       string
	}{
		{"inherited", 3600, 20, replay.Safe, "those of the run before"},
		{"none", 0, 0, replay.Safe, "the history says nothing, and neither does the code"},
		{"default", 3600, 10, replay.Safe, "what services fill in where nothing is said"},
		{"another", 3600, 30, replay.Drift, "nobody fills that in"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := fault(t, "zero-fields")
			r.History.Events = r.History.Events[:4]
			started := r.History.Events[0].GetWorkflowExecutionStartedEventAttributes()
			started.WorkflowRunTimeout, started.WorkflowTaskTimeout = seconds(3600), seconds(20)
			add(r, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW, &historypb.HistoryEvent{
				Attributes: &historypb.HistoryEvent_WorkflowExecutionContinuedAsNewEventAttributes{
					WorkflowExecutionContinuedAsNewEventAttributes: &historypb.WorkflowExecutionContinuedAsNewEventAttributes{
						WorkflowType: started.WorkflowType, TaskQueue: started.TaskQueue,
						WorkflowTaskCompletedEventId: 4,
						WorkflowRunTimeout:           seconds(tt.run), WorkflowTaskTimeout: seconds(tt.task),
					},
				},
			})
			got := replay.Judge(t.Context(), running(r, "test", func(ctx workflow.Context, _ string) error {
				ctx = workflow.WithWorkflowRunTimeout(workflow.WithWorkflowTaskTimeout(ctx, 0), 0)
				return workflow.NewContinueAsNewError(ctx, started.WorkflowType.Name)
			}), r, nil)
			require.Equal(t, tt.verdict, got.Verdict, "%s: %s", tt.why, advice.Line(got))
		})
	}
}

// requireDetail fails unless the result is drift with a detail that begins so, or safe
// where it is empty.
func requireDetail(t *testing.T, got replay.Result, detail, why string) {
	t.Helper()
	if detail == "" {
		require.Equal(t, replay.Safe, got.Verdict, "%s: %s", why, advice.Line(got))
		return
	}
	require.Equal(t, replay.Drift, got.Verdict, why)
	require.True(t, len(advice.Line(got)) >= len(detail) && advice.Line(got)[:len(detail)] == detail, "%s: %s", why,
		advice.Line(got))
}

// texts are the notes in one line each.
func texts(notes []replay.Note) (list []string) {
	for _, n := range notes {
		list = append(list, noted(n))
	}
	return list
}

// TestOperationDefaults is the same of a Nexus operation, which the service cuts at the
// run timeout of its caller.
func TestOperationDefaults(t *testing.T) {
	t.Parallel()
	const field = "NexusOperationScheduled(s.o).scheduleToCloseTimeout"
	for _, tt := range []struct {
		name      string
		recorded  int64
		timeout   time.Duration
		execution int64
		detail    string
		why       string
	}{
		{"filled in", 3600, 0, 0, "", "as the service does"},
		{"left open", 0, 0, 0, "", "as it need not have done"},
		{"of the execution", 7200, 0, 7200, "", "the other timeout that the caller has"},
		{"cut", 3600, 2 * time.Hour, 0, "", "as the service does"},
		{"not cut", 7200, 2 * time.Hour, 0, "", "what the code says"},
		{"own", 30, 0, 0, field + `: history has "30s", code has "1h0m0s": no SDK notices; branch`,
			"nobody fills that in"},
		{"other", 30, time.Minute, 0, field + `: history has "30s", code has "1m0s": no SDK notices; branch`,
			"what the code says is compared"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := fault(t, "zero-fields")
			r.History.Events = r.History.Events[:4]
			started := r.History.Events[0].GetWorkflowExecutionStartedEventAttributes()
			started.WorkflowRunTimeout, started.WorkflowExecutionTimeout = seconds(3600), seconds(tt.execution)
			add(r, enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED, &historypb.HistoryEvent{
				Attributes: &historypb.HistoryEvent_NexusOperationScheduledEventAttributes{
					NexusOperationScheduledEventAttributes: &historypb.NexusOperationScheduledEventAttributes{
						Endpoint: "e", Service: "s", Operation: "o", ScheduleToCloseTimeout: seconds(tt.recorded),
						WorkflowTaskCompletedEventId: 4,
						Input: &commonpb.Payload{Metadata: map[string][]byte{"encoding": []byte("json/plain")},
							Data: []byte(`"x"`)},
					},
				},
			})
			got := replay.Judge(t.Context(), running(r, "test", func(ctx workflow.Context, _ string) error {
				workflow.NewNexusClient("e", "s").ExecuteOperation(ctx, "o", "x",
					workflow.NexusOperationOptions{ScheduleToCloseTimeout: tt.timeout})
				workflow.GetSignalChannel(ctx, "never").Receive(ctx, nil)
				return nil
			}), r, nil)
			requireDetail(t, got, tt.detail, tt.why)
		})
	}
}
