package compare_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	failurepb "go.temporal.io/api/failure/v1"
	"go.temporal.io/api/proxy"
	sdkpb "go.temporal.io/api/sdk/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
	"google.golang.org/protobuf/proto"
)

// TestConverters replays one real recording as Workers with other converters would
// have written it. What the code does is the same, so that nothing may differ; and
// what a stage does otherwise is the same difference.
func TestConverters(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		options worker.WorkflowReplayerOptions
		write   func(id string) writer
		want    string
		why     string
	}{
		{
			name:    "serialization context",
			options: worker.WorkflowReplayerOptions{DataConverter: boundConverter},
			write:   boundTo,
			want:    "code has 1",
			why:     "the converter reads nothing without the workflow ID that the SDK gives it",
		},
		{
			name:    "typed",
			options: worker.WorkflowReplayerOptions{DataConverter: typedConverter},
			write: func(string) writer {
				return func(ctx *proxy.VisitPayloadsContext, p *commonpb.Payload) (*commonpb.Payload, error) {
					if _, ok := ctx.Parent.(*failurepb.ApplicationFailureInfo); ok {
						return p, nil // a failure converter has a data converter of its own
					}
					return typedPayload(p.GetData()), nil
				}
			},
			want: "(binary/typed)",
			why:  "the encoding has many forms of one value, and needs its type",
		},
		{
			name:    "introduced later",
			options: worker.WorkflowReplayerOptions{DataConverter: typedConverter},
			write: func(string) writer {
				return func(_ *proxy.VisitPayloadsContext, p *commonpb.Payload) (*commonpb.Payload, error) {
					return p,
						nil
				}
			},
			want: "(binary/typed)",
			why:  "executions outlive the change of an encoding",
		},
		{
			name:    "external storage",
			options: worker.WorkflowReplayerOptions{ExternalStorage: converter.ExternalStorage{Drivers: []converter.StorageDriver{claims{}}}},
			write: func(string) writer {
				return func(_ *proxy.VisitPayloadsContext, p *commonpb.Payload) (*commonpb.Payload, error) {
					data, err := proto.Marshal(p)
					if err != nil {
						return nil, err
					}
					return converter.GetDefaultDataConverter().ToPayload(&sdkpb.ExternalStorageReference{DriverName: "claims", ClaimData: map[string]string{"payload": string(jsonOf(data))}})
				}
			},
			want: "code has 1",
			why:  "the history has only a reference",
		},
	} {
		for _, name := range []string{"go", "handlers", "loop"} {
			t.Run(tt.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				r := recording(t, "coroutines/base."+name)
				r = rewritten(t, r, tt.write(r.WorkflowID))

				tr, err := replay(t, stage(t, "base"), r, tt.options)
				require.NoError(t, err)
				requireAligned(t, tr)
				if diff := cmp.Diff([]string(nil), differences(tr)); diff != "" {
					t.Errorf("%s: a false alarm (-want +got):\n%s", tt.why, diff)
				}

				want, err := replay(t, stage(t, "other-input"), recording(t, "coroutines/base."+name),
					worker.WorkflowReplayerOptions{})
				require.NoError(t, err)
				got, err := replay(t, stage(t, "other-input"), r, tt.options)
				require.NoError(t, err)
				if diff := cmp.Diff(paths(want), paths(got)); diff != "" {
					t.Errorf("other differences than in plain text (-plain +got):\n%s", diff)
				}
				require.NotEmpty(t, differences(got))
				require.Contains(t, differences(got)[0], tt.want, tt.why)
			})
		}
	}
}

// boundConverter binds payloads to the workflow ID, and reads no other ones.
var boundConverter = converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), &bound{})

type bound struct{ id string }

func (b *bound) WithSerializationContext(ctx converter.SerializationContext) converter.PayloadCodec {
	switch ctx := ctx.(type) {
	case converter.WorkflowSerializationContext:
		return &bound{ctx.WorkflowID}
	case converter.ActivitySerializationContext:
		return &bound{ctx.WorkflowID}
	}
	return b
}

func (b *bound) encode(p *commonpb.Payload) (*commonpb.Payload, error) {
	data, err := proto.Marshal(p)
	return &commonpb.Payload{
		Metadata: map[string][]byte{"encoding": []byte("binary/bound"), "id": []byte(b.id), "nonce": nonce()},
		Data:     data,
	}, err
}

func boundTo(id string) writer {
	return func(_ *proxy.VisitPayloadsContext, p *commonpb.Payload) (*commonpb.Payload, error) {
		return (&bound{id}).encode(p)
	}
}

func (b *bound) Encode(payloads []*commonpb.Payload) (encoded []*commonpb.Payload, err error) {
	for _, p := range payloads {
		p, err := b.encode(p)
		if err != nil {
			return nil, err
		}
		encoded = append(encoded, p)
	}
	return encoded, nil
}

func (b *bound) Decode(payloads []*commonpb.Payload) (decoded []*commonpb.Payload, err error) {
	for _, p := range payloads {
		if b.id == "" || string(p.GetMetadata()["id"]) != b.id {
			return nil, errors.New("bound to another workflow ID")
		}
		plain := &commonpb.Payload{}
		if err := proto.Unmarshal(p.GetData(), plain); err != nil {
			return nil, err
		}
		decoded = append(decoded, plain)
	}
	return decoded, nil
}

// typedConverter reads what it writes only with a type, as gob does.
var typedConverter = converter.NewCompositeDataConverter(converter.NewNilPayloadConverter(), typed{},
	converter.NewJSONPayloadConverter())

type typed struct{}

func typedPayload(json []byte) *commonpb.Payload {
	return &commonpb.Payload{Metadata: map[string][]byte{"encoding": []byte("binary/typed")},
		Data: append(nonce(), json...)}
}

func (typed) Encoding() string                  { return "binary/typed" }
func (typed) ToString(*commonpb.Payload) string { return `"secret"` }

func (typed) ToPayload(value any) (*commonpb.Payload, error) {
	data, err := json.Marshal(value)
	return typedPayload(data), err
}

func (typed) FromPayload(p *commonpb.Payload, to any) error {
	if _, ok := to.(*json.RawMessage); ok || reflect.TypeOf(to).Elem().Kind() == reflect.Interface {
		return errors.New("no type to decode into")
	}
	return json.Unmarshal(p.GetData()[8:], to)
}

// claims is a storage that keeps everything in its claims.
type claims struct{}

func jsonOf(data []byte) []byte {
	text, _ := json.Marshal(data)
	return text
}

func (claims) Name() string { return "claims" }
func (claims) Type() string { return "claims" }

func (claims) Store(converter.StorageDriverStoreContext, []*commonpb.Payload) ([]converter.StorageDriverClaim, error) {
	return nil, errors.New("a replay stores nothing")
}

func (claims) Retrieve(_ converter.StorageDriverRetrieveContext,
	claims []converter.StorageDriverClaim) (payloads []*commonpb.Payload, err error) {
	for _, claim := range claims {
		var data []byte
		if err := json.Unmarshal([]byte(claim.ClaimData["payload"]), &data); err != nil {
			return nil, err
		}
		p := &commonpb.Payload{}
		if err := proto.Unmarshal(data, p); err != nil {
			return nil, err
		}
		payloads = append(payloads, p)
	}
	return payloads, nil
}
