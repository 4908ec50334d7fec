package redact

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	commonpb "go.temporal.io/api/common/v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protopath"
	"google.golang.org/protobuf/reflect/protorange"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/anypb"
)

// user rewrites a message of the user's: its strings, bytes and numbers.
func (w *walker) user(m protoreflect.Message) {
	switch v := m.Interface().(type) {
	case *commonpb.Payload:
		w.payload(v)
		return
	case *anypb.Any:
		w.any(v)
		return
	}
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		fd := fields.Get(i)
		if !m.Has(fd) {
			continue
		}
		step := "." + fd.JSONName()
		if _, ok := m.Interface().(*commonpb.Payloads); ok {
			step = ""
		}
		w.in(step, func() {
			switch {
			case fd.IsMap():
				w.userMap(m.Get(fd).Map(), fd)
			case fd.IsList():
				list := m.Get(fd).List()
				for i := range list.Len() {
					w.in(fmt.Sprintf("[%d]", i), func() {
						if fd.Message() != nil {
							w.user(list.Get(i).Message())
						} else {
							list.Set(i, w.userScalar(fd, list.Get(i)))
						}
					})
				}
			case fd.Message() != nil:
				w.user(m.Get(fd).Message())
			default:
				m.Set(fd, w.userScalar(fd, m.Get(fd)))
			}
		})
	}
}

// any rewrites the message within, if its type is known.
func (w *walker) any(a *anypb.Any) {
	inner, err := a.UnmarshalNew()
	if err != nil || holdsUnknown(inner.ProtoReflect()) {
		a.Value = []byte(w.leaf(opaque, string(a.GetValue())))
		return
	}
	w.user(inner.ProtoReflect())
	if value, err := proto.Marshal(inner); err == nil {
		a.Value = value
	}
}

// holdsUnknown reports whether there are fields of which nothing tells what they are.
func holdsUnknown(m protoreflect.Message) (holds bool) {
	_ = protorange.Range(m, func(v protopath.Values) error {
		if nested, ok := v.Index(-1).Value.Interface().(protoreflect.Message); ok && len(nested.GetUnknown()) > 0 {
			holds = true
			return protorange.Terminate
		}
		return nil
	})
	return holds
}

func (w *walker) userMap(m protoreflect.Map, fd protoreflect.FieldDescriptor) {
	keys := []protoreflect.MapKey{}
	m.Range(func(k protoreflect.MapKey, _ protoreflect.Value) bool {
		keys = append(keys, k)
		return true
	})
	slices.SortFunc(keys, func(a, b protoreflect.MapKey) int { return strings.Compare(a.String(), b.String()) })
	// All of them are taken out first: a new key can be one that is there.
	values := make([]protoreflect.Value, len(keys))
	for i, k := range keys {
		values[i] = m.Get(k)
	}
	for _, k := range keys {
		m.Clear(k)
	}
	for i, k := range keys {
		w.in(".*", func() {
			k = w.userKey(fd.MapKey(), k)
			if fd.MapValue().Message() != nil {
				w.user(values[i].Message())
			} else {
				values[i] = w.userScalar(fd.MapValue(), values[i])
			}
			m.Set(k, values[i])
		})
	}
}

// userKey rewrites texts whole, as a key is no JSON, and numbers.
func (w *walker) userKey(fd protoreflect.FieldDescriptor, k protoreflect.MapKey) protoreflect.MapKey {
	if fd.Kind() == protoreflect.StringKind {
		return protoreflect.ValueOfString(w.leaf(text, k.String())).MapKey()
	}
	return w.userScalar(fd, k.Value()).MapKey()
}

// userScalar leaves enum values and booleans. A number that does not fit stays.
func (w *walker) userScalar(fd protoreflect.FieldDescriptor, v protoreflect.Value) protoreflect.Value {
	switch fd.Kind() {
	case protoreflect.StringKind:
		return protoreflect.ValueOfString(w.string(v.String()))
	case protoreflect.BytesKind:
		return protoreflect.ValueOfBytes([]byte(w.leaf(raw, string(v.Bytes()))))
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		if n, err := strconv.ParseInt(w.digits(v.String()), 10, 32); err == nil {
			return protoreflect.ValueOfInt32(int32(n))
		}
	case protoreflect.Int64Kind, protoreflect.Sint64Kind, protoreflect.Sfixed64Kind:
		if n, err := strconv.ParseInt(w.digits(v.String()), 10, 64); err == nil {
			return protoreflect.ValueOfInt64(n)
		}
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		if n, err := strconv.ParseUint(w.digits(v.String()), 10, 32); err == nil {
			return protoreflect.ValueOfUint32(uint32(n))
		}
	case protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		if n, err := strconv.ParseUint(w.digits(v.String()), 10, 64); err == nil {
			return protoreflect.ValueOfUint64(n)
		}
	case protoreflect.FloatKind:
		if n, err := strconv.ParseFloat(w.digits(strconv.FormatFloat(v.Float(), 'g', -1, 32)), 32); err == nil {
			return protoreflect.ValueOfFloat32(float32(n))
		}
	case protoreflect.DoubleKind:
		if n, err := strconv.ParseFloat(w.digits(strconv.FormatFloat(v.Float(), 'g', -1, 64)), 64); err == nil {
			return protoreflect.ValueOfFloat64(n)
		}
	}
	return v
}

func (w *walker) digits(n string) string {
	if strings.Trim(n, "-0.") == "" {
		return n
	}
	return w.leaf(number, n)
}
