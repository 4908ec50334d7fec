package docs_test

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

var jsonBlock = regexp.MustCompile("(?s)(<!-- of the JSON of patching: (\\w+) -->\n```json\n)(.*?)(\n```\n)")

// TestJSONExample keeps the examples of docs/formats.md what the JSON of patching says of one
// cell, of its finding, and of a deploy and a rollback.
func TestJSONExample(t *testing.T) {
	t.Parallel()
	i := slices.IndexFunc(corpora.All(), func(c corpora.Corpus) bool { return c.Family == patching.Family })
	var written bytes.Buffer
	require.NoError(t, document.Write(&written, judged(t, corpora.All()[i], func(string) bool { return true })))
	var document struct {
		Families []struct {
			Deploy   json.RawMessage `json:"deploy"`
			Rollback json.RawMessage `json:"rollback"`
			Cells    []struct {
				Recording string          `json:"recording"`
				Stage     string          `json:"stage"`
				Verdict   string          `json:"verdict"`
				Event     int64           `json:"event"`
				Detail    string          `json:"detail"`
				Cause     json.RawMessage `json:"cause"`
				Source    string          `json:"source"`
			} `json:"cells"`
			Findings []json.RawMessage `json:"findings"`
		} `json:"families"`
	}
	require.NoError(t, json.Unmarshal(written.Bytes(), &document))
	family := document.Families[0]
	keepTrue(t, "formats.md", jsonBlock, 3, func(name string) string {
		switch name {
		case "cell":
			for _, c := range family.Cells {
				if c.Recording == "initial.waiting" && c.Stage == "patch-complete" {
					return indented(t, c)
				}
			}
		case "finding":
			return indented(t, family.Findings[0])
		case "answers":
			return indented(t, map[string]any{"deploy": family.Deploy, "rollback": family.Rollback})
		}
		t.Fatalf("docs/formats.md has an example that the test does not know: %s", name)
		return ""
	})
}

// indented is the value as JSON, as the command writes it.
func indented(t *testing.T, value any) string {
	t.Helper()
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	require.NoError(t, encoder.Encode(value))
	return string(bytes.TrimSpace(text.Bytes()))
}

var formatRow = regexp.MustCompile("(?m)^\\| `([a-z]+)` \\| [^|]+ \\| [^|]+ \\|$")

// TestFormatsAreDocumented finds a row of docs/formats.md for every format of the command, in
// any order.
func TestFormatsAreDocumented(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("formats.md")
	require.NoError(t, err)
	var documented []string
	for _, row := range formatRow.FindAllStringSubmatch(string(page), -1) {
		documented = append(documented, row[1])
	}
	var stderr bytes.Buffer
	command := &cli.Command{Families: workflows.Families, Recordings: os.DirFS("../histories"), Stderr: &stderr}
	require.Equal(t, cli.ExitUsage, command.Run(t.Context(), []string{"matrix", "--format", "none"}))
	_, list, found := strings.Cut(stderr.String(), "the formats are ")
	require.True(t, found, stderr.String())
	list, _, _ = strings.Cut(list, "\n")
	require.ElementsMatch(t, strings.Split(strings.ReplaceAll(list, " and ", ", "), ", "), documented)
}
