package accept_test

import (
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/anypb"

	commandpb "go.temporal.io/api/command/v1"
	deploymentpb "go.temporal.io/api/deployment/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	protocolpb "go.temporal.io/api/protocol/v1"
	updatepb "go.temporal.io/api/update/v1"
	"go.temporal.io/api/workflowservice/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// commands are those that make an event, as they are named in the API.
var commands = map[enumspb.EventType]string{
	enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:                              "schedule_activity_task",
	enumspb.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED:                       "request_cancel_activity_task",
	enumspb.EVENT_TYPE_TIMER_STARTED:                                        "start_timer",
	enumspb.EVENT_TYPE_TIMER_CANCELED:                                       "cancel_timer",
	enumspb.EVENT_TYPE_MARKER_RECORDED:                                      "record_marker",
	enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED:             "start_child_workflow_execution",
	enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED:         "signal_external_workflow_execution",
	enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED: "request_cancel_external_workflow_execution",
	enumspb.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES:                    "upsert_workflow_search_attributes",
	enumspb.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED:                         "modify_workflow_properties",
	enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED:                            "schedule_nexus_operation",
	enumspb.EVENT_TYPE_NEXUS_OPERATION_CANCEL_REQUESTED:                     "request_cancel_nexus_operation",
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:                         "complete_workflow_execution",
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED:                            "fail_workflow_execution",
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED:                          "cancel_workflow_execution",
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:                  "continue_as_new_workflow_execution",
}

// answerOf is the answer that makes the events, the first of which is WorkflowTaskCompleted.
func answerOf(written []*historypb.HistoryEvent) *workflowservice.RespondWorkflowTaskCompletedRequest {
	completed := written[0].GetWorkflowTaskCompletedEventAttributes()
	answer := &workflowservice.RespondWorkflowTaskCompletedRequest{
		Identity: completed.GetIdentity(), BinaryChecksum: completed.GetBinaryChecksum(),
		SdkMetadata: completed.GetSdkMetadata(), MeteringMetadata: completed.GetMeteringMetadata(),
		WorkerVersionStamp: completed.GetWorkerVersion(), VersioningBehavior: completed.GetVersioningBehavior(),
	}
	if v := completed.GetDeploymentVersion(); v != nil {
		answer.DeploymentOptions = &deploymentpb.WorkerDeploymentOptions{
			DeploymentName: v.GetDeploymentName(), BuildId: v.GetBuildId(),
			WorkerVersioningMode: enumspb.WORKER_VERSIONING_MODE_VERSIONED,
		}
	}
	for _, e := range written[1:] {
		switch {
		case e.GetWorkflowExecutionUpdateAcceptedEventAttributes() != nil:
			a := e.GetWorkflowExecutionUpdateAcceptedEventAttributes()
			say(answer, a.GetProtocolInstanceId(), "/accept", &updatepb.Acceptance{
				AcceptedRequestMessageId:         a.GetAcceptedRequestMessageId(),
				AcceptedRequestSequencingEventId: a.GetAcceptedRequestSequencingEventId(),
				AcceptedRequest:                  a.GetAcceptedRequest(),
			})
		case e.GetWorkflowExecutionUpdateCompletedEventAttributes() != nil:
			a := e.GetWorkflowExecutionUpdateCompletedEventAttributes()
			say(answer, a.GetMeta().GetUpdateId(), "/complete", &updatepb.Response{
				Meta: a.GetMeta(), Outcome: a.GetOutcome(),
			})
		default:
			answer.Commands = append(answer.Commands, commandOf(e))
		}
	}
	return answer
}

// say adds a message, with the command that puts it in its place.
func say(answer *workflowservice.RespondWorkflowTaskCompletedRequest, id, suffix string, body proto.Message) {
	message := &protocolpb.Message{Id: id + suffix, ProtocolInstanceId: id}
	message.Body, _ = anypb.New(body)
	answer.Messages = append(answer.Messages, message)
	named := &commandpb.ProtocolMessageCommandAttributes{MessageId: id + suffix}
	answer.Commands = append(answer.Commands, command(named))
}

// commandOf is the command that makes the event: its attributes have fields of the same names.
func commandOf(e *historypb.HistoryEvent) *commandpb.Command {
	name := commands[e.GetEventType()]
	c := &commandpb.Command{UserMetadata: e.GetUserMetadata(), EventGroupMarkers: e.GetEventGroupMarkers()}
	field := c.ProtoReflect().Descriptor().Fields().ByTextName(name + "_command_attributes")
	from, to := events.Attributes(e), c.ProtoReflect().Mutable(field).Message()
	fields := to.Descriptor().Fields()
	for i := range fields.Len() {
		field := from.Descriptor().Fields().ByName(fields.Get(i).Name())
		if field != nil && from.Has(field) {
			to.Set(fields.Get(i), from.Get(field))
		}
	}
	if a := c.GetSignalExternalWorkflowExecutionCommandAttributes(); a != nil {
		a.Execution = e.GetSignalExternalWorkflowExecutionInitiatedEventAttributes().GetWorkflowExecution()
	}
	if a := c.GetRequestCancelExternalWorkflowExecutionCommandAttributes(); a != nil {
		execution := e.GetRequestCancelExternalWorkflowExecutionInitiatedEventAttributes().GetWorkflowExecution()
		a.WorkflowId, a.RunId = execution.GetWorkflowId(), execution.GetRunId()
	}
	c.CommandType = enumspb.CommandType(enumspb.CommandType_value["COMMAND_TYPE_"+strings.ToUpper(name)])
	return c
}

// command has the type and the field that its attributes belong to.
func command(attributes proto.Message) *commandpb.Command {
	c := &commandpb.Command{}
	fields := c.ProtoReflect().Descriptor().Oneofs().ByName("attributes").Fields()
	for i := range fields.Len() {
		if fields.Get(i).Message() == attributes.ProtoReflect().Descriptor() {
			c.ProtoReflect().Set(fields.Get(i), protoreflect.ValueOfMessage(attributes.ProtoReflect()))
			name := strings.ToUpper(strings.TrimSuffix(string(fields.Get(i).Name()), "_command_attributes"))
			c.CommandType = enumspb.CommandType(enumspb.CommandType_value["COMMAND_TYPE_"+name])
		}
	}
	return c
}
