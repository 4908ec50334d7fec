package history_test

import (
	"bytes"
	"fmt"
	failurepb "go.temporal.io/api/failure/v1"
	"runtime"
	"strings"
	"testing"
	"time"

	exportpb "go.temporal.io/api/export/v1"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/stretchr/testify/require"
)

// TestDecodeHostile makes files that would be large or deep. Each must be refused at once and
// without much memory.
func TestDecodeHostile(t *testing.T) {
	const limit = 32 << 20
	const started = `{"eventId":"1","eventType":"EVENT_TYPE_WORKFLOW_EXECUTION_STARTED","workflowExecutionStartedEventAttributes":{`
	h := activityHistory(1)
	binary, err := proto.Marshal(h)
	require.NoError(t, err)
	export, err := proto.Marshal(&exportpb.WorkflowExecutions{Items: []*exportpb.WorkflowExecution{{History: h},
		{History: h}}})
	require.NoError(t, err)
	page, err := proto.Marshal(&workflowservice.GetWorkflowExecutionHistoryResponse{History: h,
		NextPageToken: []byte("2")})
	require.NoError(t, err)
	show := showJSON(t, h)
	tests := []struct {
		name string
		data []byte
		kind history.Kind
		want string // the detail
		why  string
	}{
		{"large", make([]byte, limit+1), history.KindTooLarge, "the file has 32 MB, more than the 32 MB that are read",
			"one byte too many"},
		{"gzip bomb", zip(t, make([]byte, limit+1)), history.KindTooLarge,
			"the file decompresses to more than the 32 MB that are read", "32 kB that become 32 MB"},
		{"gzip of zeros", zip(t, make([]byte, limit)), history.KindNotHistory,
			"the file is binary, but not protobuf of a workflow history", "as much as is allowed"},
		{"gzip of gzip", zip(t, zip(t, show)), history.KindNotHistory,
			"the file is not a workflow history but compressed twice with gzip", "one layer is taken off"},
		{"gzip of nothing", zip(t, nil), history.KindEmpty, "the file is empty", "a pipe whose left side failed"},
		{"gzip magic", []byte{0x1f, 0x8b}, history.KindTruncated, "the compressed file stops at byte 2, before its end",
			"the shortest"},
		{"deep", []byte(strings.Repeat("[", limit)), history.KindTooDeep,
			"the JSON is nested more than 250 deep at byte 251", "brackets only"},
		{"deep protobuf", deepProto(t), history.KindTooDeep, "the messages are nested more than 250 deep", "causes of a failure"},
		{"deep in an unknown field", []byte(`{"events":[` + started + `"x":` + strings.Repeat(`{"a":`, 1<<20)),
			history.KindTooDeep, "the JSON is nested more than 250 deep at byte 1365", "where the decoder only skips"},
		{"empty events", []byte(`{"events":[` + strings.Repeat("{},", limit/3-10) + `{}]}`), history.KindNotHistory,
			"the file is JSON, but not a workflow history: its first element is an empty object",
			"three bytes for each event of 200"},
		{"empty events in protobuf", bytes.Repeat([]byte{0x0a, 0x00}, limit/2), history.KindNotHistory,
			"the file is binary, but not protobuf of a workflow history", "two bytes for each event of 200"},
		{"many keys", []byte(`{"a":1` + strings.Repeat(`,"a":1`, 1<<20) + `}`), history.KindNotHistory,
			"the file is JSON, but not a workflow history: it has the keys a, a, a, a, a and more",
			"keys of something else"},
		{"truncated protobuf", binary[:len(binary)/2], history.KindTruncated,
			"the file stops inside the event, which begins at byte 476", "a broken download"},
		{"truncated first event", binary[:40], history.KindTruncated,
			"the file stops inside the event, which begins at byte 0", "the ID of event 1 is there"},
		{"truncated export", export[:40], history.KindTruncated,
			"the file stops inside the event, which begins at byte 0", "the same, two messages around it"},
		{"export of two", export, history.KindSeveral, "the file holds more than one execution", "which of them?"},
		{"page in protobuf", page, history.KindTruncated, "the file is one page of a history, and more pages follow",
			"a response with a page token"},
		{"broken protobuf", bytes.Replace(binary, []byte("Order"), []byte("Or\xff\xffr"), 1), history.KindMalformed,
			"the protobuf is broken: string field contains invalid UTF-8", "a changed byte"},
		{"scalar", []byte("42"), history.KindNotHistory,
			`the file is text, but not a workflow history (it begins with "42")`, "JSON, but no object"},
		{"array of numbers", []byte("[42]"), history.KindNotHistory,
			"the file is JSON, but not a workflow history: its first element is \"42\"", "an array of something else"},
		{"empty array", []byte("[]"), history.KindNoEvents, "the history has no events", "an empty result"},
		{"empty object", []byte("{}"), history.KindNoEvents, "the history has no events",
			"protojson of an empty History"},
		{"events of another kind", []byte(`{"events":{"a":1}}`), history.KindNotHistory,
			"the file is JSON, but not a workflow history: it has the key events", "events that are no array"},
		{"other events", []byte(`{"events":[{"type":"PushEvent","actor":"x"}]}`), history.KindNotHistory,
			"the file is JSON, but not a workflow history: its first element has the keys type, actor",
			"events of some other system"},
		{"live", []byte(`{"version":1,"families":[]}`), history.KindNotHistory,
			"the file is JSON, but not a workflow history: it has the keys version, families", "data of this project"},
		{"two lists", []byte(`{"events":[],"events":[]}`), history.KindMalformed,
			"the JSON is broken at byte 22: expected one \"events\" only, got \"[]}\"", "which of them?"},
		{"wrong bracket", []byte(`{"events":[{"eventId":"1"]}`), history.KindMalformed, "the JSON is broken at byte 25",
			"a bracket of the other kind"},
		{"wrong type", bytes.Replace(show, []byte(`"header": {}`), []byte(`"header": "x"`), 1), history.KindMalformed,
			`it cannot be read: unexpected token "x"`, "protojson's own text names a source file on this machine"},
		{"wrong list", bytes.Replace(show, []byte(`"taskId"`), []byte(`"links": 5, "taskId"`), 1),
			history.KindMalformed, "it cannot be read: unexpected token 5", "a number where a list should be"},
		{"repeated field", bytes.Replace(show, []byte(`"header": {}`), []byte(`"header": {}, "header": {}`), 1),
			history.KindMalformed, `it cannot be read: duplicate field "header"`, "which of them?"},
		{"bad skipped value", append([]byte(`{"other":[1,,2],`), show[1:]...), history.KindMalformed,
			"the JSON is broken at byte 9: expected a JSON value, got \"[1,,2],\"", "outside of the events"},
	}
	for _, tt := range tests {
		require.NotEmpty(t, tt.why)
		t.Run(tt.name, func(t *testing.T) { // not parallel: it measures memory
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			begin := time.Now()
			_, err := history.DecodeLimit("4711.json", tt.data, limit)
			took := time.Since(begin)
			runtime.ReadMemStats(&after)
			var e *history.FormatError
			require.ErrorAs(t, err, &e, tt.why)
			require.Equal(t, tt.want, e.Detail)
			require.Equal(t, tt.kind, e.Kind)
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(5*limit), "memory")
			require.Less(t, took, 10*time.Second, "time")
		})
	}
}

