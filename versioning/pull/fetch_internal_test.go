package pull

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	sdkpb "go.temporal.io/api/sdk/v1"
	"go.temporal.io/api/serviceerror"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

func scheduled(attempt int32) *historypb.HistoryEvent {
	return &historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_WorkflowTaskScheduledEventAttributes{
		WorkflowTaskScheduledEventAttributes: &historypb.WorkflowTaskScheduledEventAttributes{Attempt: attempt},
	}}
}

func TestDurable(t *testing.T) {
	t.Parallel()
	started := &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED}
	failed := &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_FAILED}
	completed := &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED}
	for _, tt := range []struct {
		events []*historypb.HistoryEvent
		want   int
		why    string
	}{
		{nil, 0, "nothing"},
		{[]*historypb.HistoryEvent{scheduled(1)}, 1, "the first attempt is stored"},
		{[]*historypb.HistoryEvent{scheduled(1), started}, 2, "also when it has begun"},
		{[]*historypb.HistoryEvent{scheduled(1), started, failed}, 3, "and failed"},
		{[]*historypb.HistoryEvent{scheduled(1), started, failed, scheduled(2)}, 3, "another attempt is not"},
		{[]*historypb.HistoryEvent{scheduled(1), started, failed, scheduled(7), started}, 3, "nor when it has begun"},
		{[]*historypb.HistoryEvent{scheduled(1), started, failed, scheduled(7), started, completed}, 6,
			"but when it has completed"},
	} {
		require.Len(t, durable(tt.events), tt.want, tt.why)
	}
}

func TestSDKVersion(t *testing.T) {
	t.Parallel()
	said := func(name, version string) *historypb.HistoryEvent {
		return &historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_WorkflowTaskCompletedEventAttributes{
			WorkflowTaskCompletedEventAttributes: &historypb.WorkflowTaskCompletedEventAttributes{
				SdkMetadata: &sdkpb.WorkflowTaskCompletedMetadata{SdkName: name, SdkVersion: version},
			},
		}}
	}
	for _, tt := range []struct {
		events []*historypb.HistoryEvent
		want   string
		why    string
	}{
		{nil, "", "no Worker has had it"},
		{[]*historypb.HistoryEvent{said("temporal-go", "1.40.0"), scheduled(1)}, "1.40.0", "the usual"},
		{[]*historypb.HistoryEvent{said("temporal-go", "1.40.0"), said("temporal-go", "1.50.0"), said("", "")},
			"1.50.0", "the last one that was said"},
		{[]*historypb.HistoryEvent{said("temporal-go", "1.40.0"), said("", "1.50.0")}, "1.50.0",
			"only the version is new"},
		{[]*historypb.HistoryEvent{said("temporal-java", "1.30.0")}, "", "a version of another SDK would be misread"},
	} {
		require.Equal(t, tt.want, sdkVersion(tt.events), tt.why)
	}
}

