package unnoticed

import (
	"slices"
	"strings"
	"testing"
	"unicode"

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
			live = live || sc.Live
			for _, s := range f.Stages {
				if sc.Ends != versioning.Open && (len(sc.Stages) == 0 || slices.Contains(sc.Stages, s.Name)) {
					closed[s.Name] = true
				}
			}
		}
		require.True(t, live && len(closed) == len(f.Stages), "%s: live Workers are observed, and every stage closes an execution", f.Name)
	}
}

// TestSentences reads the sentences as the tables print them: one each, that
// tells the stage from all others of its family.
func TestSentences(t *testing.T) {
	t.Parallel()
	for _, f := range Families {
		seen := map[string]string{}
		for _, s := range f.Stages {
			require.Empty(t, seen[s.Doc], "%s: %s says the same as this stage", f.Name, s.Name)
			seen[s.Doc] = s.Name
			require.True(t, unicode.IsUpper(rune(s.Doc[0])), "%s/%s: %q", f.Name, s.Name, s.Doc)
			require.True(t, strings.HasSuffix(s.Doc, ".") && !strings.Contains(s.Doc, ". "), "%s/%s: %q is one sentence", f.Name, s.Name, s.Doc)
			require.NotContains(t, s.Doc, "|", "%s/%s is a cell of a table", f.Name, s.Name)
		}
	}
}
