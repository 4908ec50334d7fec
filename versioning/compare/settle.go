package compare

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	commonpb "go.temporal.io/api/common/v1"
	updatepb "go.temporal.io/api/update/v1"
	"go.temporal.io/sdk/converter"

	"github.com/replaymatrix/replaymatrix/versioning/compare/internal/zero"
	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// Some encodings write one value in more than one way, as Protocol Buffers and gob
// do with maps. What is not read without a type is read with that of the value that
// the code has passed. What is read without one is not: fields that the type has
// lost would be no difference.

// settled is a field of a call, with what is only written otherwise as the history has it.
type settled struct {
	payload.Decoder
	call   *Call
	now    protoreflect.Message
	strict bool
	// zero are the members that are absent on one side and zero on the other.
	zero []zero.Member
}

// decoderOf is the decoder for what the call has encoded into the field.
func (c *Call) decoderOf(d payload.Decoder, f protoreflect.FieldDescriptor) payload.Decoder {
	if f.Name() == "memo" || f.Name() == "upserted_memo" {
		return d.Of(c.Memo.By)
	}
	return d.Of(c.Encoded.By)
}

// settle looks at the payloads of the field: both messages hold them.
func (c *Call) settle(d payload.Decoder, recorded, now protoreflect.Message, f protoreflect.FieldDescriptor,
	strict bool) *settled {
	s := &settled{Decoder: d, call: c, now: now, strict: strict}
	if f.Message() == nil {
		return s
	}
	result := proto.CloneOf(now.Interface()).ProtoReflect()
	switch a, b := recorded.Get(f).Message().Interface(), result.Get(f).Message().Interface(); b := b.(type) {
	case *commonpb.Payloads:
		a, _ := a.(*commonpb.Payloads)
		s.payloads("", a, b)
	case *commonpb.Payload:
		a, _ := a.(*commonpb.Payload)
		if len(c.Encoded.Types) == 1 && s.payload(c.Encoded.By, c.Encoded.Types[0], "", a, b) {
			result.Set(f, recorded.Get(f))
		}
	case *updatepb.Outcome:
		a, _ := a.(*updatepb.Outcome)
		s.payloads(".success", a.GetSuccess(), b.GetSuccess())
	case *commonpb.Memo:
		a, _ := a.(*commonpb.Memo)
		for _, key := range slices.Sorted(maps.Keys(b.GetFields())) {
			if was := a.GetFields()[key]; s.payload(c.Memo.By, c.Memo.Types[key], "."+key, was, b.Fields[key]) {
				b.Fields[key] = was
			}
		}
	default:
		return s
	}
	s.now = result
	return s
}

func (s *settled) payloads(path string, recorded, now *commonpb.Payloads) {
	for i := range min(len(recorded.GetPayloads()), len(now.GetPayloads()), len(s.call.Encoded.Types)) {
		if was := recorded.Payloads[i]; s.payload(s.call.Encoded.By, s.call.Encoded.Types[i],
			fmt.Sprintf("%s[%d]", path, i), was, now.Payloads[i]) {
			now.Payloads[i] = was
		}
	}
}

// payload reports whether both payloads are read as equal values; if not, it takes out
// what is absent on one side and zero on the other.
func (s *settled) payload(dc converter.DataConverter, t reflect.Type, path string, recorded,
	now *commonpb.Payload) bool {
	if sameValue(s.Decoder, dc, t, recorded, now) {
		return true
	}
	if s.strict {
		return false
	}
	if value, members := zero.Members(s.Decoder, dc, t, recorded, now); len(members) > 0 {
		s.Know(now, value)
		for _, member := range members {
			member.Path = path + member.Path
			s.zero = append(s.zero, member)
		}
	}
	return false
}

// sameValue reports whether both payloads are read as equal values of the type.
func sameValue(d payload.Decoder, dc converter.DataConverter, t reflect.Type, recorded, now *commonpb.Payload) bool {
	if dc == nil || t == nil || recorded == nil || now == nil {
		return false
	}
	if _, isRaw := d.Value(recorded).(payload.Raw); !isRaw {
		if _, isRaw := d.Value(now).(payload.Raw); !isRaw {
			return false
		}
	}
	a, b := reflect.New(t), reflect.New(t)
	if !payload.Unpack(dc, recorded, a.Interface()) || !payload.Unpack(dc, now, b.Interface()) {
		return false
	}
	if message, ok := a.Elem().Interface().(proto.Message); ok {
		other, _ := b.Elem().Interface().(proto.Message)
		return proto.Equal(message, other)
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}
