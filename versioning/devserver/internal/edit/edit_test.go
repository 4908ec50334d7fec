package edit_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/edit"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/generate"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

// TestApply makes each kind of edit many times. An edit changes its copy, and the same random
// numbers make the same edit.
func TestApply(t *testing.T) {
	t.Parallel()
	for _, kind := range edit.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			applied := 0
			for n := range uint64(200) {
				make := func() (*program.Program, *program.Program, bool) {
					r := rand.New(rand.NewPCG(1, n))
					p := (&generate.Generator{Rand: r}).Program()
					before := p.String()
					changed, ok := edit.Apply(r, kind, p)
					require.Equal(t, before, p.String(), "the program itself does not change")
					if !ok {
						return p, nil, false
					}
					return p, changed.Program, true
				}
				p, changed, ok := make()
				if !ok {
					continue
				}
				applied++
				if kind == edit.None {
					require.Equal(t, p.String(), changed.String())
				} else {
					require.NotEqual(t, p.String(), changed.String())
				}
				_, again, _ := make()
				require.Equal(t, changed.String(), again.String())
			}
			require.Greater(t, applied, 40, "enough programs have what it changes")
		})
	}
}

// TestVersionAdded leaves the old code in the branch of DefaultVersion.
func TestVersionAdded(t *testing.T) {
	t.Parallel()
	for n := range uint64(100) {
		r := rand.New(rand.NewPCG(2, n))
		p := (&generate.Generator{Rand: r}).Program()
		change, ok := edit.Apply(r, edit.VersionAdded, p)
		if !ok {
			continue
		}
		changed := change.Program
		old := map[string]bool{}
		p.Walk(func(s *program.Step) { old[s.Name] = s.Kind == program.Version })
		found := false
		changed.Walk(func(s *program.Step) {
			if s.Kind == program.Version && !old[s.Name] && s.Min == -1 {
				whole := (&program.Program{Steps: s.Blocks[0]}).String()
				found = found || whole != (&program.Program{Steps: s.Blocks[1]}).String()
			}
		})
		require.True(t, found, "%s\nbecomes\n%s", p, changed)
	}
}
