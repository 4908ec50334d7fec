package docs_test

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// TestReadme keeps the matrix in README.md the one that the command prints; -update
// writes it.
func TestReadme(t *testing.T) {
	t.Parallel()
	var printed bytes.Buffer
	command := &cli.Command{Families: workflows.Families, Recordings: os.DirFS("../histories"), Stdout: &printed}
	require.Equal(t, cli.ExitOK, command.Run(context.Background(), []string{"matrix", "patching"}))
	// The answer, the worst finding as an example of them, and the verdicts.
	answer, rest, found := strings.Cut(printed.String(), "\nSTUCK  ")
	require.True(t, found)
	first, rest, _ := strings.Cut(rest, "\n\n")
	_, grid, found := strings.Cut(rest, "\nrecording ")
	require.True(t, found)
	want := answer + "\nSTUCK  " + first + "\n…\nrecording " + strings.TrimSuffix(grid, "\n")

	block := regexp.MustCompile("(?s)(<!-- the matrix of patching.*?-->\n```\n)()(.*?)(```\n)")
	keepTrue(t, "../README.md", block, 1, func(string) string { return want })
}
