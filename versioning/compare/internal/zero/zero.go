// Package zero finds the members of two values that one side does not have, but that mean the same
// to every reader.
package zero

import (
	"maps"
	"reflect"
	"slices"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// A member that is absent on one side and zero on the other is the same to whoever
// reads it, where the type of the value that the code passes says so: a field of a
// struct that is neither a pointer nor an interface, or a field of a message without
// presence. An element of a list, an entry of a map and what a type writes by itself
// are compared as they are written, and so is a member that the type does not have.

// A Member is a member that is absent on one side and zero on the other side. Path is the path to
// the member within the value. Recorded and Now are what the two sides have. The side without the
// member is empty.
type Member struct{ Path, Recorded, Now string }

// walk goes through two payloads of one type beside each other.
type walk struct{ members []Member }

// Members returns the value of the payload now, in which each Member is as the history has it. It
// also returns these members. It returns none if there are no such members. t is the type of the
// value that the code has passed, and dc is the converter that has encoded the value.
func Members(
	d payload.Decoder, dc converter.DataConverter, t reflect.Type, recorded, now *commonpb.Payload,
) (value any, members []Member) {
	if dc == nil || t == nil || recorded == nil || now == nil {
		return nil, nil
	}
	a, b := d.Value(recorded), d.Value(now)
	if !isContainer(a) || !isContainer(b) {
		return nil, nil
	}
	defer func() {
		if recover() != nil { // a type that is a message by name only
			value, members = nil, nil
		}
	}()
	// The converter has the last word on what is the same: it could give an absent
	// member a value of its own.
	va, vb := reflect.New(t), reflect.New(t)
	if !payload.Unpack(dc, recorded, va.Interface()) || !payload.Unpack(dc, now, vb.Interface()) {
		return nil, nil
	}
	z := &walk{}
	was, is := innerEncoding(dc, recorded), innerEncoding(dc, now)
	switch message, isProto := reflect.Zero(t).Interface().(proto.Message); {
	case isProto && isProtoEncoding(was) && isProtoEncoding(is):
		value = z.message(message.ProtoReflect().Descriptor(), a, b, "")
	case !isProto && was == converter.MetadataEncodingJSON && is == was:
		value = z.value(t, a, b, va.Elem(), vb.Elem(), "")
	}
	return value, z.members
}

// innerEncoding is the encoding of the payload without a codec.
func innerEncoding(dc converter.DataConverter, p *commonpb.Payload) string {
	var inner converter.RawValue
	if payload.Unpack(dc, p, &inner) && inner.Payload() != nil {
		p = inner.Payload()
	}
	return string(p.GetMetadata()[converter.MetadataEncoding])
}

func isProtoEncoding(encoding string) bool {
	return encoding == converter.MetadataEncodingProtoJSON || encoding == converter.MetadataEncodingProto
}

func isContainer(value any) bool {
	switch value.(type) {
	case map[string]any, []any:
		return true
	}
	return false
}

// found notes a member that both sides have the same in.
func (z *walk) found(path string, recorded, now any, inRecorded, inNow bool) {
	member := Member{Path: path}
	if inRecorded {
		member.Recorded = payload.JSONOrNull(recorded)
	}
	if inNow {
		member.Now = payload.JSONOrNull(now)
	}
	z.members = append(z.members, member)
}

// sides are the members of two objects, by name.
type sides struct{ a, b map[string]any }

// each calls the function for every name, in order.
func (s sides) each(f func(name string, a, b any, inA, inB bool)) {
	names := slices.Collect(maps.Keys(s.a))
	for name := range s.b {
		if _, ok := s.a[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		a, inA := s.a[name]
		b, inB := s.b[name]
		f(name, a, b, inA, inB)
	}
}

func objects(a, b any) (s sides, ok bool) {
	var okA, okB bool
	s.a, okA = a.(map[string]any)
	s.b, okB = b.(map[string]any)
	return s, okA && okB
}

// isEmpty reports whether the value is that of a list or map with nothing in it.
func isEmpty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	case string:
		return v == "" // a slice of bytes
	}
	return false
}
