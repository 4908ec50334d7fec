package replay_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/known/wrapperspb"

	commonpb "go.temporal.io/api/common/v1"
	failurepb "go.temporal.io/api/failure/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// The types that the code of TestZeroValues passes.
type (
	inner struct {
		Name  string
		Count int `json:"count,omitempty"`
	}
	outer struct {
		ID    string
		Inner inner
		List  []inner
		ByKey map[string]inner
		Ptr   *inner
	}
	base     struct{ Region string }
	embedded struct {
		base
		ID string
	}
	embedsPointer struct {
		*base
		ID string
	}
	// cents marshals itself, and its zero does not read back as absent.
	cents struct {
		known bool
		n     int
	}
	priced struct {
		ID    string
		Price cents
	}
	// whole marshals itself, members and all.
	whole struct{ ID, Note string }
	// zoned's zero reads back as the zero value, as time.Time's does.
	zoned struct {
		ID   string
		From time.Time
	}
	tagged struct {
		ID      string `json:"id"`
		Skipped string `json:"-"`
		Quoted  int    `json:"quoted,string"`
		Bytes   []byte
		Array   [2]int
		Any     any
		Ratio   float64
	}
)

func (c cents) MarshalJSON() ([]byte, error) { return json.Marshal(c.n) }
func (c *cents) UnmarshalJSON(data []byte) error {
	c.known = true
	return json.Unmarshal(data, &c.n)
}

func (w whole) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]string{"ID": w.ID, "Note": w.Note})
}

