package compare

import (
	"maps"
	"time"

	"google.golang.org/protobuf/types/known/durationpb"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// The service fills in what a command leaves open before it writes the event.
// The rules are those of server v1.32.1, with the defaults of its dynamic
// configuration: service/history/api/command_attr_validator.go and
// create_workflow_util.go, chasm/lib/activity/validator.go,
// components/nexusoperations/workflow/commands.go and
// common/retrypolicy/retry_policy.go. For what services of other years wrote see
// open.go.

// fillIn makes the attributes what the service would write in an execution that
// began with the event, and notes what it changes.
func (c *Call) fillIn(started *historypb.WorkflowExecutionStartedEventAttributes) {
	if c.filledIn {
		return
	}
	c.filledIn = true
	run := started.GetWorkflowRunTimeout().AsDuration()
	switch a := c.Attributes.(type) {
	case *historypb.ActivityTaskScheduledEventAttributes:
		c.activityTimeouts(a, run)
		if a.RetryPolicy == nil {
			a.RetryPolicy = &commonpb.RetryPolicy{}
		}
		c.retryDefaults(a.RetryPolicy)
	case *historypb.NexusOperationScheduledEventAttributes:
		if run > 0 {
			c.timeout(&a.ScheduleToCloseTimeout, ".scheduleToCloseTimeout",
				capped(a.GetScheduleToCloseTimeout().AsDuration(), run))
		}
	case *historypb.StartChildWorkflowExecutionInitiatedEventAttributes:
		c.timeout(&a.WorkflowRunTimeout, ".workflowRunTimeout",
			least(a.GetWorkflowRunTimeout(), a.GetWorkflowExecutionTimeout()))
		c.timeout(&a.WorkflowTaskTimeout, ".workflowTaskTimeout",
			taskTimeout(a.GetWorkflowTaskTimeout(), a.GetWorkflowRunTimeout()))
		if a.ParentClosePolicy == enumspb.PARENT_CLOSE_POLICY_UNSPECIFIED {
			a.ParentClosePolicy = enumspb.PARENT_CLOSE_POLICY_TERMINATE
			c.completions = append(c.completions, completion{path: ".parentClosePolicy"})
		}
		if a.WorkflowIdReusePolicy == enumspb.WORKFLOW_ID_REUSE_POLICY_UNSPECIFIED {
			a.WorkflowIdReusePolicy = enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE
			c.completions = append(c.completions, completion{path: ".workflowIdReusePolicy"})
		}
		if a.RetryPolicy != nil {
			c.retryDefaults(a.RetryPolicy)
		}
	case *historypb.WorkflowExecutionContinuedAsNewEventAttributes:
		ofRun, ofTask := a.GetWorkflowRunTimeout(), a.GetWorkflowTaskTimeout()
		if ofRun.AsDuration() == 0 {
			ofRun = started.GetWorkflowRunTimeout()
		}
		if ofTask.AsDuration() == 0 {
			ofTask = started.GetWorkflowTaskTimeout()
		}
		c.timeout(&a.WorkflowRunTimeout, ".workflowRunTimeout", least(ofRun, started.GetWorkflowExecutionTimeout()))
		c.timeout(&a.WorkflowTaskTimeout, ".workflowTaskTimeout", taskTimeout(ofTask, a.GetWorkflowRunTimeout()))
	}
}

// timeout sets a timeout to what the service makes of it.
func (c *Call) timeout(coded **durationpb.Duration, path string, filled time.Duration) {
	c.completed(path, (*coded).AsDuration(), filled)
	*coded = durationpb.New(filled)
}

func (c *Call) activityTimeouts(a *historypb.ActivityTaskScheduledEventAttributes, run time.Duration) {
	toClose, toStart, start, heartbeat := a.GetScheduleToCloseTimeout().AsDuration(),
		a.GetScheduleToStartTimeout().AsDuration(),
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
	c.timeout(&a.ScheduleToCloseTimeout, ".scheduleToCloseTimeout", toClose)
	c.timeout(&a.ScheduleToStartTimeout, ".scheduleToStartTimeout", toStart)
	c.timeout(&a.StartToCloseTimeout, ".startToCloseTimeout", start)
	c.timeout(&a.HeartbeatTimeout, ".heartbeatTimeout", min(heartbeat, start))
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

func taskTimeout(task, run *durationpb.Duration) time.Duration {
	timeout := task.AsDuration()
	if timeout == 0 {
		timeout = defaultTaskTimeout
	}
	timeout = min(timeout, longestTaskTimeout)
	if r := run.AsDuration(); r > 0 {
		timeout = min(timeout, r)
	}
	return timeout
}

func (c *Call) retryDefaults(p *commonpb.RetryPolicy) {
	if p.GetMaximumAttempts() == 0 { // no limit, unless an operator has set one
		c.completions = append(c.completions, completion{path: ".retryPolicy.maximumAttempts"})
	}
	if p.GetInitialInterval().AsDuration() == 0 {
		c.timeout(&p.InitialInterval, ".retryPolicy.initialInterval", time.Second)
	}
	if p.GetMaximumInterval().AsDuration() == 0 {
		c.timeout(&p.MaximumInterval, ".retryPolicy.maximumInterval", 100*p.GetInitialInterval().AsDuration())
	}
	if p.GetBackoffCoefficient() == 0 {
		p.BackoffCoefficient = 2
		c.completions = append(c.completions, completion{path: ".retryPolicy.backoffCoefficient"})
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
