package trace

import (
	"maps"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// The service fills in what a command leaves open before it writes the event.
// The rules are those of server v1.32.1, with the defaults of its dynamic
// configuration: service/history/api/command_attr_validator.go and
// create_workflow_util.go, chasm/lib/activity/validator.go and
// common/retrypolicy/retry_policy.go.

// fillIn makes the attributes what the service would write in an execution that
// began with the event. To do it again changes nothing.
func fillIn(attributes proto.Message, started *historypb.WorkflowExecutionStartedEventAttributes) {
	switch a := attributes.(type) {
	case *historypb.ActivityTaskScheduledEventAttributes:
		activityTimeouts(a, started.GetWorkflowRunTimeout().AsDuration())
		if a.RetryPolicy == nil {
			a.RetryPolicy = &commonpb.RetryPolicy{}
		}
		retryDefaults(a.RetryPolicy)
	case *historypb.StartChildWorkflowExecutionInitiatedEventAttributes:
		a.WorkflowRunTimeout = durationpb.New(least(a.GetWorkflowRunTimeout(), a.GetWorkflowExecutionTimeout()))
		a.WorkflowTaskTimeout = taskTimeout(a.GetWorkflowTaskTimeout(), a.GetWorkflowRunTimeout())
		if a.ParentClosePolicy == enumspb.PARENT_CLOSE_POLICY_UNSPECIFIED {
			a.ParentClosePolicy = enumspb.PARENT_CLOSE_POLICY_TERMINATE
		}
		if a.WorkflowIdReusePolicy == enumspb.WORKFLOW_ID_REUSE_POLICY_UNSPECIFIED {
			a.WorkflowIdReusePolicy = enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE
		}
		if a.RetryPolicy != nil {
			retryDefaults(a.RetryPolicy)
		}
	case *historypb.WorkflowExecutionContinuedAsNewEventAttributes:
		if a.GetWorkflowRunTimeout().AsDuration() == 0 {
			a.WorkflowRunTimeout = started.GetWorkflowRunTimeout()
		}
		if a.GetWorkflowTaskTimeout().AsDuration() == 0 {
			a.WorkflowTaskTimeout = started.GetWorkflowTaskTimeout()
		}
		a.WorkflowRunTimeout = durationpb.New(least(a.GetWorkflowRunTimeout(), started.GetWorkflowExecutionTimeout()))
		a.WorkflowTaskTimeout = taskTimeout(a.GetWorkflowTaskTimeout(), a.GetWorkflowRunTimeout())
	}
}

func activityTimeouts(a *historypb.ActivityTaskScheduledEventAttributes, run time.Duration) {
	toClose, toStart, start, heartbeat := a.GetScheduleToCloseTimeout().AsDuration(), a.GetScheduleToStartTimeout().AsDuration(),
		a.GetStartToCloseTimeout().AsDuration(), a.GetHeartbeatTimeout().AsDuration()
	if toClose > 0 {
		toStart, start = capped(toStart, toClose), capped(start, toClose)
	} else {
		toClose = run
		if toStart == 0 {
			toStart = run
		}
	}
	if run > 0 {
		toClose, toStart, start, heartbeat = min(toClose, run), min(toStart, run), min(start, run), min(heartbeat, run)
	}
	a.ScheduleToCloseTimeout, a.ScheduleToStartTimeout = durationpb.New(toClose), durationpb.New(toStart)
	a.StartToCloseTimeout, a.HeartbeatTimeout = durationpb.New(start), durationpb.New(min(heartbeat, start))
}

// capped is the limit where there is no timeout.
func capped(timeout, limit time.Duration) time.Duration {
	if timeout == 0 {
		return limit
	}
	return min(timeout, limit)
}

// least is the smaller of both, where zero means that there is none.
func least(a, b *durationpb.Duration) time.Duration {
	if b.AsDuration() == 0 {
		return a.AsDuration()
	}
	return capped(a.AsDuration(), b.AsDuration())
}

const (
	defaultTaskTimeout = 10 * time.Second
	longestTaskTimeout = 120 * time.Second
)

func taskTimeout(task, run *durationpb.Duration) *durationpb.Duration {
	timeout := task.AsDuration()
	if timeout == 0 {
		timeout = defaultTaskTimeout
	}
	timeout = min(timeout, longestTaskTimeout)
	if r := run.AsDuration(); r > 0 {
		timeout = min(timeout, r)
	}
	return durationpb.New(timeout)
}

func retryDefaults(p *commonpb.RetryPolicy) {
	if p.GetInitialInterval().AsDuration() == 0 {
		p.InitialInterval = durationpb.New(time.Second)
	}
	if p.GetMaximumInterval().AsDuration() == 0 {
		p.MaximumInterval = durationpb.New(100 * p.GetInitialInterval().AsDuration())
	}
	if p.GetBackoffCoefficient() == 0 {
		p.BackoffCoefficient = 2
	}
}

// unsetAsRecorded takes the search attributes that the call unsets from the event,
// where there are as many of them.
func (c *Call) unsetAsRecorded() {
	now, ok := c.Attributes.(*historypb.UpsertWorkflowSearchAttributesEventAttributes)
	if !ok || c.unset == 0 {
		return
	}
	fields := map[string]*commonpb.Payload{}
	for name, payload := range c.Event.GetUpsertWorkflowSearchAttributesEventAttributes().GetSearchAttributes().GetIndexedFields() {
		if payload.GetData() == nil {
			fields[name] = payload
		}
	}
	if len(fields) != c.unset {
		return
	}
	maps.Copy(fields, now.GetSearchAttributes().GetIndexedFields())
	now.SearchAttributes = &commonpb.SearchAttributes{IndexedFields: fields}
	c.unset = 0
}
