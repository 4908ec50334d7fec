package payload

import (
	"encoding/json"
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/types/known/structpb"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

func encodedAs(encoding, data string) *commonpb.Payload {
	return &commonpb.Payload{Metadata: map[string][]byte{"encoding": []byte(encoding)}, Data: []byte(data)}
}

func encoded(t testing.TB, value any) *commonpb.Payload {
	t.Helper()
	p, err := converter.GetDefaultDataConverter().ToPayload(value)
	require.NoError(t, err)
	return p
}

// TestDecode is about what a payload is compared and shown as.
func TestDecode(t *testing.T) {
	t.Parallel()
	binary := converter.NewCompositeDataConverter(converter.NewProtoPayloadConverter())
	message, err := binary.ToPayload(wrapperspb.String("text"))
	require.NoError(t, err)
	unknown, err := binary.ToPayload(wrapperspb.String("text"))
	require.NoError(t, err)
	unknown.Metadata["messageType"] = []byte("shop.Order")

	zlib := converter.NewZlibCodec(converter.ZlibCodecOptions{AlwaysEncode: true})
	zipped := converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), zlib)
	zippedMessage, err := zipped.ToPayload(&structpb.ListValue{Values: []*structpb.Value{structpb.NewNumberValue(1)}})
	require.NoError(t, err)

	for _, tt := range []struct {
		name      string
		converter converter.DataConverter
		payload   *commonpb.Payload
		want, why string
	}{
		{"number", nil, encodedAs("json/plain", "9007199254740993"), "9007199254740993",
			"a float64 would lose the last digit"},
		{"order of fields", nil, encodedAs("json/plain", `{"b": 1, "a": [2, null]}`), `{"a":[2,null],"b":1}`,
			"no difference"},
		{"null", nil, encodedAs("json/plain", "null"), "", "nothing, as of a pointer"},
		{"nil", nil, encoded(t, nil), "", "nothing"},
		{"no payload", nil, nil, "", "nothing"},
		{"unset", nil, &commonpb.Payload{}, "", "a search attribute that is unset has no encoding"},
		{"bytes", nil, encoded(t, []byte(`{"a": 1}`)), `"eyJhIjogMX0="`, "bytes are not read as JSON"},
		{"two values", nil, encodedAs("json/plain", "1 2"), `"1 2" (json/plain)`, "not JSON"},
		{"message as JSON", nil, encoded(t, structpb.NewStringValue("text")), `"text"`,
			"read as JSON without its type"},
		{"message", binary, message, `"text"`, "a type that the program knows"},
		{"message of an unknown type", binary, unknown, `"\n\x04text" (binary/protobuf)`, "its bytes"},
		{"message in a codec", zipped, zippedMessage, "[1]", "the codec stands between"},
		{"another codec", nil, zippedMessage, "(binary/zlib)", "shown with its encoding"},
		{"unknown encoding", nil, encodedAs("binary/secret", "text"), `"text" (binary/secret)`,
			"shown with its encoding"},
		{"bytes that are no text", nil, encodedAs("binary/secret", "\xff\x00"), `"/wA=" (binary/secret)`, "as base64"},
		{"panicking", broken{}, encodedAs("json/plain", "1"), "1", "what a converter cannot read, the default one may"},
		{"panicking, own encoding", broken{}, encodedAs("binary/secret", "text"), `"text" (binary/secret)`,
			"it is no reason to end"},
		{"converter introduced later", binary, encodedAs("json/plain", "[1]"), "[1]", "the default converter reads it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, JSON(Decoder{Converter: tt.converter}.Value(tt.payload)), tt.want, tt.why)
			if tt.want == "" {
				require.Empty(t, JSON(Decoder{Converter: tt.converter}.Value(tt.payload)), tt.why)
			}
		})
	}
}

// broken panics whatever it is asked.
type broken struct{ converter.DataConverter }

func TestAsJSON(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		value any
		want  string
	}{
		{"nothing", nil, ""},
		{"text", "a<b>&", `"a<b>&"`},
		{"not JSON", math.Inf(1), "+Inf"},
		{"null beside nothing", json.RawMessage("null"), "null"},
		{"raw", Raw("binary/gob\x00\x01"), `"\x01" (binary/gob)`},
		{"raw with its own zero", Raw("binary/gob\x00a\x00b"), `"a\x00b" (binary/gob)`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, JSON(tt.value))
		})
	}
}

// TestUnpack is about converters that are a user's code.
func TestUnpack(t *testing.T) {
	t.Parallel()
	var text string
	require.False(t, Unpack(broken{}, encodedAs("json/plain", `"a"`), &text), "a panic")
	require.False(t, Unpack(refusing{}, encodedAs("json/plain", `"a"`), &text), "an error")
	require.True(t, Unpack(converter.GetDefaultDataConverter(), encodedAs("json/plain", `"a"`), &text))
	if diff := cmp.Diff("a", text); diff != "" {
		t.Error(diff)
	}
}

type refusing struct{ converter.DataConverter }

func (refusing) FromPayload(*commonpb.Payload, any) error { return errors.New("no key") }
