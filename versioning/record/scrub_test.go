package record

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	commonpb "go.temporal.io/api/common/v1"
	deploymentpb "go.temporal.io/api/deployment/v1"
	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	sdkpb "go.temporal.io/api/sdk/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"google.golang.org/protobuf/testing/protocmp"
)

func TestScrub(t *testing.T) {
	t.Parallel()
	userData := &commonpb.Payloads{Payloads: []*commonpb.Payload{{Metadata: map[string][]byte{"encoding": []byte("json/plain")}, Data: []byte(`{"identity":"Ann","request_id":"7"}`)}}}
	for _, tt := range []struct {
		name      string
		got, want *historypb.HistoryEvent
		why       string
	}{
		{
			"identities, request IDs and task numbers go",
			&historypb.HistoryEvent{EventId: 6, TaskId: 1048583,
				Attributes: &historypb.HistoryEvent_ActivityTaskStartedEventAttributes{
					ActivityTaskStartedEventAttributes: &historypb.ActivityTaskStartedEventAttributes{ScheduledEventId: 5,
						Identity: "4711@host@", RequestId: "b4c0"}}},
			&historypb.HistoryEvent{EventId: 6, Attributes: &historypb.HistoryEvent_ActivityTaskStartedEventAttributes{
				ActivityTaskStartedEventAttributes: &historypb.ActivityTaskStartedEventAttributes{ScheduledEventId: 5,
					Identity: "replaymatrix"}}},
			"they belong to the machine and the moment",
		},
		{
			"an identity that was not there stays away",
			&historypb.HistoryEvent{EventId: 6, Attributes: &historypb.HistoryEvent_ActivityTaskStartedEventAttributes{
				ActivityTaskStartedEventAttributes: &historypb.ActivityTaskStartedEventAttributes{ScheduledEventId: 5}}},
			&historypb.HistoryEvent{EventId: 6, Attributes: &historypb.HistoryEvent_ActivityTaskStartedEventAttributes{
				ActivityTaskStartedEventAttributes: &historypb.ActivityTaskStartedEventAttributes{ScheduledEventId: 5}}},
			"nothing is invented",
		},
		{
			"sticky queues lose their name, normal ones keep it",
			scheduledOn(&taskqueuepb.TaskQueue{Name: "host:b4c0", Kind: enumspb.TASK_QUEUE_KIND_STICKY,
				NormalName: "orders"}),
			scheduledOn(&taskqueuepb.TaskQueue{Name: "sticky", Kind: enumspb.TASK_QUEUE_KIND_STICKY,
				NormalName: "orders"}),
			"the name of a sticky queue holds the host's",
		},
		{
			"normal queue",
			scheduledOn(&taskqueuepb.TaskQueue{Name: "orders", Kind: enumspb.TASK_QUEUE_KIND_NORMAL}),
			scheduledOn(&taskqueuepb.TaskQueue{Name: "orders", Kind: enumspb.TASK_QUEUE_KIND_NORMAL}),
			"the task queue is a part of the execution",
		},
		{
			"stack traces go, also of causes",
			failedWith(&failurepb.Failure{Message: "panic", StackTrace: "main.go:1",
				Cause: &failurepb.Failure{Message: "nil", StackTrace: "main.go:2"}}),
			failedWith(&failurepb.Failure{Message: "panic", Cause: &failurepb.Failure{Message: "nil"}}),
			"they hold the paths of a machine, and no replay reads them",
		},
		{
			"flags are sorted",
			completedWith(3, 1, 2), completedWith(1, 2, 3),
			"the SDK lists them in the order of a map",
		},
		{
			"revision numbers go, versions stay",
			startedOn(7), startedOn(0),
			"they count how often the routing has changed, in other recordings too",
		},
		{
			"change versions are sorted",
			upserting("TemporalChangeVersion", `["c-1","a-1","b-2"]`),
			upserting("TemporalChangeVersion", `["a-1","b-2","c-1"]`),
			"the SDK lists them in the order of a map",
		},
		{
			"other search attributes stay",
			upserting("Colours", `["red","blue"]`), upserting("Colours", `["red","blue"]`),
			"their order is the user's",
		},
		{
			"change versions that cannot be read stay",
			upserting("TemporalChangeVersion", `"c-1"`), upserting("TemporalChangeVersion", `"c-1"`),
			"a codec may have encoded them",
		},
		{
			"user data stays",
			&historypb.HistoryEvent{EventId: 1,
				Attributes: &historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes{
					WorkflowExecutionStartedEventAttributes: &historypb.WorkflowExecutionStartedEventAttributes{Input: userData, Memo: memo(userData), Identity: "me"}}},
			&historypb.HistoryEvent{EventId: 1,
				Attributes: &historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes{
					WorkflowExecutionStartedEventAttributes: &historypb.WorkflowExecutionStartedEventAttributes{Input: userData, Memo: memo(userData), Identity: "replaymatrix"}}},
			"a replay reads it",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := &historypb.History{Events: []*historypb.HistoryEvent{tt.got}}
			scrub(h)
			if diff := cmp.Diff(tt.want, h.Events[0], protocmp.Transform()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

func scheduledOn(queue *taskqueuepb.TaskQueue) *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventId: 2, Attributes: &historypb.HistoryEvent_WorkflowTaskScheduledEventAttributes{
		WorkflowTaskScheduledEventAttributes: &historypb.WorkflowTaskScheduledEventAttributes{TaskQueue: queue}}}
}

func startedOn(revision int64) *historypb.HistoryEvent {
	version := &deploymentpb.WorkerDeploymentVersion{DeploymentName: "orders", BuildId: "1.0"}
	return &historypb.HistoryEvent{EventId: 1,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes{
			WorkflowExecutionStartedEventAttributes: &historypb.WorkflowExecutionStartedEventAttributes{
				InheritedAutoUpgradeInfo: &deploymentpb.InheritedAutoUpgradeInfo{SourceDeploymentVersion: version,
					SourceDeploymentRevisionNumber: revision},
				DeclinedTargetVersionUpgrade: &historypb.DeclinedTargetVersionUpgrade{DeploymentVersion: version,
					RevisionNumber: revision}}}}
}

func completedWith(flags ...uint32) *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventId: 4, Attributes: &historypb.HistoryEvent_WorkflowTaskCompletedEventAttributes{
		WorkflowTaskCompletedEventAttributes: &historypb.WorkflowTaskCompletedEventAttributes{SdkMetadata: &sdkpb.WorkflowTaskCompletedMetadata{LangUsedFlags: flags}}}}
}

func upserting(name, list string) *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventId: 6,
		Attributes: &historypb.HistoryEvent_UpsertWorkflowSearchAttributesEventAttributes{
			UpsertWorkflowSearchAttributesEventAttributes: &historypb.UpsertWorkflowSearchAttributesEventAttributes{
				SearchAttributes: &commonpb.SearchAttributes{IndexedFields: map[string]*commonpb.Payload{name: {Data: []byte(list)}}}}}}
}

func memo(p *commonpb.Payloads) *commonpb.Memo {
	return &commonpb.Memo{Fields: map[string]*commonpb.Payload{"identity": p.Payloads[0]}}
}

func failedWith(f *failurepb.Failure) *historypb.HistoryEvent {
	return &historypb.HistoryEvent{EventId: 6, Attributes: &historypb.HistoryEvent_WorkflowTaskFailedEventAttributes{
		WorkflowTaskFailedEventAttributes: &historypb.WorkflowTaskFailedEventAttributes{Failure: f}}}
}
