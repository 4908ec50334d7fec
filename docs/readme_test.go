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

// TestReadme keeps what README.md and families.md quote of patching what the command prints; -update
// writes it.
func TestReadme(t *testing.T) {
	t.Parallel()
	var printed bytes.Buffer
	command := &cli.Command{Families: workflows.Families, Recordings: os.DirFS("../histories"), Stdout: &printed}
	require.Equal(t, cli.ExitOK, command.Run(context.Background(), []string{"matrix", "patching"}))
	// The answer with the worst finding and its code is in README.md, the verdicts are in families.md.
	answer, rest, found := strings.Cut(printed.String(), "\nSTUCK  ")
	require.True(t, found)
	first, rest, found := strings.Cut(rest, "\nSTUCK  ")
	require.True(t, found)
	_, grid, found := strings.Cut(rest, "\nrecording ")
	require.True(t, found)
	for page, is := range map[string]struct{ block, want string }{
		"../README.md": {"the answer for patching", answer + "\nSTUCK  " + strings.TrimSuffix(first, "\n") + "\n…\n"},
		"families.md":  {"the verdicts of patching", "recording " + strings.TrimSuffix(grid, "\n")},
	} {
		block := regexp.MustCompile("(?s)(<!-- " + is.block + ".*?-->\n```\n)()(.*?)(```\n)")
		keepTrue(t, page, block, 1, func(string) string { return is.want })
	}
}
