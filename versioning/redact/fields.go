package redact

import (
	"strings"

	commonpb "go.temporal.io/api/common/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
)

// classes are those of the string fields of events, by name: what people write, and who they are.
// TestEveryField fails with a field that the API has and that is not here.
var classes = classesOf(map[class]string{
	text: "message stack_trace reason cause url",
	// A principal is who the service has found the caller to be.
	identity: "identity",
	name: `accepted_request_message_id activity_id attached_request_id base_run_id binary_checksum build_id
		continued_execution_run_id control cron_schedule deployment_name endpoint endpoint_id fairness_key first_execution_run_id id
		inbound_update_id inherited_build_id job_id key marker_name name namespace namespace_id new_execution_run_id new_run_id
		new_task_queue non_retryable_error_types normal_name operation operation_id operation_token original_execution_run_id
		parent_pinned_worker_deployment_version parent_workflow_namespace parent_workflow_namespace_id pinned_version
		protocol_instance_id rejected_request_message_id request_id run_id sdk_name sdk_version series_name service
		signal_name source timer_id type update_id worker_deployment_name worker_deployment_version workflow_id`,
})

func classesOf(lists map[class]string) map[fieldName]class {
	all := map[fieldName]class{}
	for c, list := range lists {
		for field := range strings.FieldsSeq(list) {
			all[fieldName(field)] = c
		}
	}
	return all
}

// sdkTexts are messages of failures that the SDK and the service write themselves.
var sdkTexts = map[string]bool{
	"activity error": true, "child workflow execution error": true, "nexus operation completed unsuccessfully": true,
	"canceled": true, "Workflow execution canceled": true, "Encoded failure": true,
	"activity StartToClose timeout": true, "activity ScheduleToClose timeout": true,
	"activity ScheduleToStart timeout": true,
	"activity Heartbeat timeout":       true, "Workflow timed out": true,
}

// sdkSummaries are those that the SDK gives to timers that it makes itself.
var sdkSummaries = map[string]bool{"Sleep": true, "AwaitWithTimeout": true}

// failure drops stack traces: nothing reads them in a replay.
func (w *walker) failure(f *failurepb.Failure) { f.StackTrace = "" }

// own are the details of the SDK's markers that it reads itself
// (internal/internal_command_state_machine.go).
var own = map[string]map[string]bool{
	"Version":           {"change-id": true, "version": true, "version-search-attribute-updated": true},
	"SideEffect":        {"side-effect-id": true},
	"MutableSideEffect": {"side-effect-id": true, "mutable-side-effect-call-counter": true},
	"LocalActivity":     {"data": true},
}

func (w *walker) marker(m *historypb.MarkerRecordedEventAttributes) {
	w.leaf(name, m.GetMarkerName())
	for _, key := range sortedKeys(m.GetDetails()) {
		payloads := m.GetDetails()[key].GetPayloads()
		w.in(".details."+key, func() {
			for i, p := range payloads {
				// The ID of a MutableSideEffect stands before its value, which are payloads in a
				// payload.
				switch {
				case own[m.GetMarkerName()][key], m.GetMarkerName() == "MutableSideEffect" && i < len(payloads)-1:
					w.kept(p)
				case m.GetMarkerName() == "MutableSideEffect":
					w.indexed(i, p, (&commonpb.Payloads{}).ProtoReflect().Descriptor().FullName())
				default:
					w.indexed(i, p, "")
				}
			}
		})
	}
	if m.GetFailure() != nil {
		w.in(".failure", func() { w.message(m.GetFailure().ProtoReflect()) })
	}
	if m.GetHeader() != nil {
		w.in(".header", func() { w.message(m.GetHeader().ProtoReflect()) })
	}
}

// searchAttributes leaves those that the service and the SDK set.
func (w *walker) searchAttributes(a *commonpb.SearchAttributes) {
	for _, key := range sortedKeys(a.GetIndexedFields()) {
		p := a.GetIndexedFields()[key]
		w.in("."+key, func() {
			w.leaf(name, key)
			if strings.HasPrefix(key, "Temporal") || key == "BuildIds" {
				w.kept(p)
			} else {
				w.payload(p)
			}
		})
	}
}
