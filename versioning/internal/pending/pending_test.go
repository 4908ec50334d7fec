package pending_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/temporalproto"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/pending"
)

// TestAt says event by event what begins and what ends.
func TestAt(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, why, events, want string }{
		{"activity", "it waits for a Worker",
			`{"eventId": 5, "eventType": "ActivityTaskScheduled",
			  "activityTaskScheduledEventAttributes": {"activityId": "a"}}`,
			"activity 5"},
		{"activity that began", "the event comes with its end, or where it is not tried again",
			`{"eventId": 5, "eventType": "ActivityTaskScheduled",
			  "activityTaskScheduledEventAttributes": {"activityId": "a"}},
			 {"eventId": 6, "eventType": "ActivityTaskStarted", "activityTaskStartedEventAttributes": {"scheduledEventId": 5}},
			 {"eventId": 7, "eventType": "ActivityTaskCancelRequested", 
			  "activityTaskCancelRequestedEventAttributes": {"scheduledEventId": 5}}`,
			"activity 5 started cancelled"},
		{"activity that ended", "nothing is left",
			`{"eventId": 5, "eventType": "ActivityTaskScheduled",
			  "activityTaskScheduledEventAttributes": {"activityId": "a"}},
			 {"eventId": 6, "eventType": "ActivityTaskTimedOut",
			  "activityTaskTimedOutEventAttributes": {"scheduledEventId": 5}}`,
			""},
		{"timer used twice", "the ID is that of the second",
			`{"eventId": 5, "eventType": "TimerStarted", "timerStartedEventAttributes": {"timerId": "t"}},
			 {"eventId": 6, "eventType": "TimerFired", "timerFiredEventAttributes": {"timerId": "t", "startedEventId": 5}},
			 {"eventId": 7, "eventType": "TimerStarted", "timerStartedEventAttributes": {"timerId": "t"}}`,
			"timer 7 started"},
		{"timer that is cancelled", "nothing is left",
			`{"eventId": 5, "eventType": "TimerStarted", "timerStartedEventAttributes": {"timerId": "t"}},
			 {"eventId": 6, "eventType": "TimerCanceled",
			  "timerCanceledEventAttributes": {"timerId": "t", "startedEventId": 5}}`,
			""},
		{"child", "asked for its cancellation",
			`{"eventId": 5, "eventType": "StartChildWorkflowExecutionInitiated",
			  "startChildWorkflowExecutionInitiatedEventAttributes": {"workflowId": "c"}},
			 {"eventId": 6, "eventType": "ChildWorkflowExecutionStarted",
			  "childWorkflowExecutionStartedEventAttributes": {"initiatedEventId": 5}},
			 {"eventId": 7, "eventType": "RequestCancelExternalWorkflowExecutionInitiated",
			  "requestCancelExternalWorkflowExecutionInitiatedEventAttributes":
			  {"workflowExecution": {"workflowId": "c"}, "childWorkflowOnly": true}}`,
			"cancel 7, child 5 started cancelled"},
		{"child that does not start", "its ID is in use",
			`{"eventId": 5, "eventType": "StartChildWorkflowExecutionInitiated",
			  "startChildWorkflowExecutionInitiatedEventAttributes": {"workflowId": "c"}},
			 {"eventId": 6, "eventType": "StartChildWorkflowExecutionFailed",
			  "startChildWorkflowExecutionFailedEventAttributes": {"initiatedEventId": 5}}`,
			""},
		{"signal", "its target has not got it",
			`{"eventId": 5, "eventType": "SignalExternalWorkflowExecutionInitiated",
			  "signalExternalWorkflowExecutionInitiatedEventAttributes": {"signalName": "s"}}`,
			"signal 5"},
		{"signal that fails", "there is no target",
			`{"eventId": 5, "eventType": "SignalExternalWorkflowExecutionInitiated",
			  "signalExternalWorkflowExecutionInitiatedEventAttributes": {"signalName": "s"}},
			 {"eventId": 6, "eventType": "SignalExternalWorkflowExecutionFailed",
			  "signalExternalWorkflowExecutionFailedEventAttributes": {"initiatedEventId": 5}}`,
			""},
		{"operation", "started, and asked for its cancellation",
			`{"eventId": 5, "eventType": "NexusOperationScheduled",
			  "nexusOperationScheduledEventAttributes": {"operation": "o"}},
			 {"eventId": 6, "eventType": "NexusOperationStarted",
			  "nexusOperationStartedEventAttributes": {"scheduledEventId": 5}},
			 {"eventId": 7, "eventType": "NexusOperationCancelRequested",
			  "nexusOperationCancelRequestedEventAttributes": {"scheduledEventId": 5}}`,
			"operation 5 started cancelled"},
		{"operation that ended", "nothing is left",
			`{"eventId": 5, "eventType": "NexusOperationScheduled",
			  "nexusOperationScheduledEventAttributes": {"operation": "o"}},
			 {"eventId": 6, "eventType": "NexusOperationCanceled",
			  "nexusOperationCanceledEventAttributes": {"scheduledEventId": 5}}`,
			""},
		{"update", "accepted and not completed",
			`{"eventId": 5, "eventType": "WorkflowExecutionUpdateAdmitted",
			  "workflowExecutionUpdateAdmittedEventAttributes": {"request": {"meta": {"updateId": "u"}}}},
			 {"eventId": 6, "eventType": "WorkflowExecutionUpdateAdmitted",
			  "workflowExecutionUpdateAdmittedEventAttributes": {"request": {"meta": {"updateId": "v"}}}},
			 {"eventId": 7, "eventType": "WorkflowExecutionUpdateAccepted",
			  "workflowExecutionUpdateAcceptedEventAttributes": {"protocolInstanceId": "u"}}`,
			"admitted 6, update 7 started"},
		{"update that is completed", "nothing is left",
			`{"eventId": 7, "eventType": "WorkflowExecutionUpdateAccepted",
			  "workflowExecutionUpdateAcceptedEventAttributes": {"protocolInstanceId": "u"}},
			 {"eventId": 8, "eventType": "WorkflowExecutionUpdateCompleted",
			  "workflowExecutionUpdateCompletedEventAttributes": {"meta": {"updateId": "u"}, "acceptedEventId": 7}}`,
			""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := pending.At(parsed(t, tt.events))
			require.Equal(t, tt.want, text(p), tt.why)
			empty := tt.want == "" || strings.HasPrefix(tt.want, "admitted")
			require.Equal(t, empty, p.Empty(), "an update does not come by itself")
		})
	}
}

