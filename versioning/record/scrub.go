package record

import (
	"encoding/json"
	"slices"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// identity stands in a recording for every client and worker.
const identity = "replaymatrix"

// scrub takes out of a history what belongs to the machine and the moment and
// has no meaning for a replay: who polled (process ID and host name), which
// request it was, the service's internal task numbers and the revision numbers
// of its routing, the stack traces of failures, and the private name of a worker's
// sticky task queue. What the
// SDK lists in the order of a map is sorted. What is left differs between two
// recordings of the same execution in run IDs, times and the sizes that depend
// on them.
func scrub(h *historypb.History) {
	for _, event := range h.GetEvents() {
		event.TaskId = 0
		slices.Sort(event.GetWorkflowTaskCompletedEventAttributes().GetSdkMetadata().GetLangUsedFlags())
		scrubMessage(event.ProtoReflect())
	}
}

func scrubMessage(m protoreflect.Message) {
	if attributes, ok := m.Interface().(*commonpb.SearchAttributes); ok {
		sortChangeVersions(attributes)
	}
	m.Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		switch {
		case field.Name() == "identity":
			m.Set(field, protoreflect.ValueOfString(identity))
		case field.Name() == "request_id" || field.Name() == "attached_request_id":
			m.Clear(field)
		case field.Name() == "stack_trace":
			m.Clear(field) // it has the paths of the machine that has compiled the code
		case field.Name() == "revision_number" || field.Name() == "source_deployment_revision_number":
			m.Clear(field) // counts how often the routing of the Worker Deployment has changed
		case isStickyQueue(field, value):
			value.Message().Set(field.Message().Fields().ByName("name"), protoreflect.ValueOfString("sticky"))
		case field.IsMap():
			// Payloads, search attributes and headers are the user's data.
		case field.IsList() && field.Message() != nil:
			for i := range value.List().Len() {
				scrubMessage(value.List().Get(i).Message())
			}
		case field.Message() != nil && !field.IsList():
			scrubMessage(value.Message())
		}
		return true
	})
}

func isStickyQueue(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
	if field.Message() == nil || field.Cardinality() == protoreflect.Repeated {
		return false
	}
	queue, ok := value.Message().Interface().(*taskqueuepb.TaskQueue)
	return ok && queue.GetKind() == enumspb.TASK_QUEUE_KIND_STICKY
}

// sortChangeVersions sorts the search attribute in which the SDK lists the
// versions of a run: it does so in the order of a map (getChangeVersions in
// internal/internal_event_handlers.go), so three of them are in any order.
func sortChangeVersions(attributes *commonpb.SearchAttributes) {
	payload := attributes.GetIndexedFields()["TemporalChangeVersion"]
	var versions []string
	if json.Unmarshal(payload.GetData(), &versions) != nil {
		return
	}
	slices.Sort(versions)
	if sorted, err := json.Marshal(versions); err == nil {
		payload.Data = sorted
	}
}
