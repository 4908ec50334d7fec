package redact

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	commonpb "go.temporal.io/api/common/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// TestNames holds that each kind of name that can hold data is reported where there is one, and nowhere else.
func TestNames(t *testing.T) {
	t.Parallel()
	fields := func(key string) map[string]*commonpb.Payload { return map[string]*commonpb.Payload{key: {}} }
	for _, tt := range []struct {
		want   string
		change func(*historypb.WorkflowExecutionStartedEventAttributes)
	}{
		{"", func(*historypb.WorkflowExecutionStartedEventAttributes) {}},
		{"cron schedules", func(a *historypb.WorkflowExecutionStartedEventAttributes) { a.CronSchedule = "0 1 * * *" }},
		{"fairness keys", func(a *historypb.WorkflowExecutionStartedEventAttributes) {
			a.Priority = &commonpb.Priority{FairnessKey: "alice"}
		}},
		{"keys of memos", func(a *historypb.WorkflowExecutionStartedEventAttributes) {
			a.Memo = &commonpb.Memo{Fields: fields("alice")}
		}},
		{"keys of headers", func(a *historypb.WorkflowExecutionStartedEventAttributes) {
			a.Header = &commonpb.Header{Fields: fields("alice")}
		}},
		{"keys of search attributes", func(a *historypb.WorkflowExecutionStartedEventAttributes) {
			a.SearchAttributes = &commonpb.SearchAttributes{IndexedFields: fields("alice")}
		}},
		{"keys of the metadata of payloads", func(a *historypb.WorkflowExecutionStartedEventAttributes) {
			a.Input = &commonpb.Payloads{Payloads: []*commonpb.Payload{{Metadata: map[string][]byte{"encoding": nil, "alice": nil}}}}
		}},
		{"sources of failures", func(a *historypb.WorkflowExecutionStartedEventAttributes) {
			a.ContinuedFailure = &failurepb.Failure{Source: "alice's"}
		}},
		{"types of failures", func(a *historypb.WorkflowExecutionStartedEventAttributes) {
			a.ContinuedFailure = &failurepb.Failure{Source: "GoSDK", FailureInfo: &failurepb.Failure_ApplicationFailureInfo{
				ApplicationFailureInfo: &failurepb.ApplicationFailureInfo{Type: "alice"}}}
		}},
	} {
		t.Run(tt.want, func(t *testing.T) {
			t.Parallel()
			r, err := history.ReadFile(histories.FS, "patching/initial.completed.json")
			require.NoError(t, err)
			h := proto.CloneOf(r.History)
			a := h.Events[0].GetWorkflowExecutionStartedEventAttributes()
			a.Header, a.Memo, a.SearchAttributes, a.Priority = nil, nil, nil, nil
			tt.change(a)
			var b bytes.Buffer
			require.NoError(t, Report{Names: namesIn(h)}.Write(&b))
			if tt.want == "" {
				require.NotContains(t, b.String(), "stay as they are")
				return
			}
			require.Equal(t, []string{tt.want}, namesIn(h))
			require.Contains(t, b.String(), "  stay as they are, look at them: "+tt.want+"\n")
		})
	}
	for _, tt := range []struct {
		want  string
		event *historypb.HistoryEvent
	}{
		{"the control field of older SDKs", &historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_SignalExternalWorkflowExecutionInitiatedEventAttributes{
			SignalExternalWorkflowExecutionInitiatedEventAttributes: &historypb.SignalExternalWorkflowExecutionInitiatedEventAttributes{Control: "5"}}}},
		{"operation tokens of Nexus", &historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_NexusOperationStartedEventAttributes{
			NexusOperationStartedEventAttributes: &historypb.NexusOperationStartedEventAttributes{OperationToken: "alice"}}}},
		{"keys of the details of markers", &historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_MarkerRecordedEventAttributes{
			MarkerRecordedEventAttributes: &historypb.MarkerRecordedEventAttributes{MarkerName: "Mine", Details: map[string]*commonpb.Payloads{"alice": {}}}}}},
	} {
		require.Equal(t, []string{tt.want}, namesIn(&historypb.History{Events: []*historypb.HistoryEvent{tt.event}}))
	}
	version := &historypb.MarkerRecordedEventAttributes{MarkerName: "Version", Details: map[string]*commonpb.Payloads{"change-id": {}}}
	require.Empty(t, namesIn(&historypb.History{Events: []*historypb.HistoryEvent{{
		Attributes: &historypb.HistoryEvent_MarkerRecordedEventAttributes{MarkerRecordedEventAttributes: version}}}}), "the SDK's own")
}
