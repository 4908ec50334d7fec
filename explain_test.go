package replaymatrix_test

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

var pointer = regexp.MustCompile("(?m)^>> ( |Workflow Task)")

// TestEveryCellExplains lays history and code side by side for every cell of every
// family.
func TestEveryCellExplains(t *testing.T) {
	t.Parallel()
	for _, c := range corpora.All() {
		m := explained(t, c)
		for cell := range m.Cells() {
			var printed bytes.Buffer
			require.NoError(t, report.Explain(&printed, report.ExplainOptions{}, cell))
			text := printed.String()
			for line := range strings.Lines(text) {
				// Code is to be copied and stays whole.
				code := cell.Explanation != nil && strings.Contains(cell.Explanation.Code, strings.TrimSpace(line))
				if utf8.RuneCountInString(strings.TrimSuffix(line, "\n")) > report.Width && !code {
					t.Errorf("%s: %s", cell, line)
				}
			}
			if cell.Explanation == nil || !cell.Verdict.Incompatible() || cell.Verdict == replay.Unregistered {
				continue
			}
			// What the code takes of the history is no call, so nothing need stand beside it.
			aside := cell.Explanation.First == nil && takesNoCall(cell.Explanation.Change)
			if len(pointer.FindAllString(text, -1)) != 1 && !aside {
				t.Errorf("%s has no first divergence:\n%s", cell, text)
			}
			what := "\nWhat changed"
			if cell.Verdict == replay.Unstable {
				what = "\nWhat differs" // nobody has changed anything
			}
			for _, part := range []string{what, "\nWho notices", "\nWhat to do"} {
				if !strings.Contains(text, part) {
					t.Errorf("%s does not say%s", cell, part)
				}
			}
		}
	}
}

// TestExplainPage keeps the cells in docs/explain.md what the command prints; -update
// writes them.
func TestExplainPage(t *testing.T) {
	t.Parallel()
	explain := func(cell string) string {
		var printed bytes.Buffer
		command := &cli.Command{Families: workflows.Families, Recordings: os.DirFS("histories"), Stdout: &printed}
		require.Equal(t, cli.ExitOK, command.Run(t.Context(), []string{"explain", cell}))
		return printed.String()
	}
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	line := regexp.MustCompile("(?m)^>>.*$").Find(readme)
	require.NotEmpty(t, line)
	require.Contains(t, explain("patching/initial.completed@patch-complete"), string(line), "README.md quotes it")
	block := regexp.MustCompile("(?s)(<!-- explain (\\S+), kept true by TestExplainPage -->\n```\n)(.*?)(```\n)")
	keepTrue(t, "docs/explain.md", block, 2, explain) // one that breaks and one that drifts
}
