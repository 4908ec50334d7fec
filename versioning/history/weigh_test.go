package history_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/testdata/loop"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// TestWeigh measures what decoding keeps, against what was said of it before. It is not parallel: others would take memory
// meanwhile.
func TestWeigh(t *testing.T) {
	encoded, err := history.Encode(loop.Recording(2000))
	require.NoError(t, err)
	began := func(attributes string) []byte {
		return []byte(`{"events":[{"eventId":"1","eventType":"EVENT_TYPE_WORKFLOW_EXECUTION_STARTED",` +
			`"workflowExecutionStartedEventAttributes":{"workflowType":{"name":"x"},` + attributes + `}}]}`)
	}
	many := func(one string, n int) string { return strings.TrimSuffix(strings.Repeat(one, n), ",") }
	keys := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `"%d":{},`, i)
		}
		return strings.TrimSuffix(b.String(), ",")
	}
	payloads := make([]*commonpb.Payload, 300_000)
	for i := range payloads {
		payloads[i] = &commonpb.Payload{}
	}
	asProto, err := proto.Marshal(&historypb.History{Events: []*historypb.HistoryEvent{{EventId: 1, EventTime: timestamppb.Now(),
		EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes{WorkflowExecutionStartedEventAttributes: &historypb.WorkflowExecutionStartedEventAttributes{
			WorkflowType: &commonpb.WorkflowType{Name: "x"}, Input: &commonpb.Payloads{Payloads: payloads}}}}}})
	require.NoError(t, err)
	loops, err := proto.Marshal(loop.Recording(2000).History)
	require.NoError(t, err)
	for _, tt := range []struct {
		name string
		data []byte
		most float64 // of what it says for what is kept
		why  string
	}{
		{"events", encoded, 6, "what people have is not refused by a bad guess"},
		{"compressed", zipped(t, encoded), 8, "what it decompresses to is there too"},
		{"UTF-16", utf16Of(encoded), 25, "as Windows writes it"},
		{"protobuf", loops, 8, "an export"},
		{"protobuf that looks like JSON", likeJSON(t), 5, "its first event has 123 bytes"},
		{"compressed protobuf", zipped(t, loops), 9, "an export too"},
		{"empty payloads", began(`"input":{"payloads":[` + many("{},", 300_000) + `]}`), 5, "three bytes become a hundred"},
		{"compressed payloads", zipped(t, began(`"input":{"payloads":[`+many("{},", 300_000)+`]}`)), 5, "a bomb of them"},
		{"empty payloads of protobuf", asProto, 5, "two bytes become eighty"},
		{"keys of a memo", began(`"memo":{"fields":{` + keys(200_000) + `}}`), 5, "entries of a map"},
		{"one large value", began(`"input":{"payloads":[{"data":"` + strings.Repeat("AAAA", 1<<20) + `"}]}`), 5, "a document"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			source := only(t, "a.json", tt.data)
			said, err := source.Weigh()
			require.NoError(t, err)
			before := live()
			r, err := source.Load()
			require.NoError(t, err)
			kept := live() - before
			runtime.KeepAlive(r)
			runtime.KeepAlive(source)
			require.LessOrEqual(t, kept, said, tt.why)
			require.LessOrEqual(t, float64(said)/float64(kept), tt.most, tt.why)
		})
	}
}

// TestWeighRefuses holds that what cannot be read is refused as by Load, without being kept.
func TestWeighRefuses(t *testing.T) {
	t.Parallel()
	whole, err := fs.ReadFile(histories.FS, "patching/initial.completed.json")
	require.NoError(t, err)
	packed := zipped(t, whole)
	flipped := bytes.Clone(packed)
	flipped[len(flipped)-9] ^= 0xff
	for name, file := range map[string]struct {
		name string
		data []byte
	}{
		"cut": {"a.json.gz", packed[:len(packed)/2]}, "flipped": {"a.json.gz", flipped}, "no header": {"a.json.gz", packed[:5]},
		"too large": {"a.json.gz", zipped(t, append([]byte(`{"events":[`), bytes.Repeat([]byte(" "), history.MaxFileSize)...))}, "a log": {"a.json.gz", zipped(t, bytes.Repeat([]byte("no history\n"), 9<<20))}, "twice": {"a.json.gz", zipped(t, packed)}, "film": {"a.json", bytes.Repeat([]byte{0, 1, 2}, 3<<20)},
		"film beside": {"a.mp4", bytes.Repeat([]byte{0, 1, 2}, 3<<20)}, "cut beside": {"a.zip", packed[:len(packed)/2]},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			source := only(t, file.name, file.data)
			_, want := source.Load()
			require.Error(t, want)
			_, got := source.Weigh()
			require.EqualError(t, got, want.Error())
		})
	}
}

// only is the source for the only file of a folder.
func only(t *testing.T, name string, data []byte) history.Source {
	t.Helper()
	sources, err := history.Dir(fstest.MapFS{"family/" + name: {Data: data}}, "family")
	require.NoError(t, err)
	require.Len(t, sources, 1)
	return sources[0]
}

// likeJSON are messages that begin with a line feed and a brace, and have very many parts.
func likeJSON(t *testing.T) []byte {
	t.Helper()
	first := &historypb.HistoryEvent{EventId: 1, EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED}
	attributes := &historypb.WorkflowExecutionStartedEventAttributes{WorkflowType: &commonpb.WorkflowType{}}
	first.Attributes = &historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes{WorkflowExecutionStartedEventAttributes: attributes}
	for proto.Size(first) < '{' {
		attributes.WorkflowType.Name += "x"
	}
	memo := map[string]*commonpb.Payload{}
	for i := range 100_000 {
		memo[fmt.Sprint(i)] = &commonpb.Payload{}
	}
	data, err := proto.Marshal(&historypb.History{Events: []*historypb.HistoryEvent{first, {EventId: 2, EventType: enumspb.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED,
		Attributes: &historypb.HistoryEvent_WorkflowPropertiesModifiedEventAttributes{WorkflowPropertiesModifiedEventAttributes: &historypb.WorkflowPropertiesModifiedEventAttributes{
			UpsertedMemo: &commonpb.Memo{Fields: memo}}}}}})
	require.NoError(t, err)
	require.Equal(t, "\n{", string(data[:2]))
	return data
}

func zipped(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(data)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Bytes()
}

func utf16Of(text []byte) []byte {
	out := []byte{0xff, 0xfe}
	for _, c := range text {
		out = append(out, c, 0)
	}
	return out
}

func live() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