// TestZeroValues is about members that are absent on one side and zero on the other:
// that is no difference to whoever reads them, where the Go type says so.
func TestZeroValues(t *testing.T) {
	t.Parallel()
	const same, different = replay.Safe, replay.Drift
	for _, tt := range []struct {
		name     string
		recorded string
		now      any
		want     replay.Verdict
		notes    int
		why      string
	}{
		{"fields added", `{"ID":"x"}`, order{ID: "x"}, same, 3, "false, nil and the zero time"},
		{"fields of another value", `{"ID":"x"}`, order{ID: "x", Detached: true}, different, 2,
			"true is not what an absent member is"},
		{"fields that became optional", `{"Name":"x","count":0}`, inner{Name: "x"}, same, 1,
			"omitempty leaves it out now"},
		{"a value that became zero", `{"Name":"x","count":3}`, inner{Name: "x"}, different, 0, "3 is lost"},
		{"a member that is gone", `{"Name":"x","gone":0}`, inner{Name: "x"}, different, 0,
			"the type does not have it, so nobody knows what zero meant"},
		{"nil and empty list", `{"ID":"x","Detached":false,"Tags":[],"Since":"0001-01-01T00:00:00Z"}`, order{ID: "x"},
			same, 1, "a nil slice is an empty one"},
		{"nil and empty map", `{"ID":"x","Inner":{"Name":""},"List":null,"ByKey":{},"Ptr":null}`, outer{ID: "x"}, same,
			1, "a nil map too"},
		{"nested", `{"ID":"x","Inner":{},"List":null,"ByKey":null,"Ptr":null}`, outer{ID: "x"}, same, 1,
			"a member of a struct in a struct"},
		{"nested, absent", `{"ID":"x","List":null,"ByKey":null,"Ptr":null}`, outer{ID: "x"}, same, 1,
			"a whole struct of zeros"},
		{"nested, absent, with more", `{"ID":"x","Inner":{"Name":"","gone":0},"Ptr":null}`, struct{ ID string }{"x"},
			different, 0, "the type does not have it"},
		{"zero struct with an unknown member",
			`{"ID":"x","Inner":{"Name":"","gone":0},"List":null,"ByKey":null,"Ptr":null}`, struct {
				ID    string
				Inner inner `json:",omitzero"`
				List  []inner
				ByKey map[string]inner
				Ptr   *inner
			}{ID: "x"}, different, 0, "the type of the struct does not have it"},
		{"in a list", `{"ID":"x","Inner":{"Name":""},"List":[{"Name":"a","count":0}],"ByKey":null,"Ptr":null}`,
			outer{ID: "x", List: []inner{{Name: "a"}}}, same, 1, "a member of a struct in a list"},
		{"list element", `{"ID":"x","Inner":{"Name":""},"List":[],"ByKey":null,"Ptr":null}`,
			outer{ID: "x", List: []inner{{}}}, different, 0, "an element is none of the members"},
		{"in a map", `{"ID":"x","Inner":{"Name":""},"List":null,"ByKey":{"k":{"Name":"a","count":0}},"Ptr":null}`,
			outer{ID: "x", ByKey: map[string]inner{"k": {Name: "a"}}}, same, 1, "a member of a struct in a map"},
		{"map entry", `{"ID":"x","Inner":{"Name":""},"List":null,"ByKey":{"k":{"Name":""}},"Ptr":null}`,
			outer{ID: "x", ByKey: map[string]inner{}}, different, 0, "a key that is there is not one that is not"},
		{"list in a map", `{"k":null}`, map[string][]string{"k": {}}, different, 0, "a map entry is not a member"},
		{"behind a pointer", `{"ID":"x","Inner":{"Name":""},"List":null,"ByKey":null,"Ptr":{"Name":"a","count":0}}`,
			outer{ID: "x", Ptr: &inner{Name: "a"}}, same, 1, "the pointer is there on both sides"},
		{"pointer", `{"ID":"x","Inner":{"Name":""},"List":null,"ByKey":null}`, outer{ID: "x", Ptr: &inner{}}, different,
			0, "nil is not zero"},
		{"nil pointer", `{"ID":"x","Inner":{"Name":""},"List":null,"ByKey":null}`, outer{ID: "x"}, different, 0,
			"pointers are compared as they are written"},
		{"embedded", `{"ID":"x"}`, embedded{ID: "x"}, same, 1, "a promoted field is a member"},
		{"embedded pointer", `{"ID":"x"}`, embedsPointer{ID: "x", base: &base{}}, different, 0,
			"whether the struct is there is what differs"},
		{"interface", `{"id":"x","quoted":"0","Bytes":null,"Array":[0,0],"Ratio":0}`, tagged{ID: "x"}, different, 0,
			"any is compared as it is written"},
		{"inside an interface", `{"id":"x","quoted":"0","Bytes":null,"Array":[0,0],"Any":{"Name":"a"},"Ratio":0}`,
			tagged{ID: "x", Any: order{}}, different, 0, "its type is not known to who reads it"},
		{"tags", `{"id":"x","Any":null}`, tagged{ID: "x", Skipped: "y"}, same, 4,
			"quoted numbers, bytes, arrays, numbers"},
		{"letter case", `{"id":"x","quoted":"0","bytes":"","Array":[0,0],"Any":null,"Ratio":0}`, tagged{ID: "x"}, same,
			2, "encoding/json reads bytes as Bytes"},
		{"bytes", `{"id":"x","quoted":"0","Bytes":"","Array":[0,0],"Any":null,"Ratio":0.0}`, tagged{ID: "x"}, different,
			1, "0.0 is another spelling of a number, and compared as it was"},
		{"skipped member", `{"id":"x","quoted":"0","Bytes":null,"Array":[0,0],"Any":null,"Ratio":0,"Skipped":""}`,
			tagged{ID: "x"}, different, 0, "no field is read from it"},
		{"own zero", `{"ID":"x"}`, zoned{ID: "x"}, same, 1,
			"the zero time reads back as what is there when nothing is read"},
		{"own zero that is more", `{"ID":"x"}`, priced{ID: "x"}, different, 0,
			"UnmarshalJSON makes more of it than nothing"},
		{"own object", `{"ID":"x"}`, whole{ID: "x"}, different, 0, "what its members mean is its own matter"},
		{"map", `{}`, map[string]int{"n": 0}, different, 0, "a map has no members that are known"},
		{"named like an option", `{"readTimeout":0}`, map[string]int{}, different, 0, "what a value has is no option"},
		{"argument", `null`, []string{}, different, 0, "an argument is no member"},
		{"pointer to it", `{"ID":"x"}`, &order{ID: "x"}, same, 3, "an argument can be a pointer"},
		{"another number", `{"Name":"x","count":0}`, struct {
			Name  string
			Count *int `json:"count,omitempty"`
		}{Name: "x"}, different, 0, "optional now"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			judge := func(opts replay.Options) replay.Result {
				r := fault(t, "zero-fields")
				r.History.Events[4].GetActivityTaskScheduledEventAttributes().Input.Payloads[0].Data = []byte(tt.recorded)
				return replay.Judge(t.Context(), running(r, "test", passing(tt.now)), r, &opts)
			}
			got := judge(replay.Options{})
			require.Equal(t, tt.want, got.Verdict, "%s: %s", tt.why, advice.Line(got))
			require.Len(t, got.Notes, tt.notes, tt.why)
			if tt.notes > 0 {
				strict := judge(replay.Options{Config: replay.Config{StrictPayloads: true}})
				require.Equal(t, replay.Drift, strict.Verdict, "who asks for bytes gets them")
				require.Empty(t, strict.Notes)
			}
		})
	}
}