// deepProto is a history with a failure of very many causes.
func deepProto(t *testing.T) []byte {
	t.Helper()
	failure := &failurepb.Failure{}
	for range 5000 {
		failure = &failurepb.Failure{Cause: failure}
	}
	h := activityHistory(1)
	h.Events[0].GetWorkflowExecutionStartedEventAttributes().ContinuedFailure = failure
	data, err := proto.Marshal(h)
	require.NoError(t, err)
	return data
}

// TestDecodeEveryPrefix cuts a good file at every byte: each part is refused, and for being cut.
func TestDecodeEveryPrefix(t *testing.T) {
	t.Parallel()
	r := recording()
	r.History.Events = r.History.Events[:4]
	data, err := history.Encode(r)
	require.NoError(t, err)
	data = bytes.TrimSpace(data)
	for n := 1; n < len(data); n++ {
		_, err := history.Decode("4711.json", data[:n])
		var e *history.FormatError
		require.ErrorAs(t, err, &e, "%d bytes", n)
		require.Equal(t, history.KindTruncated, e.Kind, "%d bytes: %v", n, err)
		require.Contains(t, e.Detail, fmt.Sprintf("stops at byte %d,", n))
	}
}

func TestDecodeLargeEvent(t *testing.T) {
	data := []byte(`{"events":[{"eventId":"1","identity":"` + strings.Repeat("x", 33<<20) + `"}]}`)
	_, err := history.Decode("4711.json", data)
	require.EqualError(t, err, "recording 4711.json: event 1: the event has 33 MB; check that the file is a "+
		"single workflow history", "no service stores such an event")
}
