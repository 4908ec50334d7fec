package history_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite testdata/canonical.json")

func TestEncodeIsCanonical(t *testing.T) {
	t.Parallel()
	const golden = "testdata/canonical.json"
	got, err := history.Encode(recording())
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.WriteFile(golden, got, 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("the file format changed; recordings would be rewritten for nothing (-want +got)\n%s", diff)
	}
	for range 50 { // maps, and whatever else might differ from call to call
		again, err := history.Encode(recording())
		require.NoError(t, err)
		require.True(t, bytes.Equal(got, again))
	}
}

func TestEncodeRoundTrip(t *testing.T) {
	t.Parallel()
	want := recording()
	data, err := history.Encode(want)
	require.NoError(t, err)
	got, err := history.Decode("histories/patching/initial+patched.completed.json", data)
	require.NoError(t, err)
	if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	again, err := history.Encode(got)
	require.NoError(t, err)
	require.True(t, bytes.Equal(data, again))
}

// TestEncodeNamespace is about what no event tells: it is written where it is known, and
// a file of before has none.
func TestEncodeNamespace(t *testing.T) {
	t.Parallel()
	for _, namespace := range []string{"", "orders-prod"} {
		want := recording()
		want.Namespace = namespace
		data, err := history.Encode(want)
		require.NoError(t, err)
		require.Equal(t, namespace != "", bytes.Contains(data, []byte(`"namespace": "orders-prod"`)))
		got, err := history.Decode("histories/patching/initial+patched.completed.json", data)
		require.NoError(t, err)
		require.Equal(t, namespace, got.Namespace)
	}
}

func TestEncodeIsReadableByTheSDK(t *testing.T) {
	t.Parallel()
	r := recording()
	data, err := history.Encode(r)
	require.NoError(t, err)
	got, err := client.HistoryFromJSON(bytes.NewReader(data), client.HistoryJSONOptions{})
	require.NoError(t, err)
	if diff := cmp.Diff(r.History, got, protocmp.Transform()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestEncodeWritesEventsAsTheCLI(t *testing.T) {
	t.Parallel()
	r := recording()
	data, err := history.Encode(r)
	require.NoError(t, err)
	var ours, theirs struct{ Events json.RawMessage }
	require.NoError(t, json.Unmarshal(data, &ours))
	require.NoError(t, json.Unmarshal(showJSON(t, r.History), &theirs))
	require.JSONEq(t, string(theirs.Events), string(ours.Events))
}

func TestEncodeTimeAndText(t *testing.T) {
	t.Parallel()
	r := recording()
	r.WorkflowID = "a<b>&c"
	r.RecordedAt = time.Date(2026, 11, 21, 23, 13, 52, 0, time.FixedZone("CET", 3600))
	r.ServerVersion, r.Lineage = "", nil
	data, err := history.Encode(r)
	require.NoError(t, err)
	require.Contains(t, string(data), `"workflowId": "a<b>&c"`, "no HTML escapes")
	require.Contains(t, string(data), `"recordedAt": "2026-11-21T22:13:52Z"`, "UTC")
	require.NotContains(t, string(data), "serverVersion", "unknown is left out")
	r.RecordedAt = time.Time{}
	data, err = history.Encode(r)
	require.NoError(t, err)
	require.NotContains(t, string(data), "recordedAt")
}

func TestEncodeRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		edit func(*historypb.History) *historypb.History
		want string
		why  string
	}{
		{"nil history", func(*historypb.History) *historypb.History { return nil },
			"the history has no events; check the workflow ID, the namespace and the retention, then: " + show,
			"nil is not a history"},
		{"nil event", func(h *historypb.History) *historypb.History { h.Events[2] = nil; return h },
			"event 3: nil stands where the event should; download the history again with: " + show,
			"the SDK would panic"},
		{"nil attributes", func(h *historypb.History) *historypb.History {
			h.Events[2].Attributes = &historypb.HistoryEvent_WorkflowTaskStartedEventAttributes{}
			return h
		}, "event 3: WorkflowTaskStarted without its workflowTaskStartedEventAttributes; download the history " +
			"again with: " + show, "a typed nil in the oneof"},
		{"nil oneof", func(h *historypb.History) *historypb.History {
			h.Events[2].Attributes = (*historypb.HistoryEvent_WorkflowTaskStartedEventAttributes)(nil)
			return h
		}, "event 3: WorkflowTaskStarted without its workflowTaskStartedEventAttributes; download the history " +
			"again with: " + show, "a typed nil of the oneof"},
		{"no type", func(h *historypb.History) *historypb.History { h.Events[2].EventType = 0; return h },
			"event 3: it has no event type; update go.temporal.io/sdk to a version that knows it",
			"a type that was lost"},
		{"newer type", func(h *historypb.History) *historypb.History { h.Events[2].EventType = 999; return h },
			"event 3: event type 999 is unknown; update go.temporal.io/sdk to a version that knows it",
			"a type as a number, from protobuf"},
		{"gap", func(h *historypb.History) *historypb.History {
			h.Events = append(h.Events[:2], h.Events[5:]...)
			return h
		},
			"event 6: it comes right after event 2: events 3 to 5 are missing; download the history again, oldest " +
				"event first, with: " + show, "several are missing"},
		{"back", func(h *historypb.History) *historypb.History { h.Events[5] = h.Events[1]; return h },
			"event 2: it comes after event 5, out of order; download the history again, oldest event first, with: " +
				show, "an earlier event again"},
		{"no id", func(h *historypb.History) *historypb.History { h.Events[4].EventId = 0; return h },
			"event 5: the event has no ID; download the history again, oldest event first, with: " + show,
			"an ID of zero is none"},
		{"second started", func(h *historypb.History) *historypb.History { h.Events[0].EventId = 7; return h },
			"event 7: the first event must have ID 1; download the history again, oldest event first, with: " + show,
			"a started event with another ID"},
		{"only the end", func(h *historypb.History) *historypb.History { h.Events = h.Events[10:]; return h },
			"event 11: the first event is WorkflowExecutionCompleted, not WorkflowExecutionStarted; download the " +
				"history from its beginning with: " + show, "one event that is not the first"},
		{"not text", func(h *historypb.History) *historypb.History {
			h.Events[0].GetWorkflowExecutionStartedEventAttributes().Identity = "\xff"
			return h
		}, "event 1: it cannot be written as JSON: field " +
			"temporal.api.history.v1.WorkflowExecutionStartedEventAttributes.identity contains invalid UTF-8; " +
			"undo the edit, or download the history again with: " + show, "JSON is UTF-8"},
	}
	for _, tt := range tests {
		require.NotEmpty(t, tt.why)
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := recording()
			r.History = tt.edit(r.History)
			data, err := history.Encode(r)
			require.Nil(t, data)
			require.EqualError(t, err, "recording patching/initial+patched.completed: "+tt.want, tt.why)
		})
	}
}

func TestEncodeKeepsIgnorableEvent(t *testing.T) {
	t.Parallel()
	r := recording()
	r.History.Events = append(r.History.Events,
		&historypb.HistoryEvent{EventId: 12, EventType: enumspb.EventType(999), WorkerMayIgnore: true})
	want := proto.CloneOf(r.History)
	data, err := history.Encode(r)
	require.NoError(t, err)
	got, err := history.Decode("patching/initial+patched.completed.json", data)
	require.NoError(t, err)
	if diff := cmp.Diff(want, got.History, protocmp.Transform()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
