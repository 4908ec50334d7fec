package trace

import (
	"reflect"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	commonpb "go.temporal.io/api/common/v1"
	updatepb "go.temporal.io/api/update/v1"
	"go.temporal.io/sdk/converter"
)

// Some encodings write one value in more than one way, as Protocol Buffers and gob
// do with maps. What is not read without a type is read with that of the value that
// the code has passed. What is read without one is not: fields that the type has
// lost would be no difference.

// settled returns the message of the field now, with the payloads of the history
// where both hold the same value of the call's types.
func (c *Call) settled(d decoder, recorded, now protoreflect.Message, f protoreflect.FieldDescriptor) protoreflect.Message {
	if f.Message() == nil {
		return now
	}
	result := proto.CloneOf(now.Interface()).ProtoReflect()
	switch a, b := recorded.Get(f).Message().Interface(), result.Get(f).Message().Interface(); b := b.(type) {
	case *commonpb.Payloads:
		a, _ := a.(*commonpb.Payloads)
		c.settle(d, a, b)
	case *commonpb.Payload:
		a, _ := a.(*commonpb.Payload)
		if len(c.types) == 1 && d.sameValue(c.by, c.types[0], a, b) {
			result.Set(f, recorded.Get(f))
		}
	case *updatepb.Outcome:
		a, _ := a.(*updatepb.Outcome)
		c.settle(d, a.GetSuccess(), b.GetSuccess())
	case *commonpb.Memo:
		a, _ := a.(*commonpb.Memo)
		for key, payload := range b.GetFields() {
			if was := a.GetFields()[key]; d.sameValue(c.memoBy, c.memoTypes[key], was, payload) {
				b.Fields[key] = was
			}
		}
	default:
		return now
	}
	return result
}

func (c *Call) settle(d decoder, recorded, now *commonpb.Payloads) {
	for i := range min(len(recorded.GetPayloads()), len(now.GetPayloads()), len(c.types)) {
		if was := recorded.Payloads[i]; d.sameValue(c.by, c.types[i], was, now.Payloads[i]) {
			now.Payloads[i] = was
		}
	}
}

// sameValue reports whether both payloads are read as equal values of the type.
func (d decoder) sameValue(dc converter.DataConverter, t reflect.Type, recorded, now *commonpb.Payload) bool {
	if dc == nil || t == nil || recorded == nil || now == nil {
		return false
	}
	if _, isRaw := d.value(recorded).(raw); !isRaw {
		if _, isRaw := d.value(now).(raw); !isRaw {
			return false
		}
	}
	a, b := reflect.New(t), reflect.New(t)
	if !unpack(dc, recorded, a.Interface()) || !unpack(dc, now, b.Interface()) {
		return false
	}
	if message, ok := a.Elem().Interface().(proto.Message); ok {
		other, _ := b.Elem().Interface().(proto.Message)
		return proto.Equal(message, other)
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}
