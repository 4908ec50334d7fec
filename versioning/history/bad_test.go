package history_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/stretchr/testify/require"
)

const (
	bad  = "../../testdata/bad"
	show = "temporal workflow show --workflow-id ID --output json"
)

// TestDecodeBad reads every file of testdata/bad, whose README.md says what each is, and compares
// the whole error: it is what a person reads.
func TestDecodeBad(t *testing.T) {
	t.Parallel()
	const (
		again    = "; download the history again with: " + show
		inOrder  = "; download the history again, oldest event first, with: " + show
		download = "; download the history with: " + show
		whole    = "; download the whole history with: " + show
		edit     = "; undo the edit, or download the history again with: " + show
		sdk      = "; update go.temporal.io/sdk to a version that knows it"
		decoded  = ` is shown as a plain value: the history was exported for reading; it cannot be replayed; in the Web UI download without decoding ("encoded"), or use: ` + show
		started  = "event 1: the payload in workflowExecutionStartedEventAttributes."
	)
	tests := []struct {
		file  string
		kind  history.Kind
		event int64
		want  string // after "recording FILE: "
	}{
		{"empty.json", history.KindEmpty, 0, "the file is empty" + download},
		{"white-space.json", history.KindEmpty, 0, "the file holds nothing but white space" + download},
		{"truncated-in-event.json", history.KindTruncated, 4, "event 4: the file stops at byte 2599, inside the event" +
			whole},
		{"truncated-between-events.json", history.KindTruncated, 0, "the file stops at byte 1804, after event 2" +
			whole},
		{"first-page.json", history.KindTruncated, 0,
			"the file is one page of a history, up to event 5, and more pages follow" + whole},
		{"truncated.json.gz", history.KindTruncated, 0, "the compressed file stops at byte 437, before its end" +
			whole},
		{"corrupt.json.gz", history.KindCorruptGzip, 0,
			"the file begins as gzip but does not decompress (gzip: invalid checksum); copy or download the file again"},
		{"login-page.json", history.KindHTML, 0,
			`the file is a web page (it begins with "<!DOCTYPE html>"); this is what a login page saves as` + download},
		{"describe.json", history.KindNotHistory, 0,
			`the file is JSON, but not a workflow history: it is what "temporal workflow describe" prints` + download},
		{"list.json", history.KindNotHistory, 0,
			`the file is JSON, but not a workflow history: it is what "temporal workflow list" prints` + download},
		{"other.json", history.KindNotHistory, 0,
			"the file is JSON, but not a workflow history: it has the keys name, private" + download},
		{"show-text.json", history.KindNotHistory, 0,
			`the file is text, but not a workflow history (it begins with "Progress:")` + download},
		{"cadence.json", history.KindNotHistory, 2,
			`event 2: event type "DecisionTaskScheduled" is one of Cadence, not of Temporal` + download},
		{"image.json", history.KindNotHistory, 0, "the file is not a workflow history but a PNG image" + download},
		{"random.pb", history.KindNotHistory, 0, "the file is binary, but not protobuf of a workflow history" +
			download},
		{"no-events.json", history.KindNoEvents, 0,
			"the history has no events; check the workflow ID, the namespace and the retention, then: " + show},
		{"null-event.json", history.KindNullEvent, 3, "event 3: null stands where the event should" + again},
		{"not-started.json", history.KindNotStarted, 2, "event 2: the first event is WorkflowTaskScheduled, not " +
			"WorkflowExecutionStarted; download the history from its beginning with: " + show},
		{"event-gap.json", history.KindEventGap, 4, "event 4: it comes right after event 2: event 3 is missing" +
			inOrder},
		{"event-twice.json", history.KindEventGap, 3, "event 3: it is there twice" + inOrder},
		{"out-of-order.json", history.KindEventGap, 4, "event 4: it comes right after event 2: event 3 is missing" +
			inOrder},
		{"newest-first.json", history.KindEventGap, 5, "event 5: the newest event comes first" + inOrder},
		{"no-attributes.json", history.KindMissingAttributes, 5,
			"event 5: ActivityTaskScheduled without its activityTaskScheduledEventAttributes" + again},
		{"other-attributes.json", history.KindMissingAttributes, 5,
			"event 5: TimerStarted with the attributes of another event type" + again},
		{"no-tasks.json", history.KindNoTask, 4, "event 4: ActivityTaskScheduled belongs to the Workflow Task " +
			"that event 4 completed, and no WorkflowTaskCompleted comes before it" + again},
		{"wrong-tasks.json", history.KindNoTask, 11, "event 11: WorkflowExecutionCompleted belongs to the " +
			"Workflow Task that event 4 completed, and the last WorkflowTaskCompleted before it is event 10" + again},
		{"no-origin.json", history.KindNoOrigin, 10, "event 10: ActivityTaskCancelRequested follows from the ActivityTaskScheduled of " +
			"event 999, which does not come before it" + again},
		{"unknown-event-type.json", history.KindUnknownEvent, 5,
			`event 5: event type "EVENT_TYPE_FROM_THE_FUTURE" is unknown` + sdk},
		{"unknown-enum-value.json", history.KindUnknownValue, 4,
			`event 4: workflowTaskCompletedEventAttributes.versioningBehavior has the unknown value "VERSIONING_BEHAVIOR_FROM_THE_FUTURE"` + sdk},
		{"bad-field.json", history.KindMalformed, 5,
			`event 5: it cannot be read: invalid google.protobuf.Duration value "one minute"` + edit},
		{"bad-syntax.json", history.KindMalformed, 2, "event 2: the JSON is broken at byte 1790" + edit},
		{"two-documents.json", history.KindMalformed, 0,
			`the JSON is broken at byte 3655: expected nothing more after the end of the history, got "{"` + edit},
		{"decoded-readable.json", history.KindDecodedPayloads, 1, started + "input.payloads.0" + decoded},
		{"decoded-looks-like-base64.json", history.KindDecodedPayloads, 1, started + "input.payloads.0" + decoded},
		{"decoded-beside.json", history.KindDecodedPayloads, 1, started + "input.payloads.0" + decoded},
		{"decoded-values.json", history.KindDecodedPayloads, 1, started + "input.payloads.0" + decoded},
		{"decoded-object.json", history.KindDecodedPayloads, 1, started + "input.payloads.0" + decoded},
		{"decoded-memo.json", history.KindDecodedPayloads, 1, started + "memo.fields.customer" + decoded},
		{"decoded-search-attribute.json", history.KindDecodedPayloads, 1, started +
			"searchAttributes.indexedFields.Customer" + decoded},
		{"newer-metadata.json", history.KindMetadata, 0,
			`its "replaymatrix" object has version 2, and this program reads up to 1; update replaymatrix, or remove the "replaymatrix" object from the file`},
		{"broken-metadata.json", history.KindMetadata, 0,
			`its "replaymatrix" object cannot be read (json: cannot unmarshal string into Go struct field metadata.lineage of type []string); update replaymatrix, or remove the "replaymatrix" object from the file`},
	}
	readme, err := os.ReadFile(filepath.Join(bad, "README.md"))
	require.NoError(t, err)
	tested := map[string]bool{"README.md": true}
	for _, tt := range tests {
		tested[tt.file] = true
		require.Contains(t, string(readme), "`"+tt.file+"`", "testdata/bad/README.md does not say what the file is")
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(filepath.Join(bad, tt.file))
			require.NoError(t, err)
			r, err := history.Decode("orders/"+tt.file, data)
			require.Nil(t, r)
			var e *history.FormatError
			require.True(t, errors.As(err, &e), "got %v", err)
			require.Equal(t, "recording orders/"+tt.file+": "+tt.want, err.Error())
			require.Equal(t, tt.kind, e.Kind)
			require.Equal(t, tt.event, e.Event)
			require.Equal(t, "orders/"+tt.file, e.Path)
		})
	}
	entries, err := os.ReadDir(bad)
	require.NoError(t, err)
	for _, entry := range entries {
		require.True(t, tested[entry.Name()], "testdata/bad/%s is in no test", entry.Name())
	}
}

// TestEveryKindHasAdvice reads the constants from the source, so that a new Kind cannot be
// forgotten.
func TestEveryKindHasAdvice(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("kind.go")
	require.NoError(t, err)
	found := 0
	for line := range strings.Lines(string(source)) {
		name, value, ok := strings.Cut(line, ` Kind = "`)
		if !ok {
			continue
		}
		found++
		kind := history.Kind(strings.TrimSuffix(strings.TrimSpace(value), `"`))
		require.NotEmpty(t, kind.Advice(), "%s has no advice", strings.TrimSpace(name))
	}
	require.NotZero(t, found)
	require.Empty(t, history.Kind("other").Advice())
}

func TestFormatErrorUnwraps(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join(bad, "truncated.json.gz"))
	require.NoError(t, err)
	_, err = history.Decode("truncated.json.gz", data)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
}
