package compare

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestPairs writes calls and events as letters with the digit that they carry; an
// event whose call is known for certain is written with a capital letter.
func TestPairs(t *testing.T) {
	t.Parallel()
	parse := func(text string) (list []paired) {
		for word := range strings.FieldsSeq(text) {
			list = append(list, paired{word[:1], word[1:]})
		}
		return list
	}
	for _, tt := range []struct{ name, calls, events, want, why string }{
		{"the same", "a1 b2 a3", "a1 b2 a3", "0-0 1-1 2-2", "each with its own"},
		{"none", "", "", "", "nothing to pair"},
		{"one gone", "a1 a3", "a1 a2 a3", "0-0 1-2", "what they carry tells which"},
		{"one added", "a1 a2 a3", "a1 a3", "0-0 2-1", "and so here"},
		{"alike", "a a", "a a a", "0-0 1-1", "nothing tells which"},
		{"all changed", "a7 a8", "a1 a2", "0-0 1-1", "a pair counts more than what it carries"},
		{"changed and gone", "a9 a3", "a1 a2 a3", "0-0 1-2", "the one that is the same stays"},
		{"around what is certain", "A b B b", "b A b B b", "0-1 1-2 2-3 3-4",
			"the first one is gone, and not the last"},
		{"another kind", "a1 c2 b3", "a1 b3", "0-0 2-1", "no pair"},
		{"reordered", "a1 b2", "b2 a1", "1-0", "in their order there is one pair"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			found := pairs(parse(tt.calls), parse(tt.events))
			slices.SortFunc(found, func(a, b [2]int) int { return a[0] - b[0] })
			var got []string
			for _, pair := range found {
				got = append(got, fmt.Sprintf("%d-%d", pair[0], pair[1]))
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

// TestPairsOfLongTask is about a Workflow Task with more commands than are compared
// each with each: what is equal before and after a change still finds its pair.
func TestPairsOfLongTask(t *testing.T) {
	t.Parallel()
	var events []paired
	for i := range 3 * longestTask {
		events = append(events, paired{"a", fmt.Sprint(i)})
	}
	calls := slices.Delete(slices.Clone(events), 1000, 1001)
	found := pairs(calls, events)
	require.Len(t, found, len(calls))
	for _, pair := range found {
		require.Equal(t, calls[pair[0]], events[pair[1]])
	}
}
