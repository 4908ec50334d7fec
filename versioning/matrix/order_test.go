package matrix_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

func TestOrder(t *testing.T) {
	t.Parallel()
	want := []string{
		// the scenarios as the family lists them
		"initial.completed", "initial.waiting", "initial.failed", "initial.cancelled",
		"initial.another", "initial.zzz", // scenarios of no list, by name
		"initial+patched.completed", // after all of initial
		// what a sweep preferred is beside it
		"patched.completed", "patched.completed--my-patch--default", "patched.waiting",
		"patched+patch-deprecated.completed", "patched+patch-complete.completed", // in the order of the stages
		"patch-complete.waiting",
		// by name
		"4711", "an order (1)", "other.completed", "other.waiting", "patched+other.completed", "zebra.completed",
	}
	for range 10 {
		var sources []history.Source
		for _, i := range rand.Perm(len(want)) {
			sources = append(sources, history.Source{Name: want[i]})
		}
		matrix.Order(family, sources)
		if diff := cmp.Diff(want, names(sources)); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
}

func TestStages(t *testing.T) {
	t.Parallel()
	catalogue := *family
	catalogue.Catalogue = true
	for _, tt := range []struct {
		recording string
		want      []string
		why       string
	}{
		{"initial.completed", family.StageNames(), "the base meets every change"},
		{"patched.completed", []string{"initial", "patched"}, "a change meets its base"},
		{"initial+patched.completed", []string{"initial", "patched"}, "the last stage of the lineage has it"},
		{"4711", family.StageNames(), "nobody knows whose it is"},
	} {
		var got []string
		for _, s := range matrix.Stages(&catalogue, tt.recording) {
			got = append(got, s.Name)
		}
		require.Equal(t, tt.want, got, tt.why)
		require.Len(t, matrix.Stages(family, tt.recording), len(family.Stages), "releases all follow each other")
	}
}
