package source_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/generate"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/source"
)

// TestOf writes programs as Go that parses, and finds each step again by its lines. That they do what
// the program does, TestRandomExplanations shows.
func TestOf(t *testing.T) {
	t.Parallel()
	for n := range uint64(300) {
		p := (&generate.Generator{Rand: rand.New(rand.NewPCG(1, n))}).Program()
		f, err := source.Of(p, "Written")
		require.NoError(t, err)
		lines := 0
		p.Walk(func(s *program.Step) {
			from, to := f.Lines(s)
			require.LessOrEqual(t, from, to+1, "%s\n%s", s, f.Text)
			if from > to {
				return // a step that no code is for
			}
			lines++
			if len(s.Blocks) == 0 {
				require.Same(t, s, f.StepAt(from), "%s\n%s", s, f.Text)
				require.Same(t, s, f.StepAt(to), "%s\n%s", s, f.Text)
			}
		})
		require.Positive(t, lines)
		require.Nil(t, f.StepAt(f.Last()))
	}
}