// passing calls Charge with the value.
func passing(value any) any {
	return func(ctx workflow.Context, _ string) error {
		calls(ctx, value, workflow.ActivityOptions{})
		workflow.GetSignalChannel(ctx, "never").Receive(ctx, nil)
		return nil
	}
}

// TestZeroNotes is about what is told of such members.
func TestZeroNotes(t *testing.T) {
	t.Parallel()
	r := fault(t, "zero-fields")
	got := replay.Judge(t.Context(), running(r, "test", passing(order{ID: "x1"})), r, nil)
	require.Equal(t, replay.Safe, got.Verdict, advice.Line(got))
	const field = "zero-value at event 5: ActivityTaskScheduled(Charge).input[0]."
	if diff := cmp.Diff([]string{
		field + `Detached: history has none, code has false: the same to whoever reads it`,
		field + `Since: history has none, code has "0001-01-01T00:00:00Z": the same to whoever reads it`,
		field + `Tags: history has none, code has null: the same to whoever reads it`,
	}, texts(got.Notes)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	require.Empty(t, got.Findings())
	require.Regexp(t, `^replay/zerovalue_test.go:\d+$|^replay/charge_test.go:\d+$`, got.Notes[0].Source)
}

// TestZeroProto is the same of messages of Protocol Buffers, whose fields without
// presence are not written when they are zero, unless the converter is asked to.
func TestZeroProto(t *testing.T) {
	t.Parallel()
	written := converter.NewCompositeDataConverter(converter.NewNilPayloadConverter(),
		converter.NewProtoJSONPayloadConverterWithOptions(converter.ProtoJSONPayloadConverterOptions{}),
		converter.NewJSONPayloadConverter())
	for _, tt := range []struct {
		name     string
		recorded string
		now      proto.Message
		want     replay.Verdict
		why      string
	}{
		{"zero then", `{"name":"x","kind":"TASK_QUEUE_KIND_UNSPECIFIED","normalName":""}`,
			&taskqueuepb.TaskQueue{Name: "x"}, replay.Safe, "fields without presence"},
		{"another value", `{"name":"x","kind":"TASK_QUEUE_KIND_STICKY"}`, &taskqueuepb.TaskQueue{Name: "x"},
			replay.Drift, "sticky is lost"},
		{"lists and maps", `{"nonRetryableErrorTypes":[],"backoffCoefficient":0,"maximumAttempts":0}`,
			&commonpb.RetryPolicy{}, replay.Safe, "they have no presence either"},
		{"message", `{"initialInterval":"0s"}`, &commonpb.RetryPolicy{}, replay.Drift, "a message has presence"},
		{"inside a message", `{"message":"x","cause":{"message":"y","source":""}}`,
			&failurepb.Failure{Message: "x", Cause: &failurepb.Failure{Message: "y"}}, replay.Safe,
			"a field of a message that is there"},
		{"oneof", `{"timeoutFailureInfo":{}}`, &failurepb.Failure{}, replay.Drift, "a member of a oneof has presence"},
		{"inside a oneof", `{"timeoutFailureInfo":{"timeoutType":0}}`,
			&failurepb.Failure{FailureInfo: &failurepb.Failure_TimeoutFailureInfo{
				TimeoutFailureInfo: &failurepb.TimeoutFailureInfo{}}}, replay.Safe, "its fields have none"},
		{"optional", `{"name":""}`, &descriptorpb.FieldDescriptorProto{}, replay.Drift, "it is written to be seen"},
		{"list element", `{"payloads":[{}]}`, &commonpb.Payloads{}, replay.Drift, "an element is none of the fields"},
		{"map entry", `{"fields":{"k":{}}}`, &commonpb.Memo{}, replay.Drift, "neither is an entry"},
		{"well-known type", `{"value":""}`, &wrapperspb.StringValue{}, replay.Drift, "its JSON is its own"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := fault(t, "zero-fields")
			payload := r.History.Events[4].GetActivityTaskScheduledEventAttributes().Input.Payloads[0]
			payload.Data = []byte(tt.recorded)
			payload.Metadata = map[string][]byte{"encoding": []byte("json/protobuf"),
				"messageType": []byte(tt.now.ProtoReflect().Descriptor().FullName())}
			opts := replay.Options{}
			opts.Worker.DataConverter = written
			got := replay.Judge(t.Context(), running(r, "test", passing(tt.now)), r, &opts)
			require.Equal(t, tt.want, got.Verdict, "%s: %s", tt.why, advice.Line(got))
		})
	}
}
