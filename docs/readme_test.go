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

// TestReadme keeps the matrix in README.md what the command prints; -update
// writes it.
func TestReadme(t *testing.T) {
	t.Parallel()
	var printed bytes.Buffer
	command := &cli.Command{Families: workflows.Families, Recordings: os.DirFS("../histories"), Stdout: &printed}
	require.Equal(t, cli.ExitOK, command.Run(context.Background(), []string{"matrix", "patching"}))
	// Down to the first line that says what is wrong, as an example of them.
	const finding = "\nV<MIN  change ID"
	grid, rest, found := strings.Cut(printed.String(), finding)
	require.True(t, found)
	first, _, _ := strings.Cut(rest, "\n\n")
	want := grid + finding + first + "\n…\n"

	block := regexp.MustCompile("(?s)(<!-- the matrix of patching.*?-->\n```\n)()(.*?)(```\n)")
	keepTrue(t, "../README.md", block, 1, func(string) string { return want })
}
