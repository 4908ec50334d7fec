package generate_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/generate"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

// TestProgram makes programs that have every kind of step, and that a person can still read.
func TestProgram(t *testing.T) {
	t.Parallel()
	with := map[program.Kind]int{}
	const programs = 1000
	for n := range uint64(programs) {
		p := (&generate.Generator{Rand: rand.New(rand.NewPCG(1, n))}).Program()
		again := (&generate.Generator{Rand: rand.New(rand.NewPCG(1, n))}).Program()
		require.Equal(t, p, again, "the same random numbers make the same program")
		steps, versions := 0, map[string]bool{}
		p.Walk(func(s *program.Step) {
			steps++
			if s.Kind == program.Version {
				require.False(t, versions[s.Name], "two calls for one change\n%s", p)
				versions[s.Name] = true
				require.Len(t, s.Blocks, s.Max-s.Min+1, "a block for each version\n%s", p)
			}
		})
		require.Less(t, steps, 100, "%s", p)
		for _, kind := range program.Kinds {
			if p.Has(kind) {
				with[kind]++
			}
		}
	}
	for _, kind := range program.Kinds {
		require.Greater(t, with[kind], programs/20, "%s", kind)
	}
}

// TestAfter goes on counting change IDs where a program has some.
func TestAfter(t *testing.T) {
	t.Parallel()
	p := &program.Program{Steps: []program.Step{{Kind: program.Repeat, Blocks: [][]program.Step{
		{{Kind: program.Version, Name: "change-7"}, {Kind: program.Version, Name: "another"}},
	}}}}
	require.Equal(t, "change-8", generate.After(rand.New(rand.NewPCG(1, 1)), p).Change())
}
