package accept

import (
	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/accept/internal/valid"
	"github.com/replaymatrix/replaymatrix/versioning/internal/pending"
)

// A State is what the service knows of an execution between two answers. It takes the answers of one
// execution one after the other, each with a history that goes on from the one before, so that all of
// them together look at each event once. With another history it begins anew. The zero value is ready.
type State struct {
	// seen is the number of events that are in here, and last the last one of them.
	seen int
	last *historypb.HistoryEvent

	pending *pending.Pending
	// attributes and memo are as the execution has them.
	attributes, memo map[string]*commonpb.Payload
	// namespaces and endpoints are the IDs that the history has for their names.
	namespaces, endpoints map[string]string
	// timedOut are the operations that have timed out.
	timedOut map[int64]bool
	// versioned is whether a Worker of an older kind of Worker Versioning has had a task.
	versioned bool
}

// goOn takes in what the history has after what was seen.
func (s *State) goOn(history []*historypb.HistoryEvent) {
	if s.pending == nil || len(history) < s.seen || s.seen > 0 && history[s.seen-1] != s.last {
		*s = State{pending: pending.At(nil), namespaces: map[string]string{}, endpoints: map[string]string{},
			timedOut: map[int64]bool{}}
	}
	for _, e := range history[s.seen:] {
		s.pending.Apply(e)
		s.apply(e)
		s.last = e
	}
	s.seen = len(history)
}

func (s *State) apply(e *historypb.HistoryEvent) {
	switch a := e.GetAttributes().(type) {
	case *historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes:
		of := a.WorkflowExecutionStartedEventAttributes
		s.attributes, s.memo = of.GetSearchAttributes().GetIndexedFields(), of.GetMemo().GetFields()
	case *historypb.HistoryEvent_UpsertWorkflowSearchAttributesEventAttributes:
		of := a.UpsertWorkflowSearchAttributesEventAttributes
		s.attributes = valid.Merged(s.attributes, of.GetSearchAttributes().GetIndexedFields())
	case *historypb.HistoryEvent_WorkflowPropertiesModifiedEventAttributes:
		of := a.WorkflowPropertiesModifiedEventAttributes
		s.memo = valid.Merged(s.memo, of.GetUpsertedMemo().GetFields())
	case *historypb.HistoryEvent_StartChildWorkflowExecutionInitiatedEventAttributes:
		of := a.StartChildWorkflowExecutionInitiatedEventAttributes
		s.namespaces[of.GetNamespace()] = of.GetNamespaceId()
	case *historypb.HistoryEvent_SignalExternalWorkflowExecutionInitiatedEventAttributes:
		of := a.SignalExternalWorkflowExecutionInitiatedEventAttributes
		s.namespaces[of.GetNamespace()] = of.GetNamespaceId()
	case *historypb.HistoryEvent_RequestCancelExternalWorkflowExecutionInitiatedEventAttributes:
		of := a.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes
		s.namespaces[of.GetNamespace()] = of.GetNamespaceId()
	case *historypb.HistoryEvent_NexusOperationScheduledEventAttributes:
		of := a.NexusOperationScheduledEventAttributes
		if _, ok := s.endpoints[of.GetEndpoint()]; !ok {
			s.endpoints[of.GetEndpoint()] = of.GetEndpointId()
		}
	case *historypb.HistoryEvent_NexusOperationTimedOutEventAttributes:
		s.timedOut[a.NexusOperationTimedOutEventAttributes.GetScheduledEventId()] = true
	case *historypb.HistoryEvent_WorkflowTaskStartedEventAttributes:
		of := a.WorkflowTaskStartedEventAttributes
		s.versioned = s.versioned || of.GetWorkerVersion().GetUseVersioning() //nolint:staticcheck // older
	}
}
