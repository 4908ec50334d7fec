package history_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	enumspb "go.temporal.io/api/enums/v1"
	exportpb "go.temporal.io/api/export/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/stretchr/testify/require"
)

// cli reads the sample of the Temporal CLI with the SDK's own reader: what all samples must come
// to.
func cli(t *testing.T) *historypb.History {
	t.Helper()
	f, err := os.Open("testdata/cli.json")
	require.NoError(t, err)
	defer f.Close()
	h, err := client.HistoryFromJSON(f, client.HistoryJSONOptions{})
	require.NoError(t, err)
	return h
}

func TestDecodeDialects(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file string
		// edit makes the CLI's history what this file holds.
		edit func(*historypb.History)
		why  string
	}{
		{"cli.json", nil, "the reference, as the SDK reads it"},
		{"tctl.json", nil, "tctl and old services write enum names without prefix, in camel case"},
		{"ui.json", nil, "the Web UI writes out zero values and null"},
		{"http-api.json", nil, "the HTTP API wraps the history and shortens payloads of JSON to their value"},
		{"array.json", nil, "jq .events, and programs that marshal the slice of events, leave a bare array"},
		{"batches.json", nil, "the admin tools write an array of batches"},
		{"newer-fields.json", nil, "fields of a newer service are dropped, as the SDK drops them, in payloads too"},
		{"ignorable-event.json", func(h *historypb.History) {
			ev := proto.CloneOf(h.Events[10])
			ev.EventId, ev.EventType, ev.Attributes, ev.WorkerMayIgnore = 12, 0, nil, true
			ev.TaskId++
			ev.EventTime.Seconds++
			h.Events = append(h.Events, ev)
		}, "the service says that a worker may ignore an event type it does not know"},
	}
	for _, tt := range tests {
		require.NotEmpty(t, tt.why)
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			want := cli(t)
			if tt.edit != nil {
				tt.edit(want)
			}
			data, err := os.ReadFile(filepath.Join("testdata", tt.file))
			require.NoError(t, err)
			got, err := history.Decode("orders/4711.json", data)
			require.NoError(t, err, tt.why)
			if diff := cmp.Diff(want, got.History, protocmp.Transform()); diff != "" {
				t.Errorf("%s\n(-want +got)\n%s", tt.why, diff)
			}
		})
	}
}

func TestDecodeContainers(t *testing.T) {
	t.Parallel()
	h := activityHistory(1)
	show := showJSON(t, h)
	marshal := func(m proto.Message) []byte {
		data, err := proto.Marshal(m)
		require.NoError(t, err)
		return data
	}
	wide := func(order binary.AppendByteOrder, data []byte) []byte {
		out := order.AppendUint16(nil, 0xfeff)
		for _, u := range utf16.Encode([]rune(string(data))) {
			out = order.AppendUint16(out, u)
		}
		return out
	}
	tests := []struct {
		name string
		data []byte
		why  string
	}{
		{"plain", show, "the base case"},
		{"gzip", zip(t, show), "found by its magic, whatever the file is called"},
		{"bom", append([]byte("\xef\xbb\xbf"), show...), "Windows editors put a byte order mark first"},
		{"bom in gzip", zip(t, append([]byte("\xef\xbb\xbf"), show...)), "both wrappers at once"},
		{"utf-16 little", wide(binary.LittleEndian, show), `what ">" writes in Windows PowerShell`},
		{"utf-16 big", wide(binary.BigEndian, show), "the other byte order"},
		{"white space around", append([]byte("\n\n  "), append(bytes.Clone(show), " \n\t"...)...),
			"JSON that begins with a line feed, which is also the first byte of protobuf"},
		{"protobuf", marshal(h), "a History in binary"},
		{"protobuf in gzip", zip(t, marshal(h)), "both"},
		{"protobuf batches",
			append(marshal(&historypb.History{Events: h.Events[:4]}),
				marshal(&historypb.History{Events: h.Events[4:]})...),
			"batches one after the other are a History by the rules of protobuf"},
		{"protobuf response", marshal(&workflowservice.GetWorkflowExecutionHistoryResponse{History: h, Archived: true}),
			"the response of the service, as a file"},
		{"protobuf export", marshal(&exportpb.WorkflowExecutions{Items: []*exportpb.WorkflowExecution{{History: h}}}),
			"a Temporal Cloud export of one execution"},
		{"null members", bytes.Replace(show, []byte(`{`), []byte(`{"nextPageToken": null, "archived": false, `), 1),
			"a response flattened by hand"},
	}
	for _, tt := range tests {
		require.NotEmpty(t, tt.why)
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			before := bytes.Clone(tt.data)
			got, err := history.Decode("orders/4711.json", tt.data)
			require.NoError(t, err, tt.why)
			if diff := cmp.Diff(h, got.History, protocmp.Transform()); diff != "" {
				t.Errorf("%s\n(-want +got)\n%s", tt.why, diff)
			}
			require.Equal(t, before, tt.data, "the input was changed")
		})
	}
}

func zip(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	zw := gzip.NewWriter(&b)
	_, err := zw.Write(data)
	require.NoError(t, err)
	require.NoError(t, zw.Close())
	return b.Bytes()
}

