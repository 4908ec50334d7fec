package workflows_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// TestSentences reads the sentences of the catalogues as the tables of the docs print
// them: one each, that tells the stage from all others of its family.
func TestSentences(t *testing.T) {
	t.Parallel()
	catalogues := 0
	for _, f := range workflows.Families {
		if !f.Catalogue {
			continue
		}
		catalogues++
		seen := map[string]string{}
		for _, s := range f.Stages {
			require.Empty(t, seen[s.Doc], "%s: %s says the same as this stage", f.Name, s.Name)
			seen[s.Doc] = s.Name
			require.True(t, unicode.IsUpper(rune(s.Doc[0])), "%s/%s: %q", f.Name, s.Name, s.Doc)
			require.True(t, strings.HasSuffix(s.Doc, ".") && !strings.Contains(s.Doc, ". "),
				"%s/%s: %q is one sentence", f.Name, s.Name, s.Doc)
			require.NotContains(t, s.Doc, "|", "%s/%s is a cell of a table", f.Name, s.Name)
		}
	}
	require.NotZero(t, catalogues)
}
