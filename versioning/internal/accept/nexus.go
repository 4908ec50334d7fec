package accept

import (
	"maps"
	"strings"

	"google.golang.org/protobuf/proto"

	commandpb "go.temporal.io/api/command/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/accept/internal/valid"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/fillin"
)

// MadeUpRequestID stands for the ID that the service draws for a Nexus operation.
const MadeUpRequestID = "00000000-0000-4000-8000-000000000002"

// disallowed are the headers that an operation must not have: components/nexusoperations/config.go.
var disallowed = map[string]bool{
	"request-timeout": true, "xdc-redirection-api": true, "xdc-redirection-source-cell": true,
	"xdc-redirection": true, "caller-name": true, "caller-type": true, "call-initiation": true,
	"temporal-principal-type": true, "temporal-principal-name": true,
}

// systemEndpoint is one that the service serves itself: common/nexus/constants.go.
const systemEndpoint = "__temporal_system"

// scheduleOperation is components/nexusoperations/workflow/commands.go, HandleScheduleCommand.
func (t *taking) scheduleOperation(a *commandpb.ScheduleNexusOperationCommandAttributes) (*historypb.HistoryEvent,
	*Refusal) {
	const cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_SCHEDULE_NEXUS_OPERATION_ATTRIBUTES
	const of = "ScheduleNexusOperationCommandAttributes"
	if a == nil {
		return nil, refuse(cause, "empty "+of)
	}
	system := a.GetEndpoint() == systemEndpoint
	if system && len(a.GetNexusHeader()) > 0 {
		return nil, refuse(cause, of+".NexusHeader must be empty when using %s endpoint", systemEndpoint)
	}
	for _, name := range []struct{ field, value string }{
		{"Service", a.GetService()}, {"Operation", a.GetOperation()},
	} {
		if len(name.value) > longestServiceName {
			return nil, refuse(cause, of+".%s exceeds length limit of %d", name.field, longestServiceName)
		}
	}
	for _, timeout := range []timeout{
		{"ScheduleToCloseTimeout", a.GetScheduleToCloseTimeout()},
		{"ScheduleToStartTimeout", a.GetScheduleToStartTimeout()},
		{"StartToCloseTimeout", a.GetStartToCloseTimeout()},
	} {
		if err := valid.Duration(timeout.value); err != "" {
			return nil, refuse(cause, of+".%s is invalid: %s", timeout.name, err)
		}
	}
	if !system && proto.Size(a.GetInput()) > largestBlob {
		return nil, terminate(cause, of+".Input exceeds size limit")
	}
	header, length := make(map[string]string, len(a.GetNexusHeader())), 0
	for name, value := range a.GetNexusHeader() {
		lower := strings.ToLower(name)
		header[lower] = value
		length += len(lower) + len(value)
		if disallowed[lower] {
			return nil, refuse(cause, of+".NexusHeader contains a disallowed header key: %q", name)
		}
	}
	if length > longestHeader {
		return nil, refuse(cause, of+".NexusHeader exceeds size limit")
	}
	if len(t.pending.Operations)+len(t.timedOut()) >= mostOperations {
		return nil, refuse(enumspb.WORKFLOW_TASK_FAILED_CAUSE_PENDING_NEXUS_OPERATIONS_LIMIT_EXCEEDED,
			"workflow has reached the pending nexus operation limit of %d for this namespace", mostOperations)
	}
	scheduled := &historypb.NexusOperationScheduledEventAttributes{
		Endpoint:                     a.GetEndpoint(),
		EndpointId:                   t.endpointID(a.GetEndpoint()),
		Service:                      a.GetService(),
		Operation:                    a.GetOperation(),
		Input:                        a.GetInput(),
		ScheduleToCloseTimeout:       a.GetScheduleToCloseTimeout(),
		ScheduleToStartTimeout:       a.GetScheduleToStartTimeout(),
		StartToCloseTimeout:          a.GetStartToCloseTimeout(),
		NexusHeader:                  header,
		RequestId:                    MadeUpRequestID,
		WorkflowTaskCompletedEventId: t.completed,
	}
	fillin.Attributes(scheduled, t.started)
	return t.add(scheduled), nil
}

// endpointID is the ID that the history has for an endpoint, empty if it has none.
func (t *taking) endpointID(name string) string { return t.before.endpoints[name] }

// cancelOperation is HandleCancelCommand of that file. An operation that has ended while the Worker
// had the task can be cancelled, even twice, and one that ended before cannot.
func (t *taking) cancelOperation(a *commandpb.RequestCancelNexusOperationCommandAttributes) (
	*historypb.HistoryEvent, *Refusal) {
	const cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_NEXUS_OPERATION_ATTRIBUTES
	if a == nil {
		return nil, refuse(cause, "empty CancelNexusOperationCommandAttributes")
	}
	id := a.GetScheduledEventId()
	work, ended := t.pending.Operations[id], t.operationJustEnded(id)
	switch {
	case work == nil && !ended && t.timedOut()[id]:
		return nil, refuse(cause,
			"requested cancelation for an already complete operation with scheduled event ID of %d", id)
	case work == nil && !ended:
		return nil, refuse(cause,
			"requested cancelation for a non-existing or already completed operation with scheduled event ID of %d", id)
	case work != nil && work.CancelRequested:
		return nil, refuse(cause, "cancelation was already requested for an operation with scheduled event ID %d", id)
	}
	return t.add(&historypb.NexusOperationCancelRequestedEventAttributes{
		ScheduledEventId: id, WorkflowTaskCompletedEventId: t.completed,
	}), nil
}

// timedOut are the operations that have timed out. The service forgets all operations that end but
// these, so they count for ever: components/nexusoperations/executors.go, recordOperationTimeout,
// does not do what the definitions in events.go do.
func (t *taking) timedOut() map[int64]bool {
	ids := maps.Clone(t.before.timedOut)
	for _, e := range t.buffered {
		if a := e.GetNexusOperationTimedOutEventAttributes(); a != nil {
			ids[a.GetScheduledEventId()] = true
		}
	}
	return ids
}

func (t *taking) operationJustEnded(scheduled int64) bool {
	for _, e := range t.buffered {
		switch e.GetEventType() {
		case enumspb.EVENT_TYPE_NEXUS_OPERATION_COMPLETED, enumspb.EVENT_TYPE_NEXUS_OPERATION_FAILED,
			enumspb.EVENT_TYPE_NEXUS_OPERATION_CANCELED, enumspb.EVENT_TYPE_NEXUS_OPERATION_TIMED_OUT:
			if events.Origin(e) == scheduled {
				return true
			}
		}
	}
	return false
}
