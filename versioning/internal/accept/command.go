package accept

import (
	commandpb "go.temporal.io/api/command/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// known are the commands that do not close the run.
var known = map[enumspb.CommandType]bool{
	enumspb.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK:                     true,
	enumspb.COMMAND_TYPE_REQUEST_CANCEL_ACTIVITY_TASK:               true,
	enumspb.COMMAND_TYPE_START_TIMER:                                true,
	enumspb.COMMAND_TYPE_CANCEL_TIMER:                               true,
	enumspb.COMMAND_TYPE_RECORD_MARKER:                              true,
	enumspb.COMMAND_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION: true,
	enumspb.COMMAND_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION:         true,
	enumspb.COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION:             true,
	enumspb.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES:          true,
	enumspb.COMMAND_TYPE_MODIFY_WORKFLOW_PROPERTIES:                 true,
	enumspb.COMMAND_TYPE_PROTOCOL_MESSAGE:                           true,
	enumspb.COMMAND_TYPE_SCHEDULE_NEXUS_OPERATION:                   true,
	enumspb.COMMAND_TYPE_REQUEST_CANCEL_NEXUS_OPERATION:             true,
}

// command writes what one command makes: workflow_task_completed_handler.go, handleCommand.
func (t *taking) command(c *commandpb.Command, m *messages) *Refusal {
	if c.GetCommandType() == enumspb.COMMAND_TYPE_PROTOCOL_MESSAGE {
		return t.protocolMessage(c.GetProtocolMessageCommandAttributes(), m)
	}
	event, err := t.eventOf(c)
	if err != nil {
		return err
	}
	if event != nil {
		event.UserMetadata = c.GetUserMetadata()
		event.EventGroupMarkers = c.GetEventGroupMarkers()
	}
	return nil
}

func (t *taking) eventOf(c *commandpb.Command) (*historypb.HistoryEvent, *Refusal) {
	switch c.GetCommandType() {
	case enumspb.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK:
		return t.scheduleActivity(c.GetScheduleActivityTaskCommandAttributes())
	case enumspb.COMMAND_TYPE_REQUEST_CANCEL_ACTIVITY_TASK:
		return t.cancelActivity(c.GetRequestCancelActivityTaskCommandAttributes())
	case enumspb.COMMAND_TYPE_START_TIMER:
		return t.startTimer(c.GetStartTimerCommandAttributes())
	case enumspb.COMMAND_TYPE_CANCEL_TIMER:
		return t.cancelTimer(c.GetCancelTimerCommandAttributes())
	case enumspb.COMMAND_TYPE_RECORD_MARKER:
		return t.recordMarker(c.GetRecordMarkerCommandAttributes())
	case enumspb.COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION:
		return t.startChild(c.GetStartChildWorkflowExecutionCommandAttributes())
	case enumspb.COMMAND_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION:
		return t.signal(c.GetSignalExternalWorkflowExecutionCommandAttributes())
	case enumspb.COMMAND_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION:
		return t.cancelExternal(c.GetRequestCancelExternalWorkflowExecutionCommandAttributes())
	case enumspb.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES:
		return t.upsert(c.GetUpsertWorkflowSearchAttributesCommandAttributes())
	case enumspb.COMMAND_TYPE_MODIFY_WORKFLOW_PROPERTIES:
		return t.modify(c.GetModifyWorkflowPropertiesCommandAttributes())
	case enumspb.COMMAND_TYPE_SCHEDULE_NEXUS_OPERATION:
		return t.scheduleOperation(c.GetScheduleNexusOperationCommandAttributes())
	case enumspb.COMMAND_TYPE_REQUEST_CANCEL_NEXUS_OPERATION:
		return t.cancelOperation(c.GetRequestCancelNexusOperationCommandAttributes())
	case enumspb.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION:
		return t.completeWorkflow(c.GetCompleteWorkflowExecutionCommandAttributes())
	case enumspb.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION:
		return t.failWorkflow(c.GetFailWorkflowExecutionCommandAttributes())
	case enumspb.COMMAND_TYPE_CANCEL_WORKFLOW_EXECUTION:
		return t.cancelWorkflow(c.GetCancelWorkflowExecutionCommandAttributes())
	case enumspb.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION:
		return t.continueAsNew(c.GetContinueAsNewWorkflowExecutionCommandAttributes())
	}
	return nil, unanswered("unknown command type: %v", c.GetCommandType())
}

// invalidAction is createCallerError of service/history/workflow/mutable_state_impl.go, with the name
// of the action in common/log/tag/values.go.
func invalidAction(cause enumspb.WorkflowTaskFailedCause, action, details string, args ...any) *Refusal {
	return refuse(cause, "invalid history builder state for action: "+action+", "+details, args...)
}
