package accept

import (
	"strconv"
	"strings"

	"google.golang.org/protobuf/proto"

	commandpb "go.temporal.io/api/command/v1"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/accept/internal/valid"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/fillin"
	"github.com/replaymatrix/replaymatrix/versioning/internal/pending"
)

// scheduleActivity is handleCommandScheduleActivity.
func (t *taking) scheduleActivity(a *commandpb.ScheduleActivityTaskCommandAttributes) (*historypb.HistoryEvent,
	*Refusal) {
	const cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_SCHEDULE_ACTIVITY_ATTRIBUTES
	if a == nil {
		return nil, refuse(cause, "ScheduleActivityTaskCommandAttributes is not set on ScheduleActivityTaskCommand.")
	}
	takeFairness(a)
	if err := t.validActivity(a); err != "" {
		return nil, refuse(cause, "%s", err)
	}
	if a.GetUseWorkflowBuildId() && t.otherQueue(a.GetTaskQueue().GetName()) {
		return nil, refuse(cause, "Activity with UseCompatibleVersion cannot run on different task queue.")
	}
	if err := blob(cause, proto.Size(a.GetInput()),
		"ScheduleActivityTaskCommandAttributes.Input exceeds size limit."); err != nil {
		return nil, err
	}
	if err := room(enumspb.WORKFLOW_TASK_FAILED_CAUSE_PENDING_ACTIVITIES_LIMIT_EXCEEDED,
		len(t.pending.Activities), "pending activities"); err != nil {
		return nil, err
	}
	if t.pending.Activity(a.GetActivityId()) != nil {
		return nil, invalidAction(enumspb.WORKFLOW_TASK_FAILED_CAUSE_SCHEDULE_ACTIVITY_DUPLICATE_ID,
			"add-activitytask-scheduled-event", "ActivityID: %s", a.GetActivityId())
	}
	scheduled := &historypb.ActivityTaskScheduledEventAttributes{
		WorkflowTaskCompletedEventId: t.completed,
		ActivityId:                   a.GetActivityId(),
		ActivityType:                 a.GetActivityType(),
		TaskQueue:                    a.GetTaskQueue(),
		Header:                       a.GetHeader(),
		Input:                        a.GetInput(),
		ScheduleToCloseTimeout:       a.GetScheduleToCloseTimeout(),
		ScheduleToStartTimeout:       a.GetScheduleToStartTimeout(),
		StartToCloseTimeout:          a.GetStartToCloseTimeout(),
		HeartbeatTimeout:             a.GetHeartbeatTimeout(),
		RetryPolicy:                  a.GetRetryPolicy(),
		UseWorkflowBuildId:           a.GetUseWorkflowBuildId(),
		Priority:                     a.GetPriority(),
	}
	fillin.Attributes(scheduled, t.started)
	return t.add(scheduled), nil
}

// validActivity is ValidateAndNormalizeEmbeddedActivity of chasm/lib/activity/validator.go.
func (t *taking) validActivity(a *commandpb.ScheduleActivityTaskCommandAttributes) string {
	if err := valid.Queue(a.GetTaskQueue(), "", t.queue()); err != "" {
		return err
	}
	id, activityType := a.GetActivityId(), a.GetActivityType().GetName()
	switch {
	case id == "":
		return "activityId is not set"
	case activityType == "":
		return "activityType is not set"
	}
	if err := valid.Retry(a.GetRetryPolicy()); err != "" {
		return err
	}
	switch {
	case len(id) > valid.LongestID:
		return "activityId exceeds length limit. Length=" + strconv.Itoa(len(id)) + " Limit=" + strconv.Itoa(valid.LongestID)
	case len(activityType) > valid.LongestID:
		return "activityType exceeds length limit. Length=" + strconv.Itoa(len(activityType)) + " Limit=" +
			strconv.Itoa(valid.LongestID)
	}
	if err := valid.Priority(a.GetPriority()); err != "" {
		return "invalid priorities: " + err
	}
	for _, timeout := range []timeout{
		{"ScheduleToCloseTimeout", a.GetScheduleToCloseTimeout()},
		{"ScheduleToStartTimeout", a.GetScheduleToStartTimeout()},
		{"StartToCloseTimeout", a.GetStartToCloseTimeout()},
		{"HeartbeatTimeout", a.GetHeartbeatTimeout()},
	} {
		if err := valid.Duration(timeout.value); err != "" {
			return "invalid " + timeout.name + ": " + err
		}
	}
	if a.GetScheduleToCloseTimeout().AsDuration() == 0 && a.GetStartToCloseTimeout().AsDuration() == 0 {
		return "a valid StartToCloseTimeout or ScheduleToCloseTimeout must be set on the activity. ActivityId=" + id +
			" ActivityType=" + activityType
	}
	return ""
}

