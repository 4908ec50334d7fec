package docs_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/testdata/edits"
	"github.com/replaymatrix/replaymatrix/testdata/mistakes"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestKindsTable keeps the table of the kinds of changes in docs/explain.md what replays give: each
// kind with the first cell of the goldens that has it, the small programs of testdata/edits before
// the others; -update writes it.
func TestKindsTable(t *testing.T) {
	t.Parallel()
	block := regexp.MustCompile(
		`(?s)(<!-- the table of kinds, kept true by TestKindsTable -->\n)()(.*?)(<!-- end of the table -->\n)`)
	keepTrue(t, "explain.md", block, 1, func(string) string {
		var b strings.Builder
		b.WriteString("\n| kind | a cell | what it says |\n|---|---|---|\n")
		cells := firstCells(t)
		for _, info := range cause.Kinds() {
			c, found := cells[info.Kind]
			if !found {
				continue // nothing recorded shows it: an error of an SDK to come, for one
			}
			fmt.Fprintf(&b, "| `%s` | `%s/%s@%s` | %s |\n", info.Kind, c.corpus.Family.Name, c.recording, c.stage,
				strings.ReplaceAll(c.says(t), "|", `\|`))
		}
		b.WriteString("\n")
		return b.String()
	})
}

// cellOf is a cell of a golden.
type cellOf struct {
	corpus           corpora.Corpus
	recording, stage string
}

// firstCells are the first cells of the kinds that a replay gives.
func firstCells(t *testing.T) map[cause.Kind]cellOf {
	t.Helper()
	all := corpora.All()
	first := func(c corpora.Corpus) int {
		return slices.Index([]string{mistakes.Family.Name, edits.Family.Name}, c.Family.Name)
	}
	slices.SortStableFunc(all, func(a, b corpora.Corpus) int { return first(b) - first(a) })
	line := regexp.MustCompile(`(?m)^(\S+)@(\S+) +\S+ @\d+ ([a-z-]+)(?: |$)`)
	cells := map[cause.Kind]cellOf{}
	for _, c := range all {
		golden, err := os.ReadFile("../testdata/" + c.Family.Name + ".matrix")
		require.NoError(t, err)
		for _, m := range line.FindAllStringSubmatch(string(golden), -1) {
			kind := cause.Kind(m[3])
			if _, known := cells[kind]; !known && !strings.HasSuffix(m[3], "-ahead") {
				cells[kind] = cellOf{c, m[1], m[2]}
			}
		}
	}
	return cells
}

// says is what the cell's explanation says of the change.
func (c cellOf) says(t *testing.T) string {
	t.Helper()
	stage, ok := c.corpus.Family.Stage(c.stage)
	require.True(t, ok)
	r, err := history.ReadFile(c.corpus.Recordings(), c.recording+".json")
	require.NoError(t, err)
	result := replay.Judge(t.Context(), stage, r, &replay.Options{
		Config: replay.Config{Worker: c.corpus.Replay, DefaultNamespace: "default"},
		Stages: c.corpus.Family.Stages, Explain: true,
	})
	if result.Explanation != nil {
		result.Explanation.Apart = nil // what changes with each replay
	}
	return advice.Explain(result).What
}
