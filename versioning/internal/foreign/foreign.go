// Package foreign recognizes histories that a Worker of another SDK than the Go SDK has executed.
package foreign

import (
	"fmt"
	"regexp"
	"strings"

	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
)

// Check reports a history that a Worker of another SDK has executed. The commands of that SDK need
// not be the commands of Go code for the same workflow, and the workflow type is registered
// elsewhere. Evidence that only such an SDK can leave decides at once. Other evidence decides if
// nothing says that the SDK was Go.
func Check(events []*historypb.HistoryEvent) error {
	passedOn := sources(events)
	var hint error
	isGo := false
	for _, e := range events {
		if sdk, by := certainly(e); sdk != "" {
			return ranOn(e, sdk, by)
		}
		isGo = isGo || saysGo(e)
		sdk, by := perhaps(e, passedOn, isGo)
		if sdk == phpSDK {
			return ranOn(e, sdk, by) // which runs on the Go SDK, and so has its marks too
		}
		if sdk != "" && hint == nil {
			hint = ranOn(e, sdk, by)
		}
	}
	if isGo {
		return nil
	}
	return hint
}

func ranOn(e *historypb.HistoryEvent, sdk, by string) error {
	if by != "" {
		by = ", " + by
	}
	return fmt.Errorf("event %d: the execution ran on the SDK %s%s; replay it with that one", e.GetEventId(), sdk, by)
}

const (
	goSDK = "temporal-go"
	// coreSDK are those that share one core, which leaves the same in the history.
	coreSDK = "of TypeScript, Python, .NET or Ruby"
	phpSDK  = "of PHP"
	javaSDK = "of Java"
)

// certainly returns the SDK that alone can have written the event, and by what it is
// told; both are empty where the event tells nothing.
func certainly(e *historypb.HistoryEvent) (sdk, by string) {
	if completed := e.GetWorkflowTaskCompletedEventAttributes(); completed != nil {
		metadata := completed.GetSdkMetadata()
		if name := metadata.GetSdkName(); name != "" && name != goSDK {
			return name, ""
		}
		if len(metadata.GetCoreUsedFlags()) > 0 {
			return coreSDK, "as its coreUsedFlags say"
		}
	}
	for _, build := range builds(e) {
		// The default of the TypeScript SDK; the others' are hashes, as Go's is.
		if strings.HasPrefix(build, "@temporalio/worker@") {
			return "of TypeScript", fmt.Sprintf("as the build ID %q says", build)
		}
	}
	if identity := workerOf(e); strings.HasPrefix(identity, "roadrunner:") {
		return phpSDK, fmt.Sprintf("as the Worker's identity %q says", identity)
	}
	if marker := e.GetMarkerRecordedEventAttributes(); marker != nil {
		return writer(marker)
	}
	return "", ""
}

// javaKeys are keys of markers, by the marker's name, that only the SDK of Java writes.
var javaKeys = map[string][]string{
	"Version": {"changeId"}, "LocalActivity": {"activityId", "meta"}, "MutableSideEffect": {"skipCount"},
}

// writer tells who wrote a marker. SDKs that share the name of one have other keys in
// it: those of Go are in its internal/internal_command_state_machine.go, those of Java
// in its io/temporal/internal/history and statemachines.
func writer(marker *historypb.MarkerRecordedEventAttributes) (sdk, by string) {
	name := marker.GetMarkerName()
	if strings.HasPrefix(name, "core_") {
		return coreSDK, fmt.Sprintf("as its marker %s says", name)
	}
	has := func(key string) bool { _, ok := marker.GetDetails()[key]; return ok }
	for _, key := range javaKeys[name] {
		if has(key) {
			return javaSDK, fmt.Sprintf("as the key %s of its marker %s says", key, name)
		}
	}
	if name == "SideEffect" && has("data") && !has("side-effect-id") {
		return javaSDK, "as its marker SideEffect without side-effect-id says"
	}
	return "", ""
}

// defaultIdentity is that of Workers of the other SDKs; Go's ends in the name of the
// Task Queue, after another @ (getWorkerIdentity in its internal/internal_utils.go).
var defaultIdentity = regexp.MustCompile(`^\d+@[^@]+$`)

