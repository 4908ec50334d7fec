package zero

import (
	"encoding"
	"encoding/json"
	"reflect"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

var ownTypes = []reflect.Type{
	reflect.TypeFor[json.Marshaler](), reflect.TypeFor[json.Unmarshaler](),
	reflect.TypeFor[encoding.TextMarshaler](), reflect.TypeFor[encoding.TextUnmarshaler](),
}

// isOwn reports whether the type writes or reads its JSON by itself.
func isOwn(t reflect.Type) bool {
	return slices.ContainsFunc(ownTypes, func(own reflect.Type) bool {
		return t.Implements(own) || t.Kind() != reflect.Interface && reflect.PointerTo(t).Implements(own)
	})
}

// isZero reports whether the value is what a field is that nothing was read into, but
// that a list or map may be empty.
func isZero(v reflect.Value) bool {
	switch {
	case v.Kind() == reflect.Slice || v.Kind() == reflect.Map:
		return v.Len() == 0
	case v.Kind() == reflect.Struct && !isOwn(v.Type()):
		for i := range v.NumField() {
			if !isZero(v.Field(i)) {
				return false
			}
		}
		return true
	}
	return v.IsZero()
}

// isZeroJSON reports whether the value is the zero of the type, written by
// encoding/json, with nothing in it that the type does not have.
func isZeroJSON(t reflect.Type, value any) bool {
	if isOwn(t) {
		return isOwnZero(t, value)
	}
	switch v := value.(type) {
	case nil:
		switch t.Kind() {
		case reflect.Slice, reflect.Map, reflect.Pointer, reflect.Interface:
			return true
		}
	case bool:
		return t.Kind() == reflect.Bool && !v
	case string:
		return v == "" && (t.Kind() == reflect.String || t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8)
	case json.Number:
		f, err := v.Float64()
		return err == nil && f == 0 && isNumber(t.Kind())
	case []any:
		switch t.Kind() {
		case reflect.Slice:
			return len(v) == 0
		case reflect.Array:
			return len(v) == t.Len() &&
				!slices.ContainsFunc(v, func(element any) bool { return !isZeroJSON(t.Elem(), element) })
		}
	case map[string]any:
		switch t.Kind() {
		case reflect.Map:
			return len(v) == 0
		case reflect.Struct:
			fields := jsonFieldsOf(t)
			for name, member := range v {
				if f, ok := fields.of(name); !ok || !f.isZero(member) {
					return false
				}
			}
			return true
		}
	}
	return false
}

func isNumber(k reflect.Kind) bool { return k >= reflect.Int && k <= reflect.Float64 }

// isOwnZero is for a type that writes its own JSON: what it writes for its zero, by
// value or by pointer.
func isOwnZero(t reflect.Type, value any) (zero bool) {
	defer func() {
		if recover() != nil {
			zero = false
		}
	}()
	for _, v := range []any{reflect.Zero(t).Interface(), reflect.New(t).Interface()} {
		text, err := json.Marshal(v)
		if written, ok := payload.Parse(text); err == nil && ok && reflect.DeepEqual(written, value) {
			return true
		}
	}
	return false
}