// TestActivity finds a pending activity by its ID.
func TestActivity(t *testing.T) {
	t.Parallel()
	p := pending.At(parsed(t, `
		{"eventId": 5, "eventType": "ActivityTaskScheduled",
			  "activityTaskScheduledEventAttributes": {"activityId": "a"}},
		{"eventId": 6, "eventType": "ActivityTaskScheduled",
			  "activityTaskScheduledEventAttributes": {"activityId": "b"}},
		{"eventId": 7, "eventType": "ActivityTaskCompleted",
			  "activityTaskCompletedEventAttributes": {"scheduledEventId": 5}}`))
	require.Nil(t, p.Activity("a"), "it has ended")
	require.Equal(t, int64(6), p.Activity("b").Event.GetEventId())
}

// TestClone applies events to a clone: what it was cloned from stays as it is.
func TestClone(t *testing.T) {
	t.Parallel()
	list := parsed(t, `
		{"eventId": 5, "eventType": "ActivityTaskScheduled",
			  "activityTaskScheduledEventAttributes": {"activityId": "a"}},
		{"eventId": 6, "eventType": "WorkflowExecutionUpdateAccepted",
			  "workflowExecutionUpdateAcceptedEventAttributes": {"protocolInstanceId": "u"}},
		{"eventId": 7, "eventType": "WorkflowExecutionUpdateCompleted",
			  "workflowExecutionUpdateCompletedEventAttributes": {"meta": {"updateId": "u"}, "acceptedEventId": 6}},
		{"eventId": 8, "eventType": "WorkflowExecutionUpdateAccepted",
			  "workflowExecutionUpdateAcceptedEventAttributes": {"protocolInstanceId": "v"}},
		{"eventId": 9, "eventType": "ActivityTaskStarted", "activityTaskStartedEventAttributes": {"scheduledEventId": 5}},
		{"eventId": 10, "eventType": "WorkflowExecutionUpdateCompleted",
			  "workflowExecutionUpdateCompletedEventAttributes": {"meta": {"updateId": "v"}, "acceptedEventId": 8}},
		{"eventId": 11, "eventType": "TimerStarted", "timerStartedEventAttributes": {"timerId": "t"}}`)
	p := pending.At(list[:4])
	clone := p.Clone()
	for _, e := range list[4:] {
		clone.Apply(e)
	}
	require.Equal(t, "activity 5, update 8 started", text(p))
	require.True(t, p.IsCompleted("u"))
	require.False(t, p.IsCompleted("v"), "the clone has completed it")
	require.Equal(t, "activity 5 started, timer 11 started", text(clone))
	require.True(t, clone.IsCompleted("u"), "it was completed before")
	require.True(t, clone.IsCompleted("v"))
}

