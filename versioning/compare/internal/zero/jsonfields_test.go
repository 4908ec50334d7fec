package zero

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

type (
	low     struct{ A, B, Deep int }
	left    struct{ A, X int }
	right   struct{ A, Y int }
	tagging struct {
		X int `json:"A"`
	}
	named struct {
		low `json:"low"`
		B   int
	}
	Shown  struct{ B int }
	hidden struct {
		Shown
		b int
		C int `json:"-"`
		D int `json:"-,"` //lint:ignore SA5008 that is what is tried
	}
)

// TestJSONFields asks encoding/json which members it writes.
func TestJSONFields(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		value any
		why   string
	}{
		{low{}, "plain"},
		{struct {
			A int `json:"a"`
			B int `json:",string"`
			C int `json:"not\\valid"` //lint:ignore SA5008 that is what is tried
			D int `json:"with space,omitempty"`
		}{D: 1}, "names in tags"},
		{hidden{}, "unexported fields, and what a tag leaves out"},
		{struct {
			low
			A int
		}{}, "the upper one hides the lower one"},
		{struct {
			left
			right
		}{}, "two of one depth hide each other"},
		{struct {
			left
			right
			low
		}{}, "three too"},
		{struct {
			left
			tagging
		}{}, "one with a tag goes first"},
		{struct{ left }{}, "promoted"},
		{struct {
			*Shown
			N int
		}{Shown: &Shown{}}, "through a pointer"},
		{named{}, "an embedded struct with a name is a member"},
		{struct {
			left
			Inner struct{ right }
		}{}, "not through a field"},
	} {
		text, err := json.Marshal(tt.value)
		require.NoError(t, err)
		var written map[string]any
		require.NoError(t, json.Unmarshal(text, &written))
		var got []string
		for _, f := range jsonFieldsOf(reflect.TypeOf(tt.value)) {
			got = append(got, f.name)
		}
		slices.Sort(got)
		if diff := cmp.Diff(slices.Sorted(maps.Keys(written)), got); diff != "" {
			t.Errorf("%T: %s (-encoding/json +got):\n%s", tt.value, tt.why, diff)
		}
	}
	require.Zero(t, hidden{}.b)
}
