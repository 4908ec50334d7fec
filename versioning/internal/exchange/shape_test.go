package exchange_test

import (
	"cmp"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// TestShape holds that what this version writes can be read by all that say Version: the
// other tree can have an older or newer release of this library. A field may be added,
// and then belongs into testdata/shape. Where one goes, gets another name or
// another meaning, Version must be raised, and the file written anew.
func TestShape(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/shape")
	require.NoError(t, err)
	want := strings.Split(strings.TrimSpace(string(data)), "\n")
	require.Equal(t, "version 3", want[0], "testdata/shape is that of exchange.Version")
	require.Equal(t, 3, exchange.Version)
	var got []string
	for _, value := range []any{exchange.Request{}, exchange.Test{}, matrix.Row{}, exchange.Explained{}} {
		got = append(got, shape(reflect.TypeOf(value).Name(), reflect.TypeOf(value), nil)...)
	}
	gone := slices.DeleteFunc(slices.Clone(want[1:]), func(field string) bool { return slices.Contains(got, field) })
	added := slices.DeleteFunc(slices.Clone(got), func(field string) bool { return slices.Contains(want, field) })
	require.Empty(t, strings.Join(gone, "\n"), "these fields are gone or have another type: raise exchange.Version")
	require.Empty(t, strings.Join(added, "\n"), "these fields are new: add them to testdata/shape")
}

// shape lists the fields that JSON has.
func shape(path string, t reflect.Type, above []reflect.Type) (fields []string) {
	if slices.Contains(above, t) {
		return nil
	}
	switch above = append(slices.Clone(above), t); t.Kind() {
	case reflect.Pointer, reflect.Slice:
		return shape(path, t.Elem(), above)
	case reflect.Map:
		return shape(path+"[]", t.Elem(), above)
	case reflect.Struct:
		for i := range t.NumField() {
			field := t.Field(i)
			if !field.IsExported() || field.Name == "Explanation" {
				continue // matrix.EncodeRow leaves explanations out
			}
			tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if tag == "-" {
				continue
			}
			name := path + "." + cmp.Or(tag, field.Name)
			if field.Anonymous {
				name = path
			}
			fields = append(fields, shape(name, field.Type, above)...)
		}
		return fields
	default:
		return []string{path + " " + t.Kind().String()}
	}
}
