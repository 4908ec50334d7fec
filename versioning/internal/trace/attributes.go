package trace

import (
	"time"

	"google.golang.org/protobuf/types/known/durationpb"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// The functions here say what the event of a call would hold if this code had
// made it, before the service fills in what the code leaves open: see service.go.

// unseenField marks a field of the attributes as not to be compared.
func (c *Call) unseenField(name string) {
	if c.Unseen == nil {
		c.Unseen = map[string]bool{}
	}
	c.Unseen[name] = true
}

// input returns the arguments as they were encoded. A workflow that sets a data
// converter of its own encodes them unseen.
func (c *Call) input(h heard, args int) *commonpb.Payloads {
	switch {
	case args == 0:
		return nil
	case len(h.payloads.GetPayloads()) != args:
		c.unseenField("input")
		return nil
	}
	c.Encoded = h.Encoded
	return h.payloads
}

func (c *Call) activity(ctx workflow.Context, h heard, args int) {
	if !c.Made {
		return
	}
	options := workflow.GetActivityOptions(ctx)
	c.Attributes = &historypb.ActivityTaskScheduledEventAttributes{
		ActivityId:             c.ID,
		ActivityType:           &commonpb.ActivityType{Name: c.Name},
		TaskQueue:              taskQueue(options.TaskQueue),
		Input:                  c.input(h, args),
		ScheduleToCloseTimeout: durationpb.New(options.ScheduleToCloseTimeout),
		ScheduleToStartTimeout: durationpb.New(options.ScheduleToStartTimeout),
		StartToCloseTimeout:    durationpb.New(options.StartToCloseTimeout),
		HeartbeatTimeout:       durationpb.New(options.HeartbeatTimeout),
		RetryPolicy:            retryPolicy(options.RetryPolicy),
		Priority:               priority(options.Priority),
	}
	if workflow.GetSessionInfo(ctx) != nil {
		c.unseenField("taskQueue") // the one of the session's Worker
	}
}

func (c *Call) childWorkflow(ctx workflow.Context, info *workflow.Info, h heard, args int, memo EncodedMemo) {
	options := workflow.GetChildWorkflowOptions(ctx)
	if !c.Made {
		c.ID = options.WorkflowID // the SDK refuses one that is open, and logs nothing
		return
	}
	attributes := &historypb.StartChildWorkflowExecutionInitiatedEventAttributes{
		Namespace:                c.namespace(options.Namespace, info),
		WorkflowId:               c.ID,
		WorkflowType:             &commonpb.WorkflowType{Name: c.Name},
		TaskQueue:                taskQueue(options.TaskQueue),
		Input:                    c.input(h, args),
		WorkflowExecutionTimeout: durationpb.New(options.WorkflowExecutionTimeout),
		WorkflowRunTimeout:       durationpb.New(options.WorkflowRunTimeout),
		WorkflowTaskTimeout:      durationpb.New(options.WorkflowTaskTimeout),
		ParentClosePolicy:        options.ParentClosePolicy,
		WorkflowIdReusePolicy:    options.WorkflowIDReusePolicy,
		RetryPolicy:              retryPolicy(options.RetryPolicy),
		CronSchedule:             options.CronSchedule,
		Memo:                     c.memoAs(memo, "memo"),
		Priority:                 priority(options.Priority),
	}
	if options.TypedSearchAttributes.Size() > 0 {
		attributes.SearchAttributes = typed(options.TypedSearchAttributes)
	} else {
		attributes.SearchAttributes = untyped(options.SearchAttributes)
	}
	c.Attributes = attributes
}

func (c *Call) nexusOperation(input interceptor.ExecuteNexusOperationInput, h heard) {
	if !c.Made {
		return
	}
	c.Attributes = &historypb.NexusOperationScheduledEventAttributes{
		Endpoint:               input.Client.Endpoint(),
		Service:                input.Client.Service(),
		Operation:              c.Name,
		Input:                  one(h.payloads),
		ScheduleToCloseTimeout: durationpb.New(input.Options.ScheduleToCloseTimeout),
		ScheduleToStartTimeout: durationpb.New(input.Options.ScheduleToStartTimeout),
		StartToCloseTimeout:    durationpb.New(input.Options.StartToCloseTimeout),
	}
	if c.Encoded = h.Encoded; one(h.payloads) == nil {
		c.unseenField("input")
	}
}

func (c *Call) timer(d time.Duration) {
	if c.Made {
		c.Attributes = &historypb.TimerStartedEventAttributes{TimerId: c.ID, StartToFireTimeout: durationpb.New(d)}
	}
}

func (c *Call) signalExternal(ctx workflow.Context, info *workflow.Info, workflowID, runID string, child bool, h heard,
	future workflow.Future) {
	if future.IsReady() {
		return // with the error that kept it from being sent
	}
	c.Made = true
	c.Attributes = &historypb.SignalExternalWorkflowExecutionInitiatedEventAttributes{
		WorkflowExecution: &commonpb.WorkflowExecution{WorkflowId: workflowID, RunId: runID},
		SignalName:        c.Name,
		Input:             c.input(h, 1),
		ChildWorkflowOnly: child,
		Namespace:         c.namespace(workflow.GetChildWorkflowOptions(ctx).Namespace, info),
	}
}

func (c *Call) cancelExternal(ctx workflow.Context, info *workflow.Info, workflowID, runID string,
	future workflow.Future) {
	if future.IsReady() {
		return // with the error that kept it from being sent
	}
	c.Made = true
	c.Attributes = &historypb.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes{
		WorkflowExecution: &commonpb.WorkflowExecution{WorkflowId: workflowID, RunId: runID},
		Namespace:         c.namespace(workflow.GetChildWorkflowOptions(ctx).Namespace, info),
	}
}

// ReplayNamespace is the namespace that the SDK's replayer gives every execution
// (internal/worker.go).
const ReplayNamespace = "ReplayNamespace"

// namespace is that of another workflow. Where the code names none the service writes
// that of the execution, which is not compared where nobody knows it.
func (c *Call) namespace(coded string, info *workflow.Info) string {
	if coded == "" || coded == ReplayNamespace || coded == info.Namespace {
		coded, c.OwnNamespace = info.Namespace, true
	}
	if coded == ReplayNamespace {
		c.unseenField("namespace")
	}
	return coded
}

func (c *Call) searchAttributes(attributes *commonpb.SearchAttributes, unset int, err error) {
	if c.err = err; err == nil {
		c.Made, c.Unset = true, unset
		c.Attributes = &historypb.UpsertWorkflowSearchAttributesEventAttributes{SearchAttributes: attributes}
	}
}

func (c *Call) memo(memo EncodedMemo, err error) {
	if c.err = err; err == nil {
		c.Made = true
		c.Attributes = &historypb.WorkflowPropertiesModifiedEventAttributes{UpsertedMemo: c.memoAs(memo,
			"upsertedMemo")}
	}
}

// memoAs returns the memo for the field of that name.
func (c *Call) memoAs(memo EncodedMemo, field string) *commonpb.Memo {
	if memo.failed {
		c.unseenField(field)
	}
	c.Memo = memo
	return memo.memo
}

// typed and untyped encode search attributes as the SDK does, always with the
// default converter (internal/internal_search_attributes.go).

func typed(attributes temporal.SearchAttributes) *commonpb.SearchAttributes {
	values := map[string]any{}
	for key, value := range attributes.GetUntypedValues() {
		values[key.GetName()] = value
	}
	return untyped(values)
}

func untyped(values map[string]any) *commonpb.SearchAttributes {
	if len(values) == 0 {
		return nil
	}
	fields := map[string]*commonpb.Payload{}
	for key, value := range values {
		payload, ok := value.(*commonpb.Payload)
		if !ok {
			payload, _ = converter.GetDefaultDataConverter().ToPayload(value)
		}
		fields[key] = payload
	}
	return &commonpb.SearchAttributes{IndexedFields: fields}
}

func taskQueue(name string) *taskqueuepb.TaskQueue {
	return &taskqueuepb.TaskQueue{Name: name, Kind: enumspb.TASK_QUEUE_KIND_NORMAL}
}

func retryPolicy(p *temporal.RetryPolicy) *commonpb.RetryPolicy {
	if p == nil {
		return nil
	}
	return &commonpb.RetryPolicy{
		MaximumInterval:        durationpb.New(p.MaximumInterval),
		InitialInterval:        durationpb.New(p.InitialInterval),
		BackoffCoefficient:     p.BackoffCoefficient,
		MaximumAttempts:        p.MaximumAttempts,
		NonRetryableErrorTypes: p.NonRetryableErrorTypes,
	}
}

func priority(p temporal.Priority) *commonpb.Priority {
	if p == (temporal.Priority{}) {
		return nil
	}
	return &commonpb.Priority{PriorityKey: int32(p.PriorityKey), FairnessKey: p.FairnessKey,
		FairnessWeight: p.FairnessWeight}
}

func one(p *commonpb.Payloads) *commonpb.Payload {
	if len(p.GetPayloads()) == 1 {
		return p.GetPayloads()[0]
	}
	return nil
}
