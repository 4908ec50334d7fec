package accept

import (
	"google.golang.org/protobuf/proto"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// The limits are the defaults of common/dynamicconfig/constants.go, and for Nexus of
// components/nexusoperations/config.go.
const (
	largestBlob         = 2 * 1024 * 1024 // limit.blobSize.error
	largestMemo         = 2 * 1024 * 1024 // limit.memoSize.error
	mostPending         = 2000            // limit.numPending….error
	mostOperations      = 30              // component.nexusoperations.limit.operation.concurrency
	longestHeader       = 8192            // component.nexusoperations.limit.header.size
	longestServiceName  = 1000            // component.nexusoperations.limit.service.name.length
	mostEvents          = 50 * 1024       // limit.historyCount.error
	mostAttributes      = 100             // frontend.searchAttributesNumberOfKeysLimit
	largestAttribute    = 2 * 1024        // frontend.searchAttributesSizeOfValueLimit
	largestOfAttributes = 40 * 1024       // frontend.searchAttributesTotalSizeLimit
)

// blob refuses data that is too large: workflow_size_checker.go, checkIfPayloadSizeExceedsLimit.
func blob(cause enumspb.WorkflowTaskFailedCause, size int, text string) *Refusal {
	if size > largestBlob {
		return terminate(cause, "%s", text)
	}
	return nil
}

// memo is checkIfMemoSizeExceedsLimit.
func memo(cause enumspb.WorkflowTaskFailedCause, m *commonpb.Memo, text string) *Refusal {
	if proto.Size(m) > largestMemo {
		return terminate(cause, "%s", text)
	}
	return nil
}

// room is checkCountConstraint.
func room(cause enumspb.WorkflowTaskFailedCause, pending int, what string) *Refusal {
	if pending < mostPending {
		return nil
	}
	return refuse(cause, "the number of %s, %d, has reached the per-workflow limit of %d", what, pending, mostPending)
}

// sizeOf is payloadsMapSize of workflow_task_completed_handler.go.
func sizeOf(fields map[string]*commonpb.Payload) int {
	size := 0
	for name, payload := range fields {
		size += len(name) + len(payload.GetData())
	}
	return size
}

// tooLong reports whether the history has too many events with the next Workflow Task:
// service/history/workflow/context.go, maxHistoryCountExceeded.
func (t *taking) tooLong(nextTask bool) bool {
	last := t.nextID() - 1
	if nextTask {
		last++
		if t.answer.GetReturnNewWorkflowTask() { // it begins at once
			last++
		}
	}
	return last > mostEvents
}

// forceClose is what becomes of a run whose history is too long: context.go, forceTerminateWorkflow,
// and util.go, TerminateWorkflow. Nothing stays of the answer.
func (t *taking) forceClose() Outcome {
	t.restart()
	if t.attempt <= 1 {
		t.fail(&historypb.WorkflowTaskFailedEventAttributes{
			Cause: enumspb.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND, Identity: identityOfService,
		})
	}
	t.flush()
	const text = "Workflow history count exceeds limit."
	t.terminate(text)
	return Outcome{
		Events: t.events, Status: enumspb.WORKFLOW_EXECUTION_STATUS_TERMINATED, Discarded: t.attempt > 1,
		Refused: &Refusal{Cause: enumspb.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND, Message: text, Command: -1,
			Terminates: true},
	}
}
