package docs_test

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// TestExplainPage keeps the cells in docs/explain.md what the command prints; -update
// writes them.
func TestExplainPage(t *testing.T) {
	t.Parallel()
	explain := func(cell string) string {
		var printed bytes.Buffer
		command := &cli.Command{Families: workflows.Families, Recordings: os.DirFS("../histories"), Stdout: &printed}
		require.Equal(t, cli.ExitOK, command.Run(t.Context(), []string{"explain", cell}))
		return printed.String()
	}
	readme, err := os.ReadFile("families.md")
	require.NoError(t, err)
	line := regexp.MustCompile("(?m)^>>.*$").Find(readme)
	require.NotEmpty(t, line)
	require.Contains(t, explain("patching/initial.completed@patch-complete"), string(line), "families.md quotes it")
	block := regexp.MustCompile("(?s)(<!-- explain (\\S+), kept true by TestExplainPage -->\n```\n)(.*?)(```\n)")
	keepTrue(t, "explain.md", block, 2, explain) // one that breaks and one that drifts
	head := regexp.MustCompile("(?s)(<!-- the head of explain (\\S+), kept true by TestExplainPage -->\n```\n)(.*?)(```\n)")
	keepTrue(t, "explain.md", head, 1, func(family string) string {
		says, _, _ := strings.Cut(explain(family), "\n\n")
		return says + "\n"
	})
}
