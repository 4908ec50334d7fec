package compare

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

func raw(encoding, data string) *commonpb.Payload {
	return &commonpb.Payload{Metadata: map[string][]byte{"encoding": []byte(encoding)}, Data: []byte(data)}
}

func encoded(t testing.TB, value any) *commonpb.Payload {
	t.Helper()
	p, err := converter.GetDefaultDataConverter().ToPayload(value)
	require.NoError(t, err)
	return p
}

func scheduled(args ...*commonpb.Payload) *historypb.ActivityTaskScheduledEventAttributes {
	return &historypb.ActivityTaskScheduledEventAttributes{Input: &commonpb.Payloads{Payloads: args}}
}

// TestCompare is about the paths of differences: they name one thing each, for
// people and for allow rules.
func TestCompare(t *testing.T) {
	t.Parallel()
	a, b, c := encoded(t, "a"), encoded(t, "b"), encoded(t, "c")
	failed := func(message, cause string, details ...*commonpb.Payload) proto.Message {
		return &historypb.WorkflowExecutionFailedEventAttributes{Failure: &failurepb.Failure{
			Message:    message,
			StackTrace: message + cause,
			Cause: &failurepb.Failure{
				Message: cause,
				FailureInfo: &failurepb.Failure_ApplicationFailureInfo{ApplicationFailureInfo: &failurepb.ApplicationFailureInfo{
					Type: "Refused", Details: &commonpb.Payloads{Payloads: details},
				}},
			},
		}}
	}
	memo := func(fields map[string]*commonpb.Payload) proto.Message {
		return &historypb.WorkflowPropertiesModifiedEventAttributes{UpsertedMemo: &commonpb.Memo{Fields: fields}}
	}
	retries := func(interval time.Duration, types ...string) proto.Message {
		return &historypb.ActivityTaskScheduledEventAttributes{RetryPolicy: &commonpb.RetryPolicy{
			InitialInterval: durationpb.New(interval), NonRetryableErrorTypes: types,
		}}
	}
	child := func(p enumspb.ParentClosePolicy) proto.Message {
		return &historypb.StartChildWorkflowExecutionInitiatedEventAttributes{ParentClosePolicy: p}
	}
	for _, tt := range []struct {
		name          string
		field         string
		recorded, now proto.Message
		want          []string
		why           string
	}{
		{"equal", "input", scheduled(a, b), scheduled(a, b), nil, "nothing"},
		{"one argument", "input", scheduled(a), scheduled(b), []string{`[0]: "a" → "b"`},
			"one difference, not one that is gone and one that came"},
		{"first argument gone", "input", scheduled(a, b), scheduled(b), []string{`[0]: "a" → "b"`, `[1]: "b" → `},
			"arguments have places"},
		{"argument before", "input", scheduled(b), scheduled(a, b), []string{`[0]: "b" → "a"`, `[1]:  → "b"`},
			"arguments have places"},
		{"nil argument added", "input", scheduled(), scheduled(encoded(t, nil)), []string{`[0]:  → null`},
			"nil is an argument too"},
		{"no arguments", "input", &historypb.ActivityTaskScheduledEventAttributes{}, scheduled(a),
			[]string{`[0]:  → "a"`}, "no message is an empty one"},
		{"spelling", "input", scheduled(raw("json/plain", `{"x":1,"y":[]}`)),
			scheduled(raw("json/plain", `{ "y": [], "x": 1 }`)), nil, "the same value"},
		{"field", "input", scheduled(encoded(t, map[string]any{"order": map[string]int{"amount": 1, "tax": 2}})),
			scheduled(encoded(t, map[string]any{"order": map[string]int{"amount": 3, "tax": 2}})),
			[]string{"[0].order.amount: 1 → 3"}, "the path goes on in the value"},
		{"kind", "input", scheduled(encoded(t, 1)), scheduled(encoded(t, map[string]int{"x": 1})),
			[]string{`[0]: 1 → {"x":1}`}, "one value for another"},
		{"inner list", "input", scheduled(encoded(t, []int{1, 2})), scheduled(encoded(t, []int{1, 3, 2})),
			[]string{"[0][1]:  → 3"}, "here an element can be told from its neighbour"},
		{"encoding", "input", scheduled(raw("binary/x", "1")), scheduled(raw("binary/y", "1")),
			[]string{`[0]: "1" (binary/x) → "1" (binary/y)`}, "bytes of another encoding"},
		{"duration", "retry_policy", retries(time.Second), retries(2 * time.Second),
			[]string{`.initialInterval: "1s" → "2s"`}, "as people write it"},
		{"list of names", "retry_policy", retries(0, "A", "B"), retries(0, "A", "C"),
			[]string{`.nonRetryableErrorTypes[1]: "B" → "C"`}, "by place"},
		{"policy", "retry_policy", &historypb.ActivityTaskScheduledEventAttributes{}, retries(time.Second),
			[]string{`.initialInterval:  → "1s"`}, "field by field"},
		{"enum", "parent_close_policy", child(enumspb.PARENT_CLOSE_POLICY_ABANDON),
			child(enumspb.PARENT_CLOSE_POLICY_TERMINATE),
			[]string{": PARENT_CLOSE_POLICY_ABANDON → PARENT_CLOSE_POLICY_TERMINATE"}, "by name"},
		{"memo", "upserted_memo", memo(map[string]*commonpb.Payload{"fields": a, "gone": b}),
			memo(map[string]*commonpb.Payload{"fields": b, "come": c}),
			[]string{`.come:  → "c"`, `.fields: "a" → "b"`, `.gone: "b" → `}, "a key can have the name of a field"},
		{"memo, nil", "upserted_memo", memo(map[string]*commonpb.Payload{"x": encoded(t, nil)}),
			memo(map[string]*commonpb.Payload{"x": {}}), nil, "both take the key away"},
		{"failure", "failure", failed("no", "out of stock"), failed("no", "sold out"),
			[]string{`.cause.message: "out of stock" → "sold out"`}, "stack traces are no difference"},
		{"details", "failure", failed("no", "x", a), failed("no", "x", b),
			[]string{`.cause.applicationFailureInfo.details[0]: "a" → "b"`}, "decoded"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := tt.now.ProtoReflect().Descriptor().Fields().ByName(protoreflect.Name(tt.field))
			var got []string
			for path, values := range compareField(payload.Decoder{}, f, tt.recorded.ProtoReflect(),
				tt.now.ProtoReflect()) {
				got = append(got, fmt.Sprintf("%s: %s → %s", path, values[0], values[1]))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}
