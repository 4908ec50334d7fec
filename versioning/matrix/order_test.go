package matrix_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

func TestOrder(t *testing.T) {
	t.Parallel()
	want := []string{
		"initial.completed", "initial.waiting", "initial.failed", "initial.cancelled", // the scenarios as the family lists them
		"initial.another", "initial.zzz", // scenarios of no list, by name
		"initial+patched.completed", // after all of initial
		"patched.completed", "patched.waiting",
		"patched+patch-deprecated.completed", "patched+patch-complete.completed", // in the order of the stages
		"patch-complete.waiting",
		"4711", "an order (1)", "other.completed", "other.waiting", "patched+other.completed", "zebra.completed", // by name
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
