package docs_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

var evidenceLink = regexp.MustCompile(`\[(\d+)\]\(#(\d+)\)`)

// TestChoosing holds that every cell of the table in docs/choosing.md names
// evidence, that each piece of evidence quotes a golden or live.json, and that
// every family has its row. That the quotations are true is TestQuotedVerdicts.
func TestChoosing(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("choosing.md")
	require.NoError(t, err)
	page, evidence, found := strings.Cut(string(data), "\n## Evidence\n")
	require.True(t, found)

	quoted := map[string]bool{}
	for _, section := range strings.Split(evidence, "\n### ")[1:] {
		number, body, _ := strings.Cut(section, "\n")
		for line := range strings.Lines(body) {
			if cellLine.MatchString(line) {
				cell, _, _ := strings.Cut(line, "@")
				require.Contains(t, cell, "/", "evidence %s names the family: %s", number, line)
				quoted[number] = true
			}
		}
		require.True(t, quoted[number], "evidence %s quotes no verdict", number)
	}

	used, rows := map[string]bool{}, ""
	for line := range strings.Lines(page) {
		if !strings.HasPrefix(line, "| **") {
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		require.Len(t, cells, 4, "%s", line)
		rows += cells[0]
		for _, cell := range cells[1:] {
			links := evidenceLink.FindAllStringSubmatch(cell, -1)
			require.NotEmpty(t, links, "this cell is an opinion without evidence: %s", cell)
			for _, link := range links {
				require.Equal(t, link[1], link[2])
				require.True(t, quoted[link[1]], "there is no evidence %s, which this cell names: %s", link[1], cell)
				used[link[1]] = true
			}
		}
	}
	require.Len(t, used, len(quoted), "evidence that no cell names")
	for _, f := range workflows.Families {
		group, _, _ := strings.Cut(f.Name, "/")
		require.Contains(t, rows, "`"+group+"`", "a row for the family %s", f.Name)
	}
}
