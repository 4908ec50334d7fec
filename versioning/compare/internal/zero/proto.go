package zero

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// message walks two messages that were written as the JSON of Protocol Buffers, in
// which the names of fields can be those of the .proto file.
func (z *walk) message(d protoreflect.MessageDescriptor, a, b any, path string) any {
	s, ok := objects(a, b)
	if !ok || hasOwnJSON(d) {
		return b
	}
	result := maps.Clone(s.b)
	s.each(func(name string, a, b any, inA, inB bool) {
		f := d.Fields().ByJSONName(name)
		if f == nil {
			f = d.Fields().ByTextName(name)
		}
		if f == nil {
			return
		}
		path := path + "." + name
		switch {
		case inA && inB && !f.HasPresence() && isZeroField(f, a) && isZeroField(f, b):
			if payload.JSON(a) != payload.JSON(b) {
				z.found(path, a, b, true, true)
				result[name] = a
			}
		case inA && inB:
			result[name] = z.field(f, a, b, path)
		case f.HasPresence():
		case inA && isZeroField(f, a):
			z.found(path, a, nil, true, false)
			result[name] = a
		case inB && isZeroField(f, b):
			z.found(path, nil, b, false, true)
			delete(result, name)
		}
	})
	return result
}

func (z *walk) field(f protoreflect.FieldDescriptor, a, b any, path string) any {
	switch {
	case f.IsMap() && f.MapValue().Message() != nil:
		if s, ok := objects(a, b); ok {
			result := maps.Clone(s.b)
			s.each(func(name string, a, b any, inA, inB bool) {
				if inA && inB {
					result[name] = z.message(f.MapValue().Message(), a, b, path+"."+name)
				}
			})
			return result
		}
	case f.IsMap() || f.Message() == nil:
	case f.IsList():
		as, okA := a.([]any)
		bs, okB := b.([]any)
		if okA && okB {
			result := slices.Clone(bs)
			for i := range min(len(as), len(bs)) {
				result[i] = z.message(f.Message(), as[i], bs[i], fmt.Sprintf("%s[%d]", path, i))
			}
			return result
		}
	default:
		return z.message(f.Message(), a, b, path)
	}
	return b
}

// hasOwnJSON are the well-known types whose JSON is not that of their fields.
func hasOwnJSON(d protoreflect.MessageDescriptor) bool {
	if d.ParentFile().Package() != "google.protobuf" {
		return false
	}
	switch d.Name() {
	case "Any", "Duration", "FieldMask", "ListValue", "Struct", "Timestamp", "Value":
		return true
	}
	return strings.HasSuffix(string(d.Name()), "Value") && d.Fields().Len() == 1
}

// isZeroField reports whether the value is what a field without presence has when it
// is not written.
func isZeroField(f protoreflect.FieldDescriptor, value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case bool:
		return !v
	case string:
		switch f.Kind() {
		case protoreflect.EnumKind:
			zero := f.Enum().Values().ByNumber(0)
			return zero != nil && string(zero.Name()) == v
		case protoreflect.StringKind, protoreflect.BytesKind:
			return v == ""
		}
		return v == "0" // 64 bits are written in quotes
	case json.Number:
		n, err := v.Float64()
		return err == nil && n == 0 && !strings.HasPrefix(v.String(), "-")
	}
	return isEmpty(value)
}