func TestNeighbours(t *testing.T) {
	t.Parallel()
	const before, after = "01234567-89ab-cdef-0123-456789abcde0", "01234567-89ab-cdef-0123-456789abcde1"
	first := &historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes{
		WorkflowExecutionStartedEventAttributes: &historypb.WorkflowExecutionStartedEventAttributes{ContinuedExecutionRunId: before}}}
	for _, tt := range []struct {
		name string
		last *historypb.HistoryEvent
		want []Execution
		why  string
	}{
		{"continued as new",
			&historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_WorkflowExecutionContinuedAsNewEventAttributes{
				WorkflowExecutionContinuedAsNewEventAttributes: &historypb.WorkflowExecutionContinuedAsNewEventAttributes{NewExecutionRunId: after}}},
			[]Execution{{"order/1", before}, {"order/1", after}}, "both sides"},
		{"completed", &historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_WorkflowExecutionCompletedEventAttributes{
			WorkflowExecutionCompletedEventAttributes: &historypb.WorkflowExecutionCompletedEventAttributes{NewExecutionRunId: after}}},
			[]Execution{{"order/1", before}, {"order/1", after}}, "a cron schedule"},
		{"failed", &historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_WorkflowExecutionFailedEventAttributes{
			WorkflowExecutionFailedEventAttributes: &historypb.WorkflowExecutionFailedEventAttributes{NewExecutionRunId: after}}},
			[]Execution{{"order/1", before}, {"order/1", after}}, "a retry"},
		{"timed out", &historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_WorkflowExecutionTimedOutEventAttributes{
			WorkflowExecutionTimedOutEventAttributes: &historypb.WorkflowExecutionTimedOutEventAttributes{NewExecutionRunId: after}}},
			[]Execution{{"order/1", before}, {"order/1", after}}, "a retry too"},
		{"open", scheduled(1), []Execution{{"order/1", before}}, "nothing comes after it"},
		{"made up", &historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_WorkflowExecutionCompletedEventAttributes{
			WorkflowExecutionCompletedEventAttributes: &historypb.WorkflowExecutionCompletedEventAttributes{NewExecutionRunId: "../x"}}},
			[]Execution{{"order/1", before}}, "a file that is there was edited: run IDs become file names"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := &history.Recording{History: &historypb.History{Events: []*historypb.HistoryEvent{first, tt.last}}}
			if diff := cmp.Diff(tt.want, neighbours(run, r)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
	require.Empty(t, neighbours(run, &history.Recording{}))
}

func TestPatiently(t *testing.T) {
	t.Parallel()
	exhausted := &serviceerror.ResourceExhausted{Message: "namespace rate limit exceeded"}
	short := []time.Duration{time.Millisecond, time.Millisecond}
	calls := 0
	err := repeat(t.Context(), short, func() error { calls++; return map[bool]error{true: exhausted}[calls < 3] })
	require.NoError(t, err, "it waits until there is room")
	require.Equal(t, 3, calls)

	calls = 0
	err = repeat(t.Context(), short,
		func() error { calls++; return map[bool]error{true: serviceerror.NewDeadlineExceeded("")}[calls < 3] })
	require.NoError(t, err, "the SDK says that time is up where the service was busy")
	require.Equal(t, 3, calls)

	calls = 0
	err = repeat(t.Context(), short, func() error { calls++; return exhausted })
	require.ErrorIs(t, err, exhausted, "not for ever")
	require.Equal(t, 3, calls)

	calls = 0
	other := errors.New("other")
	require.ErrorIs(t, repeat(t.Context(), short, func() error { calls++; return other }), other)
	require.Equal(t, 1, calls)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err = repeat(ctx, []time.Duration{time.Hour}, func() error { return exhausted })
	require.ErrorIs(t, err, context.Canceled, "Ctrl-C does not wait")
}

func TestAsked(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		err   error
		fatal bool
		why   string
	}{
		{serviceerror.NewNotFound("x"), false, "of one execution"},
		{serviceerror.NewInvalidArgument("x"), false, "of one execution"},
		{serviceerror.NewDataLoss("x"), false, "of one execution"},
		{serviceerror.NewPermissionDenied("x", ""), true, "the next one is denied too"},
		{serviceerror.NewNamespaceNotFound("x"), true, "the namespace of all"},
		{serviceerror.NewUnavailable("x"), true, "the service has gone"},
		{&serviceerror.ResourceExhausted{Message: "x"}, true, "after all patience"},
		{serviceerror.NewDeadlineExceeded("x"), true, "after all patience"},
		{context.DeadlineExceeded, true, "the client's own clock"},
	} {
		var fatal *fatalError
		require.Equal(t, tt.fatal, errors.As(asked(run, tt.err), &fatal), "%T: %s", tt.err, tt.why)
		require.ErrorIs(t, asked(run, tt.err), tt.err)
	}
	require.NoError(t, asked(run, nil))
	require.ErrorContains(t, askable(Execution{WorkflowID: "Müller"}), "the Go SDK does not ask for a workflow ID")
	require.NoError(t, askable(run))
}