// perhaps returns the SDK that probably has executed the workflow: an error can have
// been passed on as it came from an activity that runs on another SDK, and identities
// are anybody's to set. passedOn has the sources of such errors,
// and isGo is whether an event so far says that it is Go.
func perhaps(e *historypb.HistoryEvent, passedOn map[string]bool, isGo bool) (sdk, by string) {
	failure := failureOf(e)
	if source := failure.GetSource(); strings.HasSuffix(source, "SDK") && source != "GoSDK" && !passedOn[source] {
		by = fmt.Sprintf("as the source %q of its failure says", source)
		if source == "PHP_SDK" {
			return phpSDK, by
		}
		return "of " + strings.TrimRight(strings.TrimSuffix(source, "SDK"), "_"), by
	}
	if identity := workerOf(e); !isGo && defaultIdentity.MatchString(identity) {
		return "of another language",
			fmt.Sprintf("as the Worker's identity %q says, which a Go Worker does not have by default", identity)
	}
	return "", ""
}

// saysGo reports what the Go SDK leaves in histories.
func saysGo(e *historypb.HistoryEvent) bool {
	if e.GetWorkflowTaskCompletedEventAttributes().GetSdkMetadata().GetSdkName() == goSDK ||
		failureOf(e).GetSource() == "GoSDK" {
		return true
	}
	if strings.Count(workerOf(e), "@") > 1 {
		return true
	}
	details := e.GetMarkerRecordedEventAttributes().GetDetails()
	return details["change-id"] != nil || details["side-effect-id"] != nil
}

// failureOf is a failure that the Worker of the workflow itself has made, as a rule.
func failureOf(e *historypb.HistoryEvent) *failurepb.Failure {
	switch a := e.GetAttributes().(type) {
	case *historypb.HistoryEvent_WorkflowTaskFailedEventAttributes:
		return a.WorkflowTaskFailedEventAttributes.GetFailure()
	case *historypb.HistoryEvent_WorkflowExecutionFailedEventAttributes:
		return a.WorkflowExecutionFailedEventAttributes.GetFailure()
	case *historypb.HistoryEvent_WorkflowExecutionUpdateCompletedEventAttributes:
		return a.WorkflowExecutionUpdateCompletedEventAttributes.GetOutcome().GetFailure()
	case *historypb.HistoryEvent_MarkerRecordedEventAttributes:
		return a.MarkerRecordedEventAttributes.GetFailure() // of a local activity
	}
	return nil
}

// sources are those of failures that came from outside of the Worker, with their causes.
func sources(events []*historypb.HistoryEvent) map[string]bool {
	found := map[string]bool{}
	for _, e := range events {
		var failure *failurepb.Failure
		switch a := e.GetAttributes().(type) {
		case *historypb.HistoryEvent_ActivityTaskFailedEventAttributes:
			failure = a.ActivityTaskFailedEventAttributes.GetFailure()
		case *historypb.HistoryEvent_ActivityTaskTimedOutEventAttributes:
			failure = a.ActivityTaskTimedOutEventAttributes.GetFailure()
		case *historypb.HistoryEvent_ActivityTaskStartedEventAttributes:
			failure = a.ActivityTaskStartedEventAttributes.GetLastFailure()
		case *historypb.HistoryEvent_ChildWorkflowExecutionFailedEventAttributes:
			failure = a.ChildWorkflowExecutionFailedEventAttributes.GetFailure()
		case *historypb.HistoryEvent_NexusOperationFailedEventAttributes:
			failure = a.NexusOperationFailedEventAttributes.GetFailure()
		case *historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes:
			failure = a.WorkflowExecutionStartedEventAttributes.GetContinuedFailure()
		}
		for ; failure != nil; failure = failure.GetCause() {
			found[failure.GetSource()] = true
		}
	}
	return found
}

// workerOf is the identity of the Worker that took a Workflow Task. Who started,
// signalled or reset the execution can use any SDK.
func workerOf(e *historypb.HistoryEvent) string {
	if started := e.GetWorkflowTaskStartedEventAttributes(); started != nil {
		return started.GetIdentity()
	}
	return e.GetWorkflowTaskCompletedEventAttributes().GetIdentity()
}

// builds are the build IDs that the Worker of a Workflow Task told, in the fields of
// all times.
func builds(e *historypb.HistoryEvent) []string {
	if started := e.GetWorkflowTaskStartedEventAttributes(); started != nil {
		return []string{started.GetWorkerVersion().GetBuildId()}
	}
	if completed := e.GetWorkflowTaskCompletedEventAttributes(); completed != nil {
		return []string{completed.GetWorkerVersion().GetBuildId(), completed.GetBinaryChecksum(),
			completed.GetDeployment().GetBuildId(), completed.GetDeploymentVersion().GetBuildId()}
	}
	return nil
}
