package zero

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// value walks two values that encoding/json has written of a Go type; va and vb are what
// the converter reads from them.
func (z *walk) value(t reflect.Type, a, b any, va, vb reflect.Value, path string) any {
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

func (z *walk) object(t reflect.Type, s sides, va, vb reflect.Value, path string) any {
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
