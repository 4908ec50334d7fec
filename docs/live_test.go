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

// TestLivePage keeps what docs/live.md quotes of a rehearsal what explain prints; -update writes it.
func TestLivePage(t *testing.T) {
	t.Parallel()
	block := regexp.MustCompile("(?s)(<!-- live of (\\S+), kept true by TestLivePage -->\n```\n)(.*?)(```\n)")
	keepTrue(t, "live.md", block, 1, func(cell string) string {
		var printed bytes.Buffer
		command := &cli.Command{Families: workflows.Families, Recordings: os.DirFS("../histories"), Stdout: &printed}
		require.Equal(t, cli.ExitOK, command.Run(t.Context(), []string{"explain", cell}))
		const title = "What a live Worker does next\n"
		_, below, found := strings.Cut(printed.String(), title)
		require.True(t, found, printed.String())
		said := title
		for line := range strings.Lines(below) {
			if !strings.HasPrefix(line, " ") {
				break
			}
			said += line
		}
		return said
	})
}
