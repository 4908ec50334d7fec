package zero

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// jsonField is a member of the JSON that encoding/json writes for a struct.
type jsonField struct {
	name string
	// index is the way to the field, through embedded structs.
	index []int
	typ   reflect.Type
	// tagged is whether a tag names it, quoted whether it is a number in a string.
	tagged, quoted bool
}

type jsonFields []jsonField

// jsonFieldsOf returns the members of a struct by the rules of encoding/json (typeFields
// in encode.go): tags, unexported fields, embedded structs and which of them wins.
func jsonFieldsOf(t reflect.Type) (fields jsonFields) {
	type embedded struct {
		t     reflect.Type
		index []int
	}
	level, visited := []embedded{{t: t}}, map[reflect.Type]bool{}
	for len(level) > 0 {
		var next []embedded
		var here jsonFields
		for _, e := range level {
			visited[e.t] = true
		}
		for _, e := range level {
			for i := range e.t.NumField() {
				sf := e.t.Field(i)
				name, options, _ := strings.Cut(sf.Tag.Get("json"), ",")
				if !isValidName(name) {
					name = ""
				}
				inner := sf.Type
				if sf.Anonymous && inner.Kind() == reflect.Pointer {
					inner = inner.Elem()
				}
				if sf.Tag.Get("json") == "-" || !sf.IsExported() && (!sf.Anonymous || inner.Kind() != reflect.Struct) {
					continue
				}
				index := append(slices.Clone(e.index), i)
				if sf.Anonymous && name == "" && inner.Kind() == reflect.Struct {
					if !visited[inner] {
						next = append(next, embedded{inner, index})
					}
					continue
				}
				f := jsonField{name: name, index: index, typ: sf.Type, tagged: name != ""}
				if !f.tagged {
					f.name = sf.Name
				}
				f.quoted = slices.Contains(strings.Split(options, ","), "string")
				here = append(here, f)
			}
		}
		fields = append(fields, here.dominant(fields)...)
		level = next
	}
	return slices.DeleteFunc(fields, func(f jsonField) bool { return f.typ == nil })
}

// dominant are the fields of one depth that are written: those above hide them, one
// with a tag goes before one without, and of two equal ones none is, which hides those
// below too.
func (here jsonFields) dominant(above jsonFields) (fields jsonFields) {
	for _, f := range here {
		named := func(g jsonField) bool { return g.name == f.name }
		if slices.ContainsFunc(above, named) || slices.ContainsFunc(fields, named) {
			continue
		}
		var tagged, all jsonFields
		for _, g := range here {
			if named(g) {
				all = append(all, g)
				if g.tagged {
					tagged = append(tagged, g)
				}
			}
		}
		switch {
		case len(tagged) == 1:
			fields = append(fields, tagged[0])
		case len(all) == 1:
			fields = append(fields, f)
		default:
			fields = append(fields, jsonField{name: f.name}) // without a type: none
		}
	}
	return fields
}

// isValidName is isValidTag of encoding/json.
func isValidName(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r)
	})
}

// of returns the field that encoding/json reads the member into.
func (fields jsonFields) of(name string) (jsonField, bool) {
	for _, matches := range []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.EqualFold} {
		if i := slices.IndexFunc(fields, func(f jsonField) bool { return matches(f.name, name) }); i >= 0 {
			return fields[i], true
		}
	}
	return jsonField{}, false
}

// twice reports whether the object has more than one member for the field.
func (fields jsonFields) twice(f jsonField, object map[string]any) bool {
	n := 0
	for name := range object {
		if g, ok := fields.of(name); ok && g.name == f.name {
			n++
		}
	}
	return n > 1
}

// in returns the field of the struct, none if it is behind an embedded pointer.
func (f jsonField) in(v reflect.Value) reflect.Value {
	for _, i := range f.index {
		if v.Kind() != reflect.Struct {
			return reflect.Value{}
		}
		v = v.Field(i)
	}
	return v
}

// isZero reports whether the member holds the zero of the field.
func (f jsonField) isZero(value any) bool {
	if text, ok := value.(string); f.quoted && ok {
		switch {
		case isNumber(f.typ.Kind()):
			n, err := strconv.ParseFloat(text, 64)
			return err == nil && n == 0
		case f.typ.Kind() == reflect.Bool:
			return text == "false"
		case f.typ.Kind() == reflect.String:
			return text == `""`
		}
	}
	return isZeroJSON(f.typ, value)
}
