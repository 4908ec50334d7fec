package docs_test

import (
	"bytes"
	"context"
	"html"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// TestReadme keeps what README.md and families.md quote of patching what the command prints, and answer.svg what it
// draws; -update writes it.
func TestReadme(t *testing.T) {
	t.Parallel()
	text := printed(t, "text")
	// The answer and the beginning of the worst finding are in README.md, the verdicts are in families.md.
	answer, rest, found := strings.Cut(text, "\nSTUCK  ")
	require.True(t, found)
	deploy, _, found := strings.Cut(answer, "roll back to patched:")
	require.True(t, found)
	_, grid, found := strings.Cut(rest, "\nrecording ")
	require.True(t, found)
	for page, is := range map[string]struct{ block, want string }{
		"../README.md": {"the answer for patching", deploy + "…\n"},
		"families.md":  {"the verdicts of patching", "recording " + strings.TrimSuffix(grid, "\n")},
	} {
		block := regexp.MustCompile("(?s)(<!-- " + is.block + ".*?-->\n```\n)()(.*?)(```\n)")
		keepTrue(t, page, block, 1, func(string) string { return is.want })
	}

	picture := printed(t, "svg")
	title := regexp.MustCompile("<title.*?>(.*)</title>").FindStringSubmatch(picture)
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	require.Contains(t, string(readme), html.UnescapeString(title[1]), "who cannot see the picture is told the answer")
	if *update {
		require.NoError(t, os.WriteFile("answer.svg", []byte(picture), 0o644))
	}
	drawn, err := os.ReadFile("answer.svg")
	require.NoError(t, err)
	if diff := cmp.Diff(strings.Split(picture, "\n"), strings.Split(string(drawn), "\n")); diff != "" {
		t.Errorf("answer.svg shows something else than is so; go test ./docs -update writes it (-want +got):\n%s", diff)
	}
}

// printed is the answer for patching in the format.
func printed(t *testing.T, format string) string {
	t.Helper()
	var b bytes.Buffer
	command := &cli.Command{Families: workflows.Families, Recordings: os.DirFS("../histories"), Stdout: &b}
	require.Equal(t, cli.ExitOK, command.Run(context.Background(), []string{"matrix", "patching", "--format", format}))
	return b.String()
}