// TestRecordings holds what is pending at every event of the recordings against what has begun there
// and is ended by no event up to it.
func TestRecordings(t *testing.T) {
	t.Parallel()
	from, count := os.DirFS("../../.."), 0
	for _, dir := range []string{"histories", "testdata/histories"} {
		require.NoError(t, fs.WalkDir(from, dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".json") || path.Base(name) == "live.json" {
				return err
			}
			r, err := history.ReadFile(from, name)
			require.NoError(t, err)
			p, all := pending.At(nil), r.History.GetEvents()
			for i, e := range all {
				p.Apply(e)
				require.Empty(t, cmp.Diff(begun(all[:i+1]), ids(p)), "%s: event %d", name, e.GetEventId())
			}
			count++
			return nil
		}))
	}
	require.Greater(t, count, 500, "the recordings are there")
}

// beginnings are the events that begin something.
var beginnings = map[enumspb.EventType]bool{
	enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:                              true,
	enumspb.EVENT_TYPE_TIMER_STARTED:                                        true,
	enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED:             true,
	enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED:         true,
	enumspb.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED: true,
	enumspb.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED:                            true,
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED:                   true,
}

// begun are the IDs of the events that have begun something that no event ends. It knows the end of
// a thing by the name of the event, and the thing by the ID that the event names.
func begun(all []*historypb.HistoryEvent) []int64 {
	ids := map[int64]bool{}
	for _, e := range all {
		name := e.GetEventType().String()
		if beginnings[e.GetEventType()] {
			ids[e.GetEventId()] = true
		}
		for _, end := range []string{"Completed", "Failed", "TimedOut", "Canceled", "Terminated", "Fired", "Signaled",
			"ExternalWorkflowExecutionCancelRequested"} {
			if strings.HasSuffix(name, end) && !strings.Contains(name, "OperationCancelRequest") {
				delete(ids, events.Origin(e))
				delete(ids, e.GetTimerFiredEventAttributes().GetStartedEventId())
				delete(ids, e.GetTimerCanceledEventAttributes().GetStartedEventId())
			}
		}
	}
	return slices.Sorted(maps.Keys(ids))
}

// ids are the IDs of the events of what is pending.
func ids(p *pending.Pending) []int64 {
	var all []int64
	for _, work := range works(p) {
		all = append(all, work.Event.GetEventId())
	}
	slices.Sort(all)
	return all
}

// parsed are the events of a text in which they follow each other.
func parsed(t *testing.T, text string) []*historypb.HistoryEvent {
	t.Helper()
	h := new(historypb.History)
	require.NoError(t, temporalproto.CustomJSONUnmarshalOptions{}.Unmarshal([]byte(`{"events": [`+text+`]}`), h))
	return h.GetEvents()
}

// text says in order what is pending.
func text(p *pending.Pending) string {
	var parts []string
	for name, work := range works(p) {
		name, _, _ = strings.Cut(name, "/")
		part := fmt.Sprint(name, " ", work.Event.GetEventId())
		if work.Started {
			part += " started"
		}
		if work.CancelRequested {
			part += " cancelled"
		}
		parts = append(parts, part)
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}

// works is all that is pending, by its kind and its event.
func works(p *pending.Pending) map[string]*pending.Work {
	all := map[string]*pending.Work{}
	add := func(kind string, works []*pending.Work) {
		for _, work := range works {
			all[fmt.Sprint(kind, "/", work.Event.GetEventId())] = work
		}
	}
	add("activity", slices.Collect(maps.Values(p.Activities)))
	add("timer", slices.Collect(maps.Values(p.Timers)))
	add("child", slices.Collect(maps.Values(p.Children)))
	add("signal", slices.Collect(maps.Values(p.Signals)))
	add("cancel", slices.Collect(maps.Values(p.Cancels)))
	add("operation", slices.Collect(maps.Values(p.Operations)))
	add("update", slices.Collect(maps.Values(p.Updates)))
	add("admitted", slices.Collect(maps.Values(p.Admitted)))
	return all
}
