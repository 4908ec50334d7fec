package history_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/stretchr/testify/require"
)

// TestSDKAcceptsDecodedPayloads is why KindDecodedPayloads exists: it fails when the SDK learns to
// refuse these itself.
func TestSDKAcceptsDecodedPayloads(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"decoded-object.json", "decoded-beside.json", "decoded-looks-like-base64.json"} {
		f, err := os.Open(filepath.Join(bad, name))
		require.NoError(t, err)
		_, err = client.HistoryFromJSON(f, client.HistoryJSONOptions{})
		require.NoError(t, err)
		require.NoError(t, f.Close())
	}
}

// TestPayloadsAreNotTakenForDecoded holds real payloads that look suspicious. Each also goes
// through the inspection that an event of a newer service gets.
func TestPayloadsAreNotTakenForDecoded(t *testing.T) {
	t.Parallel()
	encoding := func(name, data string) *commonpb.Payload {
		return &commonpb.Payload{Metadata: map[string][]byte{"encoding": []byte(name)}, Data: []byte(data)}
	}
	tests := []struct {
		name    string
		payload *commonpb.Payload
		why     string
	}{
		{"json", encoding("json/plain", `{"metadata":{"encoding":"json/plain"},"data":"x"}`),
			"the user's own object looks like a payload for reading"},
		{"null", encoding("binary/null", ""), "no data at all"},
		{"protobuf", &commonpb.Payload{Metadata: map[string][]byte{"encoding": []byte("json/protobuf"),
			"messageType": []byte("a.b/C")}, Data: []byte("{}")}, "more than one metadata value"},
		{"encrypted", &commonpb.Payload{Metadata: map[string][]byte{"encoding": []byte("binary/encrypted"),
			"key": {0xff, 0xfe, 0}}, Data: []byte{0, 1, 2, 0xff}}, "metadata and data that are not text"},
		{"slash", encoding("a\xc3\xbf?", "x"), "an encoding whose base64 has a slash: YcO/Pw=="},
		{"noise", encoding("json/p\xff\xff\xff\xff", "x"),
			"an encoding that is no text, and has a slash: anNvbi9w/////w=="},
		{"no encoding", &commonpb.Payload{Metadata: map[string][]byte{"type": []byte("Keyword")}, Data: []byte(`"x"`)},
			"metadata without an encoding"},
		{"no metadata", &commonpb.Payload{Data: []byte(`"x"`)}, "data alone"},
		{"empty", &commonpb.Payload{}, "nothing, as a codec may leave"},
	}
	for _, tt := range tests {
		require.NotEmpty(t, tt.why)
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := activityHistory(1)
			started := h.Events[0].GetWorkflowExecutionStartedEventAttributes()
			started.Input = &commonpb.Payloads{Payloads: []*commonpb.Payload{tt.payload}}
			started.Memo.Fields["m"] = tt.payload
			started.SearchAttributes = &commonpb.SearchAttributes{IndexedFields: map[string]*commonpb.Payload{"S": tt.payload}}
			show := showJSON(t, h)
			for _, future := range []string{"", `"fromTheFuture": {}, `} {
				data := fmt.Appendf(nil, "%s{%s%s", show[:len("{\n  \"events\": [\n    ")], future,
					show[len("{\n  \"events\": [\n    {"):])
				r, err := history.Decode("4711.json", data)
				require.NoError(t, err, tt.why)
				if diff := cmp.Diff(h, r.History, protocmp.Transform()); diff != "" {
					t.Errorf("%s\n(-want +got)\n%s", tt.why, diff)
				}
			}
		})
	}
}

func TestDecodedPayloads(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, attributes, place string
		why                     string
	}{
		{"number", `"input":{"payloads":[42]}`, "input.payloads.0", "only the value"},
		{"null in list", `"input":{"payloads":[null]}`, "input.payloads.0", "a nil argument, shown as null"},
		{"second", `"input":{"payloads":[{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"MQ=="},"x"]}`,
			"input.payloads.1", "the first is real"},
		{"data only", `"input":{"payloads":[{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":{"a":1}}]}`,
			"input.payloads.0", "real metadata, data for reading"},
		{"null data", `"input":{"payloads":[{"metadata":{"encoding":"binary/null"},"data":null}]}`, "input.payloads.0",
			"nil for reading, with words that are base64"},
		{"user keys", `"input":{"payloads":[{"metadata":"mine","data":"MQ=="}]}`, "input.payloads.0",
			"the user's object has both keys"},
		{"user metadata", `"input":{"payloads":[{"metadata":{"encoding":5},"data":"MQ=="}]}`, "input.payloads.0",
			"metadata of numbers"},
		{"header", `"header":{"fields":{"trace":{"metadata":{"encoding":"json/plain"},"data":"MQ=="}}}`,
			"header.fields.trace", "headers are decoded too"},
		{"failure", `"continuedFailure":{"cause":{"applicationFailureInfo":{"details":{"payloads":[true]}}}}`,
			"continuedFailure.cause.applicationFailureInfo.details.payloads.0", "deep in a failure"},
		{"encoded attributes", `"continuedFailure":{"encodedAttributes":{"message":"boom"}}`,
			"continuedFailure.encodedAttributes", "a payload that stands alone"},
	}
	for _, tt := range tests {
		require.NotEmpty(t, tt.why)
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			data := `{"events":[{"eventId":"1","eventType":"EVENT_TYPE_WORKFLOW_EXECUTION_STARTED","workflowExecutionStartedEventAttributes":{` + tt.attributes + `}}]}`
			_, err := history.Decode("4711.json", []byte(data))
			var e *history.FormatError
			require.ErrorAs(t, err, &e, tt.why)
			require.Equal(t, history.KindDecodedPayloads, e.Kind)
			require.Equal(t, "the payload in workflowExecutionStartedEventAttributes."+tt.place+
				" is shown as a plain value: the history was exported for reading", e.Detail)
		})
	}
}

// TestEscapesInJSON: any character of JSON may be written as an escape, and some writers do so with
// "=".
func TestEscapesInJSON(t *testing.T) {
	t.Parallel()
	h := activityHistory(1)
	show := strings.ReplaceAll(string(showJSON(t, h)), "==", `\u003d\u003d`)
	show = strings.Replace(show, `"events"`, `"\u0065vents"`, 1)
	for _, data := range []string{show, strings.ReplaceAll(show, `"taskId"`, `"from\"the\\": "x\"y\\", "taskId"`)} {
		r, err := history.Decode("4711.json", []byte(data))
		require.NoError(t, err)
		if diff := cmp.Diff(h, r.History, protocmp.Transform()); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}
