package matrix_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// sources lists the real recordings of patching, in the matrix's order.
func realSources(t testing.TB) []history.Source {
	t.Helper()
	list, err := history.Dir(os.DirFS("../../histories/patching"), ".")
	require.NoError(t, err)
	return list
}

// tiny returns a recording of three events, which is a replay of nothing: for
// tests of what is around the replays.
func tiny(t testing.TB) *history.Recording {
	t.Helper()
	r, err := history.ReadFile(os.DirFS("../../histories/patching"), "initial.completed.json")
	require.NoError(t, err)
	r.History.Events = r.History.Events[:3]
	return r
}

// many yields n sources named 0000, 0001, …, each loaded by the function.
func many(n int, load func(name string) (*history.Recording, error)) iter.Seq[history.Source] {
	return func(yield func(history.Source) bool) {
		for i := range n {
			name := fmt.Sprintf("%04d", i)
			if !yield(history.Source{Name: name, Load: func() (*history.Recording, error) { return load(name) }}) {
				return
			}
		}
	}
}

// counted wraps the sources so that each counts its loads.
func counted(sources []history.Source) ([]history.Source, map[string]*atomic.Int32) {
	loads := map[string]*atomic.Int32{}
	sources = slices.Clone(sources)
	for i, s := range sources {
		n := &atomic.Int32{}
		loads[s.Name] = n
		sources[i].Load = func() (*history.Recording, error) {
			n.Add(1)
			time.Sleep(rand.N(3 * time.Millisecond)) // they finish in any order
			return s.Load()
		}
	}
	return sources, loads
}

func names(sources []history.Source) (names []string) {
	for _, s := range sources {
		names = append(names, s.Name)
	}
	return names
}

var family = patching.Family
