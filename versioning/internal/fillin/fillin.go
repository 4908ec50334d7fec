// Package fillin makes the attributes of a command what a Temporal Service writes into the event of
// it: it fills in the timeouts, retry policies and defaults that the command leaves open, and cuts
// timeouts that are too long.
//
// The rules are those of server v1.32.1, with the defaults of its dynamic configuration:
// service/history/api/command_attr_validator.go and create_workflow_util.go,
// chasm/lib/activity/validator.go, components/nexusoperations/workflow/commands.go and
// common/retrypolicy/retry_policy.go. An operator can have set other defaults, and services of other
// years had other rules.
package fillin

import (
	"time"

	"google.golang.org/protobuf/types/known/durationpb"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// DefaultTaskTimeout is the timeout of a Workflow Task where nobody says another one.
const DefaultTaskTimeout = 10 * time.Second

const longestTaskTimeout = 120 * time.Second

// A Change is a field that the service fills in or cuts.
type Change struct {
	// Path is the JSON path of the field within the attributes, such as ".retryPolicy.initialInterval".
	Path string
	// Coded is what the command says, 0 where it leaves the field open or where the field is no
	// duration.
	Coded time.Duration
}

// Attributes writes into the attributes of an event, in an execution that began with the event
// started, what the service fills in. It returns what it has changed. Attributes of other events
// stay as they are.
func Attributes(attributes any, started *historypb.WorkflowExecutionStartedEventAttributes) []Change {
	f := &filler{started: started}
	switch a := attributes.(type) {
	case *historypb.ActivityTaskScheduledEventAttributes:
		f.activity(a)
	case *historypb.NexusOperationScheduledEventAttributes:
		f.operation(a)
	case *historypb.StartChildWorkflowExecutionInitiatedEventAttributes:
		f.child(a)
	case *historypb.WorkflowExecutionContinuedAsNewEventAttributes:
		f.continued(a)
	}
	return f.changes
}

type filler struct {
	started *historypb.WorkflowExecutionStartedEventAttributes
	changes []Change
}

func (f *filler) changed(path string) { f.changes = append(f.changes, Change{Path: path}) }

// timeout sets a timeout to what the service makes of it.
func (f *filler) timeout(coded **durationpb.Duration, path string, filled time.Duration) {
	if was := (*coded).AsDuration(); was != filled {
		f.changes = append(f.changes, Change{path, was})
	}
	*coded = durationpb.New(filled)
}

func (f *filler) activity(a *historypb.ActivityTaskScheduledEventAttributes) {
	run := f.started.GetWorkflowRunTimeout().AsDuration()
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
	f.timeout(&a.ScheduleToCloseTimeout, ".scheduleToCloseTimeout", toClose)
	f.timeout(&a.ScheduleToStartTimeout, ".scheduleToStartTimeout", toStart)
	f.timeout(&a.StartToCloseTimeout, ".startToCloseTimeout", start)
	f.timeout(&a.HeartbeatTimeout, ".heartbeatTimeout", min(heartbeat, start))
	if a.RetryPolicy == nil {
		a.RetryPolicy = &commonpb.RetryPolicy{}
	}
	f.retry(a.RetryPolicy)
}

func (f *filler) operation(a *historypb.NexusOperationScheduledEventAttributes) {
	if run := f.started.GetWorkflowRunTimeout().AsDuration(); run > 0 {
		f.timeout(&a.ScheduleToCloseTimeout, ".scheduleToCloseTimeout",
			capped(a.GetScheduleToCloseTimeout().AsDuration(), run))
	}
	toClose := a.GetScheduleToCloseTimeout().AsDuration()
	if toClose > 0 && a.GetScheduleToStartTimeout().AsDuration() > toClose {
		f.timeout(&a.ScheduleToStartTimeout, ".scheduleToStartTimeout", toClose)
	}
	if toClose > 0 && a.GetStartToCloseTimeout().AsDuration() > toClose {
		f.timeout(&a.StartToCloseTimeout, ".startToCloseTimeout", toClose)
	}
}

func (f *filler) child(a *historypb.StartChildWorkflowExecutionInitiatedEventAttributes) {
	f.timeout(&a.WorkflowRunTimeout, ".workflowRunTimeout",
		least(a.GetWorkflowRunTimeout(), a.GetWorkflowExecutionTimeout()))
	f.timeout(&a.WorkflowTaskTimeout, ".workflowTaskTimeout",
		taskTimeout(a.GetWorkflowTaskTimeout(), a.GetWorkflowRunTimeout()))
	if a.ParentClosePolicy == enumspb.PARENT_CLOSE_POLICY_UNSPECIFIED {
		a.ParentClosePolicy = enumspb.PARENT_CLOSE_POLICY_TERMINATE
		f.changed(".parentClosePolicy")
	}
	if a.WorkflowIdReusePolicy == enumspb.WORKFLOW_ID_REUSE_POLICY_UNSPECIFIED {
		a.WorkflowIdReusePolicy = enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE
		f.changed(".workflowIdReusePolicy")
	}
	if a.RetryPolicy != nil {
		f.retry(a.RetryPolicy)
	}
}

func (f *filler) continued(a *historypb.WorkflowExecutionContinuedAsNewEventAttributes) {
	ofRun, ofTask := a.GetWorkflowRunTimeout(), a.GetWorkflowTaskTimeout()
	if ofRun.AsDuration() == 0 {
		ofRun = f.started.GetWorkflowRunTimeout()
	}
	if ofTask.AsDuration() == 0 {
		ofTask = f.started.GetWorkflowTaskTimeout()
	}
	f.timeout(&a.WorkflowRunTimeout, ".workflowRunTimeout", least(ofRun, f.started.GetWorkflowExecutionTimeout()))
	f.timeout(&a.WorkflowTaskTimeout, ".workflowTaskTimeout", taskTimeout(ofTask, a.GetWorkflowRunTimeout()))
}

// Retry writes into a retry policy what the service fills in.
func Retry(p *commonpb.RetryPolicy) { new(filler).retry(p) }

func (f *filler) retry(p *commonpb.RetryPolicy) {
	if p.GetMaximumAttempts() == 0 { // no limit, unless an operator has set one
		f.changed(".retryPolicy.maximumAttempts")
	}
	if p.GetInitialInterval().AsDuration() == 0 {
		f.timeout(&p.InitialInterval, ".retryPolicy.initialInterval", time.Second)
	}
	if p.GetMaximumInterval().AsDuration() == 0 {
		f.timeout(&p.MaximumInterval, ".retryPolicy.maximumInterval", 100*p.GetInitialInterval().AsDuration())
	}
	if p.GetBackoffCoefficient() == 0 {
		p.BackoffCoefficient = 2
		f.changed(".retryPolicy.backoffCoefficient")
	}
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
		timeout = DefaultTaskTimeout
	}
	timeout = min(timeout, longestTaskTimeout)
	if r := run.AsDuration(); r > 0 {
		timeout = min(timeout, r)
	}
	return timeout
}
