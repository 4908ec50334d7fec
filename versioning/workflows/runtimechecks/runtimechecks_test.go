package runtimechecks

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// documented is the number of families, the first ones, whose methods the SDK's
// documentation lists.
const documented = 7

// TestFamilies holds what docs/runtime-checks.md says of all catalogues.
func TestFamilies(t *testing.T) {
	t.Parallel()
	require.NoError(t, versioning.Validate(Families...))
	types := map[string]string{}
	for i, f := range Families {
		t.Run(strings.TrimPrefix(f.Name, "runtimechecks/"), func(t *testing.T) {
			t.Parallel()
			require.True(t, f.Catalogue)
			require.Equal(t, "base", f.Stages[0].Name)
			if i >= documented {
				return
			}
			for _, name := range []string{"added", "removed", "reordered-other-kind", "reordered-own-kind"} {
				_, ok := f.Stage(name)
				require.True(t, ok, "every method is shown with its call %s", name)
			}
			require.Greater(t, len(f.Stages), 5, "and with a change that the runtime check is said not to see")
		})
		require.Empty(t, types[f.WorkflowTypes[0]], "an execution belongs to one family")
		types[f.WorkflowTypes[0]] = f.Name
	}
}

// TestScenarios finds, for changes of calls, an open and a closed execution of
// each stage and an observation of live workers, and for changes of endings
// executions that each stage closes in its own way.
func TestScenarios(t *testing.T) {
	t.Parallel()
	for _, f := range Families {
		ends := map[versioning.Ending]bool{}
		live := false
		for _, sc := range f.Scenarios {
			ends[sc.Ending()] = true
			live = live || sc.IsObserved()
		}
		if ends[versioning.Closed] {
			require.True(t, !live && len(ends) == 1, f.Name)
			continue
		}
		require.True(t, live && ends[versioning.Open] && ends[versioning.Completed], f.Name)
	}
}
