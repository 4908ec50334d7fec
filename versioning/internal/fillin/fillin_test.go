package fillin_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/durationpb"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/fillin"
)

func seconds(n int) *durationpb.Duration { return durationpb.New(time.Duration(n) * time.Second) }

// TestAttributes has the rules one by one. TestAccept of versioning/devserver holds them against a
// service.
func TestAttributes(t *testing.T) {
	t.Parallel()
	run := &historypb.WorkflowExecutionStartedEventAttributes{WorkflowRunTimeout: seconds(60)}
	for _, tt := range []struct {
		name, why   string
		started     *historypb.WorkflowExecutionStartedEventAttributes
		coded, want proto.Message
		changes     []fillin.Change
	}{
		{"activity", "with nothing but the one timeout that it needs", nil,
			&historypb.ActivityTaskScheduledEventAttributes{StartToCloseTimeout: seconds(5)},
			&historypb.ActivityTaskScheduledEventAttributes{
				ScheduleToCloseTimeout: seconds(0), ScheduleToStartTimeout: seconds(0), StartToCloseTimeout: seconds(5),
				HeartbeatTimeout: seconds(0), RetryPolicy: &commonpb.RetryPolicy{
					InitialInterval: seconds(1), BackoffCoefficient: 2, MaximumInterval: seconds(100)},
			},
			[]fillin.Change{{".retryPolicy.maximumAttempts", 0}, {".retryPolicy.initialInterval", 0},
				{".retryPolicy.maximumInterval", 0}, {".retryPolicy.backoffCoefficient", 0}}},
		{"activity in a run that ends", "no timeout is longer than the run", run,
			&historypb.ActivityTaskScheduledEventAttributes{
				StartToCloseTimeout: seconds(90), HeartbeatTimeout: seconds(70), RetryPolicy: &commonpb.RetryPolicy{
					MaximumAttempts: 1, InitialInterval: seconds(1), BackoffCoefficient: 2, MaximumInterval: seconds(1)},
			},
			&historypb.ActivityTaskScheduledEventAttributes{
				ScheduleToCloseTimeout: seconds(60), ScheduleToStartTimeout: seconds(60), StartToCloseTimeout: seconds(60),
				HeartbeatTimeout: seconds(60), RetryPolicy: &commonpb.RetryPolicy{
					MaximumAttempts: 1, InitialInterval: seconds(1), BackoffCoefficient: 2, MaximumInterval: seconds(1)},
			},
			[]fillin.Change{{".scheduleToCloseTimeout", 0}, {".scheduleToStartTimeout", 0},
				{".startToCloseTimeout", 90 * time.Second}, {".heartbeatTimeout", 70 * time.Second}}},
		{"operation", "nothing is filled in", nil,
			&historypb.NexusOperationScheduledEventAttributes{}, &historypb.NexusOperationScheduledEventAttributes{}, nil},
		{"operation in a run that ends", "the other timeouts are cut to the first", run,
			&historypb.NexusOperationScheduledEventAttributes{
				ScheduleToStartTimeout: seconds(70), StartToCloseTimeout: seconds(80)},
			&historypb.NexusOperationScheduledEventAttributes{ScheduleToCloseTimeout: seconds(60),
				ScheduleToStartTimeout: seconds(60), StartToCloseTimeout: seconds(60)},
			[]fillin.Change{{".scheduleToCloseTimeout", 0}, {".scheduleToStartTimeout", 70 * time.Second},
				{".startToCloseTimeout", 80 * time.Second}}},
		{"child", "it has policies, and no retry policy", run,
			&historypb.StartChildWorkflowExecutionInitiatedEventAttributes{WorkflowExecutionTimeout: seconds(5)},
			&historypb.StartChildWorkflowExecutionInitiatedEventAttributes{
				WorkflowExecutionTimeout: seconds(5), WorkflowRunTimeout: seconds(5), WorkflowTaskTimeout: seconds(5),
				ParentClosePolicy:     enumspb.PARENT_CLOSE_POLICY_TERMINATE,
				WorkflowIdReusePolicy: enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
			},
			[]fillin.Change{{".workflowRunTimeout", 0}, {".workflowTaskTimeout", 0}, {".parentClosePolicy", 0},
				{".workflowIdReusePolicy", 0}}},
		{"continued", "its timeouts are those of the run", run,
			&historypb.WorkflowExecutionContinuedAsNewEventAttributes{WorkflowTaskTimeout: seconds(300)},
			&historypb.WorkflowExecutionContinuedAsNewEventAttributes{
				WorkflowRunTimeout: seconds(60), WorkflowTaskTimeout: seconds(60)},
			[]fillin.Change{{".workflowRunTimeout", 0}, {".workflowTaskTimeout", 300 * time.Second}}},
		{"timer", "nothing is filled in", run,
			&historypb.TimerStartedEventAttributes{TimerId: "t"}, &historypb.TimerStartedEventAttributes{TimerId: "t"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			changes := fillin.Attributes(tt.coded, tt.started)
			require.Empty(t, cmp.Diff(tt.want, tt.coded, protocmp.Transform()), tt.why)
			require.Equal(t, tt.changes, changes, tt.why)
		})
	}
}
