package play

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestUnplayable changes one thing at a time about the family that the
// walk-through is made for.
func TestUnplayable(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		change func(*versioning.Family)
		want   string
	}{
		{"patching", func(*versioning.Family) {}, ""},
		{"catalogue", func(f *versioning.Family) { f.Catalogue = true },
			"its stages are not released one after another"},
		{"one stage", func(f *versioning.Family) { f.Stages = f.Stages[:1] }, "it has one stage only"},
		{"Worker Versioning", func(f *versioning.Family) { f.Stages[1].BuildID = "1.0" },
			"its stages use Worker Versioning"},
		{"not recorded", func(f *versioning.Family) { f.Stages[1].Name = "another" },
			"there is no recording of an execution that completes under another"},
		{"driven", func(f *versioning.Family) { f.Scenarios = f.Scenarios[1:] },
			"there is no recording of an execution that completes under initial, patched, patch-deprecated, " +
				"patch-complete"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := *patching.Family
			f.Stages = append([]versioning.Stage{}, f.Stages...)
			tt.change(&f)
			require.Equal(t, tt.want, patchingProof(t, &f).unplayable())
		})
	}
}

// TestProof keeps the expectations of the walk-through those of the replays.
func TestProof(t *testing.T) {
	t.Parallel()
	p := patchingProof(t, patching.Family)
	query, err := p.query(t.Context())
	require.NoError(t, err)
	require.Equal(t, "result", query)

	safe, err := p.judge(t.Context(), "initial.completed", "patched")
	require.NoError(t, err)
	answer, ok := safe.answer(query)
	require.True(t, ok)
	require.Equal(t, "pre-patch", answer, "the old branch, on the code that has both")

	removed, err := p.judge(t.Context(), "initial.waiting", "patch-deprecated")
	require.NoError(t, err)
	require.False(t, removed.safe())
	_, ok = removed.answer(query)
	require.False(t, ok, "what does not replay answers nothing")

	s := &story{session: &session{family: patching.Family}, proof: p, query: query}
	mistakes, err := s.mistakes(t.Context())
	require.NoError(t, err)
	var stages []string
	for _, m := range mistakes {
		stages = append(stages, m.stage.Name+" after "+m.wayOut.Name)
	}
	require.Equal(t, []string{"patch-deprecated after patched", "patch-complete after patched"}, stages,
		"one for each verdict, and the way out is the last safe stage before")
}

func patchingProof(t *testing.T, f *versioning.Family) *proof {
	t.Helper()
	c := commands{Shell: &shell.Shell{Families: []*versioning.Family{f}, Recordings: os.DirFS("../../../histories")}}
	p, err := c.proof(f)
	require.NoError(t, err)
	return p
}