func TestDecodeNames(t *testing.T) {
	t.Parallel()
	type names struct {
		Family, Name, Scenario string
		Lineage                []string
	}
	tests := []struct {
		path string
		want names
		why  string
	}{
		{"patching/initial.completed.json", names{"patching", "initial.completed", "completed", []string{"initial"}},
			"the names of this project"},
		{"histories/patching/initial+patched.completed.json.gz",
			names{"patching", "initial+patched.completed", "completed", []string{"initial", "patched"}},
			"a journey, and a longer path"},
		{`histories\patching\min-1.waiting.pb`, names{"patching", "min-1.waiting", "waiting", []string{"min-1"}},
			"a Windows path"},
		{"initial.completed.binpb", names{"", "initial.completed", "completed", []string{"initial"}},
			"no folder, no family"},
		{"../initial.completed.pb.gz", names{"", "initial.completed", "completed", []string{"initial"}},
			"two dots name no family"},
		{"/4711.json", names{"", "4711", "", nil}, "a plain download says nothing of stages"},
		{"orders/order.a199c3b0-5a00-4000-8000-0123456789ab.json",
			names{"orders", "order.a199c3b0-5a00-4000-8000-0123456789ab", "", nil}, "a run ID is no scenario"},
		{"orders/order.a199c3b0-late.json", names{"orders", "order.a199c3b0-late", "a199c3b0-late", []string{"order"}},
			"and this is no run ID"},
		{"order.2024.json", names{"", "order.2024", "", nil}, "2024 is no scenario"},
		{"Order.Completed.json", names{"", "Order.Completed", "", nil}, "stages are lower case"},
		{"a.b.c.json", names{"", "a.b.c", "", nil}, "two dots are not the form"},
		{"history", names{"", "history", "", nil}, "no extension at all"},
		{"notes.txt", names{"", "notes.txt", "txt", []string{"notes"}},
			"only the extensions of recordings are cut off"},
	}
	data := showJSON(t, activityHistory(1))
	for _, tt := range tests {
		require.NotEmpty(t, tt.why)
		t.Run(tt.path, func(t *testing.T) {
			t.Parallel()
			r, err := history.Decode(tt.path, data)
			require.NoError(t, err)
			require.Equal(t, tt.want, names{r.Family, r.Name, r.Scenario, r.Lineage}, tt.why)
		})
	}
}

func TestDecodeFallsBackToStartedEvent(t *testing.T) {
	t.Parallel()
	r, err := history.Decode("4711.json", showJSON(t, activityHistory(1)))
	require.NoError(t, err)
	require.Equal(t, workflowID, r.WorkflowID)
	require.Equal(t, runID, r.RunID)
	require.Equal(t, "Order", r.WorkflowType())
	require.Equal(t, time.Time{}, r.RecordedAt)
	require.Equal(t, "4711", r.String())
	require.True(t, r.Closed())
}

func TestDecodeTakesIDsOfResponse(t *testing.T) {
	t.Parallel()
	data := append([]byte(`{"workflowId":"w-9","runId":"r-9","status":"COMPLETED","history":`),
		showJSON(t, activityHistory(1))...)
	r, err := history.Decode("execute.json", append(data, '}'))
	require.NoError(t, err, `"temporal workflow execute --detailed" prints a history with IDs beside it`)
	require.Equal(t, "w-9", r.WorkflowID)
	require.Equal(t, "r-9", r.RunID)
}

func TestMetadataWinsOverNames(t *testing.T) {
	t.Parallel()
	data := bytes.TrimSuffix(bytes.TrimSpace(showJSON(t, activityHistory(1))), []byte("}"))
	// jq -S sorts keys, which puts ours last.
	data = append(data, `,"replaymatrix":{"version":1,"scenario":"other","workflowId":"w-9","later":true}}`...)
	r, err := history.Decode("patching/initial.completed.json", data)
	require.NoError(t, err)
	require.Equal(t, "other", r.Scenario)
	require.Empty(t, r.Lineage, "what the metadata leaves out stays unknown")
	require.Equal(t, "w-9", r.WorkflowID)
	require.Equal(t, runID, r.RunID)
}

func TestClosed(t *testing.T) {
	t.Parallel()
	r := &history.Recording{}
	require.False(t, r.Closed())
	require.Empty(t, r.WorkflowType())
	closing := map[enumspb.EventType]bool{}
	for n := range enumspb.EventType_name {
		r.History = &historypb.History{Events: []*historypb.HistoryEvent{{EventType: enumspb.EventType(n)}}}
		if r.Closed() {
			closing[enumspb.EventType(n)] = true
		}
	}
	require.Equal(t, map[enumspb.EventType]bool{
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:        true,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED:           true,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT:        true,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED:         true,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED:       true,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW: true,
	}, closing)
}

// TestEveryEventTypeHasAttributes fails when an upgrade of the API brings an event type that breaks
// the naming rule.
func TestEveryEventTypeHasAttributes(t *testing.T) {
	t.Parallel()
	require.Empty(t, history.UnknownTypes(enumspb.EventType_name))
}