// takeFairness takes a fairness key out of an activity ID, where some Workers put one.
func takeFairness(a *commandpb.ScheduleActivityTaskCommandAttributes) {
	after, ok := strings.CutPrefix(a.GetActivityId(), "x-temporal-internal-fairness-key[")
	inside, _, closed := strings.Cut(after, "]")
	key, text, both := strings.Cut(inside, ":")
	weight, err := strconv.ParseFloat(text, 32)
	if !ok || !closed || !both || err != nil {
		return
	}
	if a.Priority == nil {
		a.Priority = &commonpb.Priority{}
	}
	a.Priority.FairnessKey, a.Priority.FairnessWeight = key, float32(weight)
}

// cancelActivity is handleCommandRequestCancelActivity.
func (t *taking) cancelActivity(a *commandpb.RequestCancelActivityTaskCommandAttributes) (*historypb.HistoryEvent,
	*Refusal) {
	const cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_ACTIVITY_ATTRIBUTES
	switch {
	case a == nil:
		return nil, refuse(cause,
			"RequestCancelActivityTaskCommandAttributes is not set on RequestCancelActivityTaskCommand.")
	case a.GetScheduledEventId() <= 0:
		return nil, refuse(cause, "ScheduledEventId is not set on RequestCancelActivityTaskCommand.")
	}
	id := a.GetScheduledEventId()
	work := t.pending.Activities[id]
	if work == nil && !t.hasJustEnded(id) || work != nil && work.CancelRequested {
		return nil, invalidAction(cause, "add-activitytask-cancel-requested-event", "ScheduledEventID: %d", id)
	}
	event := t.add(&historypb.ActivityTaskCancelRequestedEventAttributes{
		WorkflowTaskCompletedEventId: t.completed, ScheduledEventId: id,
	})
	if work != nil && !t.begun(id, work) {
		t.cancelledUnstarted = true
		t.buffer(&historypb.ActivityTaskCanceledEventAttributes{
			ScheduledEventId: id, LatestCancelRequestedEventId: event.GetEventId(),
			Details: notStarted(), Identity: t.answer.GetIdentity(),
		})
	}
	return event, nil
}

// begun reports whether a Worker has begun an activity. One that this answer schedules has not been
// given to any Worker.
func (t *taking) begun(scheduled int64, work *pending.Work) bool {
	switch {
	case scheduled > t.completed:
		return false
	case work.Started || t.c.ActivityStarted == nil:
		return true
	}
	return t.c.ActivityStarted(scheduled)
}

// hasJustEnded reports whether the activity has ended while the Worker had the task, or by a command
// of this answer: event_store.go, HasActivityFinishEvent.
func (t *taking) hasJustEnded(scheduled int64) bool {
	for _, e := range t.buffered {
		switch e.GetEventType() {
		case enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED, enumspb.EVENT_TYPE_ACTIVITY_TASK_FAILED,
			enumspb.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT, enumspb.EVENT_TYPE_ACTIVITY_TASK_CANCELED:
			if events.Origin(e) == scheduled {
				return true
			}
		}
	}
	return false
}

// notStarted are the details of an activity that the service has cancelled itself.
func notStarted() *commonpb.Payloads {
	return &commonpb.Payloads{Payloads: []*commonpb.Payload{{
		Metadata: map[string][]byte{"encoding": []byte("json/plain")}, Data: []byte(`"ACTIVITY_ID_NOT_STARTED"`),
	}}}
}
