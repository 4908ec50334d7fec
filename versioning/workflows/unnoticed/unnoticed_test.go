package unnoticed

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// TestFamilies holds what docs/unnoticed.md says of all catalogues.
func TestFamilies(t *testing.T) {
	t.Parallel()
	require.NoError(t, versioning.Validate(Families...))
	types := map[string]string{}
	for _, f := range Families {
		require.True(t, f.Catalogue, f.Name)
		require.Equal(t, "base", f.Stages[0].Name, f.Name)
		require.Empty(t, types[f.WorkflowTypes[0]], "an execution belongs to one family")
		types[f.WorkflowTypes[0]] = f.Name
		live, closed := false, map[string]bool{}
		for _, sc := range f.Scenarios {
			live = live || sc.IsObserved()
			if sc.Ending() == versioning.Open {
				continue
			}
			plan, _ := sc.Plan.(versioning.EachStage)
			for _, s := range f.Stages {
				if len(plan.Stages) == 0 || slices.Contains(plan.Stages, s.Name) {
					closed[s.Name] = true
				}
			}
		}
		require.True(t, live && len(closed) == len(f.Stages),
			"%s: live Workers are observed, and every stage closes an execution", f.Name)
	}
}
