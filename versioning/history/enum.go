package history

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"
)

// formerNames are the values that the API has renamed, by enum and by their former name without its
// prefix. Services and tools wrote these into histories that are still around.
var formerNames = map[protoreflect.Name]map[string]string{
	"EventType": {
		"WORKFLOW_UPDATE_ACCEPTED":            "EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED",
		"WORKFLOW_UPDATE_REJECTED":            "EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_REJECTED",
		"WORKFLOW_UPDATE_COMPLETED":           "EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED",
		"WORKFLOW_EXECUTION_UPDATE_REQUESTED": "EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ADMITTED",
	},
	"ContinueAsNewInitiator": {
		"DECIDER":      "CONTINUE_AS_NEW_INITIATOR_WORKFLOW",
		"RETRY_POLICY": "CONTINUE_AS_NEW_INITIATOR_RETRY",
	},
	"StartChildWorkflowExecutionFailedCause": {
		"WORKFLOW_ALREADY_RUNNING": "START_CHILD_WORKFLOW_EXECUTION_FAILED_CAUSE_WORKFLOW_ALREADY_EXISTS",
	},
	"CancelExternalWorkflowExecutionFailedCause": {
		"UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION": "CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND",
	},
	"SignalExternalWorkflowExecutionFailedCause": {
		"UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION": "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND",
	},
}

// formerPrefixes are those that the names of all values had when the enum had another name.
var formerPrefixes = map[protoreflect.Name]string{
	"RetryState":                             "RETRY_STATUS_",
	"StartChildWorkflowExecutionFailedCause": "CHILD_WORKFLOW_EXECUTION_FAILED_CAUSE_",
}

// formerKeys are fields that the API has renamed, with the enums above. All of them are in messages
// that have no field of the former name.
var formerKeys = map[string]string{
	"workflowUpdateAcceptedEventAttributes":           "workflowExecutionUpdateAcceptedEventAttributes",
	"workflowUpdateRejectedEventAttributes":           "workflowExecutionUpdateRejectedEventAttributes",
	"workflowUpdateCompletedEventAttributes":          "workflowExecutionUpdateCompletedEventAttributes",
	"workflowExecutionUpdateRequestedEventAttributes": "workflowExecutionUpdateAdmittedEventAttributes",
	"retryStatus": "retryState",
}

// currentName returns the name that the API has for the value now, of a former one, or of one that
// is written without the prefix of its enum or in another case: TIMER_FIRED, timer_fired. It is
// empty where there is none.
func currentName(enum protoreflect.EnumDescriptor, value string) string {
	prefix := prefixOf(enum)
	short := strings.ToUpper(value)
	for _, p := range []string{prefix, formerPrefixes[enum.Name()]} {
		if p != "" {
			short = strings.TrimPrefix(short, p)
		}
	}
	short = strings.ReplaceAll(short, "_", "")
	for i := range enum.Values().Len() {
		name := string(enum.Values().Get(i).Name())
		if strings.ReplaceAll(strings.TrimPrefix(name, prefix), "_", "") == short {
			return name
		}
	}
	for former, name := range formerNames[enum.Name()] {
		if strings.ReplaceAll(former, "_", "") == short {
			return name
		}
	}
	return ""
}

// prefixOf is what the names of all values of the enum begin with: EVENT_TYPE_.
func prefixOf(enum protoreflect.EnumDescriptor) string {
	// The first value is PREFIX_UNSPECIFIED in all enums of the API.
	return strings.TrimSuffix(string(enum.Values().Get(0).Name()), "UNSPECIFIED")
}

// unread are fields that no replay reads, by their place: neither the SDK when it replays, nor
// workflow code through it, nor what this module compares. A place ends where all below it is
// unread.
var unread = [][]string{
	// Attempts that did not complete: the SDK passes over them.
	{"workflowTaskFailedEventAttributes"},
	{"workflowTaskTimedOutEventAttributes"},
	{"activityTaskStartedEventAttributes", "lastFailure"},
	// What became of the whole execution, which its own code never sees.
	{"workflowExecutionFailedEventAttributes", "retryState"},
	{"workflowExecutionTimedOutEventAttributes", "retryState"},
	{"workflowExecutionStartedEventAttributes", "initiator"},
	{"workflowExecutionUpdateAdmittedEventAttributes", "origin"},
	// Where Worker Versioning sends another execution, which is not looked at.
	{"workflowExecutionStartedEventAttributes", "inheritedAutoUpgradeInfo"},
	{"workflowExecutionContinuedAsNewEventAttributes", "initialVersioningBehavior"},
	{"startChildWorkflowExecutionInitiatedEventAttributes", "versioningOverride"},
}

// isUnread reports whether no replay reads what is at the place. Links, and the kind of a Task
// Queue, are unread wherever they are.
func isUnread(place []string) bool {
	if slices.Contains(place, "links") || len(place) > 1 && place[len(place)-2] == "taskQueue" &&
		place[len(place)-1] == "kind" {
		return true
	}
	return slices.ContainsFunc(unread, func(beginning []string) bool {
		return len(place) >= len(beginning) && slices.Equal(place[:len(beginning)], beginning)
	})
}
