package compare

import (
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	historypb "go.temporal.io/api/history/v1"
)

// field is a field of an event's attributes that is compared, from a level on.
type field struct {
	descriptor protoreflect.FieldDescriptor
	level      Level
}

// compared are the fields that workflow code decides. The others are the
// service's, or, like headers and summaries, not what the code does: a tracing
// header is another one in every execution.
var compared = fieldsOf(
	fields{&historypb.ActivityTaskScheduledEventAttributes{},
		"activity_id activity_type task_queue schedule_to_close_timeout schedule_to_start_timeout " +
			"start_to_close_timeout heartbeat_timeout retry_policy priority", "input"},
	fields{&historypb.StartChildWorkflowExecutionInitiatedEventAttributes{},
		"namespace workflow_id workflow_type task_queue workflow_execution_timeout workflow_run_timeout " +
			"workflow_task_timeout parent_close_policy workflow_id_reuse_policy retry_policy cron_schedule priority",
		"input memo search_attributes"},
	fields{&historypb.NexusOperationScheduledEventAttributes{},
		"endpoint service operation schedule_to_close_timeout schedule_to_start_timeout start_to_close_timeout",
		"input"},
	fields{&historypb.TimerStartedEventAttributes{}, "timer_id", "start_to_fire_timeout"},
	fields{&historypb.SignalExternalWorkflowExecutionInitiatedEventAttributes{},
		"namespace workflow_execution signal_name child_workflow_only", "input"},
	fields{&historypb.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes{},
		"namespace workflow_execution child_workflow_only", ""},
	fields{&historypb.UpsertWorkflowSearchAttributesEventAttributes{}, "", "search_attributes"},
	fields{&historypb.WorkflowPropertiesModifiedEventAttributes{}, "", "upserted_memo"},
	fields{&historypb.WorkflowExecutionUpdateCompletedEventAttributes{}, "", "outcome"},
	fields{&historypb.WorkflowExecutionCompletedEventAttributes{}, "", "result"},
	fields{&historypb.WorkflowExecutionFailedEventAttributes{}, "", "failure"},
	fields{&historypb.WorkflowExecutionCanceledEventAttributes{}, "", "details"},
	fields{&historypb.WorkflowExecutionContinuedAsNewEventAttributes{},
		"workflow_type task_queue workflow_run_timeout workflow_task_timeout", "input"},
)

type fields struct {
	attributes    proto.Message
	shape, values string
}

func fieldsOf(all ...fields) map[protoreflect.FullName][]field {
	result := map[protoreflect.FullName][]field{}
	for _, f := range all {
		message := f.attributes.ProtoReflect().Descriptor()
		list := []field{}
		for name := range strings.FieldsSeq(f.shape) {
			list = append(list, field{message.Fields().ByName(protoreflect.Name(name)), Shape})
		}
		for name := range strings.FieldsSeq(f.values) {
			list = append(list, field{message.Fields().ByName(protoreflect.Name(name)), Values})
		}
		result[message.FullName()] = list
	}
	return result
}
