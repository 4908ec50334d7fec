package redact_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/encoding/prototext"

	"github.com/replaymatrix/replaymatrix/versioning/redact"
)

// TestNothingSurvives has data where data seldom is: it is gone.
func TestNothingSurvives(t *testing.T) {
	t.Parallel()
	b := &builder{t: t}
	withMetadata := func(key, value string) *commonpb.Payload {
		p := b.payload(json.RawMessage(`"x"`))
		p.Metadata[key] = []byte(value)
		return p
	}
	for _, tt := range []struct {
		why   string
		input any
		gone  string
		stays string
	}{
		{"what a codec writes beside the data can name a customer", withMetadata("blob", "customers/alice/4711"),
			"alice", "blob"},
		{"but not what the SDK writes there", withMetadata("type", "Keyword"), "", "Keyword"},
		{"a key with an address of a machine", json.RawMessage(`{"hosts":{"203.0.113.77":1}}`), "203.0.113.77",
			"hosts"},
		{"a key that is a name of a person", json.RawMessage(`{"by":{"Alice Smith":1}}`), "Alice", "by"},
		{"a key with an address in the web", json.RawMessage(`{"by":{"https://example.com/alice":1}}`), "alice", "by"},
		{"a key that is a hash", json.RawMessage(`{"by":{"d41d8cd98f00b204e9800998ecf8427e":1}}`), "d41d8cd98f00",
			"by"},
		{"a key that is an ID of an order", json.RawMessage(`{"by":{"order-47110815":1}}`), "47110815", "by"},
		{"keys that are names of fields",
			json.RawMessage(`{"sha256":1,"x-request-id":2,"line_1":3,"größe":4,"iso8601":5}`), "", "iso8601"},
		{"keys of maps in messages that are numbers", &workflowservice.DescribeTaskQueueResponse{
			StatsByPriorityKey: map[int32]*taskqueuepb.TaskQueueStats{47110815: {ApproximateBacklogCount: 3}}},
			"47110815", "statsByPriorityKey"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			b := &builder{t: t}
			b.started(tt.input)
			r := b.recording()
			require.Contains(t, prototext.Format(r.History), tt.gone)
			got, report, _ := redacted(t, r, redact.Options{},
				stage("today", func(workflow.Context) error { return nil }))
			after := prototext.Format(got.History)
			if tt.gone != "" {
				require.NotContains(t, after, tt.gone, "%v", report)
			}
			require.Contains(t, after, tt.stays)
			require.NotContains(t, fmt.Sprint(report), "alice", "a report shows no data")
			require.NotContains(t, strings.ToLower(fmt.Sprint(report)), "4711")
		})
	}
}

// TestOccursInAnotherCase has an ID that a customer's name was made part of.
func TestOccursInAnotherCase(t *testing.T) {
	t.Parallel()
	b := &builder{t: t}
	b.started(order{ID: "ALICE-4711"})
	r := b.recording()
	r.WorkflowID = "order-alice-4711"
	_, report, _ := redacted(t, r, redact.Options{}, stage("today", func(workflow.Context) error { return nil }))
	require.Equal(t, []string{"0 workflowId: it was replaced elsewhere, and this holds it"}, kept(report))
}
