// Package private makes the events that replays get from the recorded events. Replays may write
// into these events, because they are copies. If no Workflow Task has completed, the copies have a
// first Workflow Task that is made up. Their end is as the code has made it.
package private

import (
	"slices"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/worker"
)

// Events gives the events of a recording to replays. What one replay writes into the events, no
// other replay sees. The recording's own events do not change.
//
// The SDK writes into two kinds of events. First, it merges the search attributes and the memo that
// the code upserts into the maps of the start event. GetVersion's search attributes are among them
// (mergeSearchAttributes and mergeMemo in internal/internal_event_handlers.go). Second, a failure
// converter puts what it has decoded into the failure (DecodeCommonFailureAttributes in
// converter/failure_converter.go). So replays share one copy of the other events.
// TestReplaysTouchNothing hashes every event of every family. The user's own code may write
// anywhere, so it gets a copy of everything.
type Events struct {
	recorded []*historypb.HistoryEvent
	// copied are the recorded events once more, nil if none is at hand.
	copied []*historypb.HistoryEvent
	// written are the places of the events that a replay may write into.
	written []int
	// all is whether it may write into any of them.
	all bool
}

// Of returns the events that replays with these options get.
func Of(recorded []*historypb.HistoryEvent, opts worker.WorkflowReplayerOptions) *Events {
	p := &Events{recorded: recorded}
	p.all = opts.DataConverter != nil || opts.FailureConverter != nil || len(opts.Interceptors) > 0 ||
		len(opts.Plugins) > 0 || len(opts.ExternalStorage.Drivers) > 0
	for i, e := range recorded {
		if !p.all && (i == 0 && isMergedInto(e) || holdsEncodedFailure(e)) {
			p.written = append(p.written, i)
		}
	}
	return p
}

// isMergedInto reports whether the start event has maps that the SDK merges into: where
// it has none, the SDK makes its own.
func isMergedInto(started *historypb.HistoryEvent) bool {
	a := started.GetWorkflowExecutionStartedEventAttributes()
	return len(a.GetSearchAttributes().GetIndexedFields()) > 0 || len(a.GetMemo().GetFields()) > 0 ||
		a.GetContinuedFailure() != nil
}

// Prefix returns the first n events for one replay.
func (p *Events) Prefix(n int) *historypb.History {
	if p.all {
		return proto.CloneOf(&historypb.History{Events: p.recorded[:n]})
	}
	if p.copied == nil {
		p.copied = proto.CloneOf(&historypb.History{Events: p.recorded}).GetEvents()
	}
	events := slices.Clone(p.copied[:n])
	for _, i := range p.written {
		if i < n {
			events[i] = proto.CloneOf(p.recorded[i])
		}
	}
	return &historypb.History{Events: events}
}

// Drop forgets the copy. Use it when a goroutine may still write into the copy.
func (p *Events) Drop() { p.copied = nil }

// holdsEncodedFailure reports whether a failure in the event has attributes that a
// failure converter decodes. To look into every event would take as long as a tenth of a
// replay.
func holdsEncodedFailure(e *historypb.HistoryEvent) bool {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_FAILED, enumspb.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT,
		enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_FAILED, enumspb.EVENT_TYPE_MARKER_RECORDED,
		enumspb.EVENT_TYPE_NEXUS_OPERATION_FAILED, enumspb.EVENT_TYPE_NEXUS_OPERATION_TIMED_OUT,
		enumspb.EVENT_TYPE_NEXUS_OPERATION_CANCELED,
		enumspb.EVENT_TYPE_NEXUS_OPERATION_CANCEL_REQUEST_FAILED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_REJECTED,
		enumspb.EVENT_TYPE_WORKFLOW_TASK_FAILED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
	default:
		return false
	}
	holds := false
	e.ProtoReflect().Range(func(_ protoreflect.FieldDescriptor, attributes protoreflect.Value) bool {
		message, ok := attributes.Interface().(protoreflect.Message)
		if !ok {
			return true
		}
		message.Range(func(_ protoreflect.FieldDescriptor, v protoreflect.Value) bool {
			if inner, ok := v.Interface().(protoreflect.Message); ok {
				failure, _ := inner.Interface().(*failurepb.Failure)
				for ; failure != nil; failure = failure.GetCause() {
					holds = holds || failure.GetEncodedAttributes() != nil
				}
			}
			return !holds
		})
		return !holds
	})
	return holds
}
