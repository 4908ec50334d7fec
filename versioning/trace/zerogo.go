package trace

import (
	"encoding"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// value walks two values that encoding/json has written of a Go type. read and now are
// what the converter reads from them.
func (z *zeroes) value(t reflect.Type, a, b any, va, vb reflect.Value, path string) any {
	for t.Kind() == reflect.Pointer && !isOwn(t) {
		t, va, vb = t.Elem(), pointee(va), pointee(vb)
	}
	if isOwn(t) || !va.IsValid() || !vb.IsValid() {
		return b
	}
	switch t.Kind() {
	case reflect.Struct:
		if s, ok := objects(a, b); ok {
			return z.object(t, s, va, vb, path)
		}
	case reflect.Slice, reflect.Array:
		as, okA := a.([]any)
		bs, okB := b.([]any)
		if okA && okB {
			result := slices.Clone(bs)
			for i := range min(len(as), len(bs), va.Len(), vb.Len()) {
				result[i] = z.value(t.Elem(), as[i], bs[i], va.Index(i), vb.Index(i), fmt.Sprintf("%s[%d]", path, i))
			}
			return result
		}
	case reflect.Map:
		s, ok := objects(a, b)
		if !ok || t.Key().Kind() != reflect.String || isOwn(t.Key()) {
			return b
		}
		result := maps.Clone(s.b)
		s.each(func(name string, a, b any, inA, inB bool) {
			if inA && inB {
				key := reflect.ValueOf(name).Convert(t.Key())
				result[name] = z.value(t.Elem(), a, b, va.MapIndex(key), vb.MapIndex(key), path+"."+name)
			}
		})
		return result
	}
	return b
}

func (z *zeroes) object(t reflect.Type, s sides, va, vb reflect.Value, path string) any {
	fields := jsonFieldsOf(t)
	result := maps.Clone(s.b)
	s.each(func(name string, a, b any, inA, inB bool) {
		f, ok := fields.of(name)
		if !ok || fields.twice(f, s.a) || fields.twice(f, s.b) {
			return
		}
		fa, fb := f.in(va), f.in(vb)
		if !fa.IsValid() || !fb.IsValid() {
			return
		}
		path := path + "." + name
		kind := f.typ.Kind()
		switch own := isOwn(f.typ); {
		case inA && inB && (kind == reflect.Slice || kind == reflect.Map) && !own && isEmpty(a) && isEmpty(b):
			if !reflect.DeepEqual(a, b) {
				z.found(path, a, b, true, true)
				result[name] = a
			}
		case inA && inB:
			result[name] = z.value(f.typ, a, b, fa, fb, path)
		case kind == reflect.Pointer || kind == reflect.Interface || !isZero(fa) || !isZero(fb):
		case inA && f.isZero(a):
			z.found(path, a, nil, true, false)
			result[name] = a
		case inB && f.isZero(b):
			z.found(path, nil, b, false, true)
			delete(result, name)
		}
	})
	return result
}

func pointee(v reflect.Value) reflect.Value {
	if !v.IsValid() || v.IsNil() {
		return reflect.Value{}
	}
	return v.Elem()
}

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
			return len(v) == t.Len() && !slices.ContainsFunc(v, func(element any) bool { return !isZeroJSON(t.Elem(), element) })
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
		if written, ok := parse(text); err == nil && ok && reflect.DeepEqual(written, value) {
			return true
		}
	}
	return false
}
