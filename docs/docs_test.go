package docs_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
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

// TestQuotedVerdicts keeps the verdicts that the docs quote those of the goldens,
// and what live Workers did that of live.json.
func TestQuotedVerdicts(t *testing.T) {
	t.Parallel()
	golden := map[string]bool{}
	for _, file := range goldens(t) {
		family := strings.TrimSuffix(strings.TrimPrefix(file, "../testdata/"), ".matrix")
		for _, line := range quotations(t, file) {
			// A page may leave out what the execution answers.
			short, _, _ := strings.Cut(line, ", query ")
			for _, quoted := range []string{line, short} {
				golden[quoted] = true
				golden[family+"/"+quoted] = true
			}
		}
	}
	for _, f := range workflows.Families {
		live, err := history.ReadLive(os.DirFS("../histories/" + f.Name))
		require.NoError(t, err)
		for _, o := range live.Observations {
			line := fmt.Sprintf("%s@%s live, %s task: %s", o.Recording(), o.To, o.Task, o)
			golden[line] = true
			golden[f.Name+"/"+line] = true
		}
	}
	pages, err := filepath.Glob("*.md")
	require.NoError(t, err)
	quoted := 0
	for _, page := range pages {
		for _, line := range quotations(t, page) {
			quoted++
			if !golden[line] {
				t.Errorf("%s quotes a verdict that is in no golden file:\n%s", page, line)
			}
		}
	}
	require.Greater(t, quoted, 20, "the docs quote the goldens")
}

// goldens returns the golden files of the families.
func goldens(t *testing.T) (files []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir("../testdata", func(file string, _ os.DirEntry, err error) error {
		if filepath.Ext(file) == ".matrix" {
			files = append(files, filepath.ToSlash(file))
		}
		return err
	}))
	return files
}

var (
	cellLine = regexp.MustCompile(`^[a-z0-9+./-]+@[a-z0-9-]+ `)
	spaces   = regexp.MustCompile(` +`)
)

// quotations returns the lines of the file that are a cell and its verdict, with
// single spaces.
func quotations(t *testing.T, file string) (lines []string) {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		if cellLine.MatchString(line) {
			lines = append(lines, spaces.ReplaceAllString(strings.TrimSpace(line), " "))
		}
	}
	return lines
}

// verdictOf takes a quotation apart.
func verdictOf(line string) (cell, verdict string) {
	cell, rest, _ := strings.Cut(line, " ")
	verdict, _, _ = strings.Cut(rest, " ")
	return cell, strings.TrimRight(verdict, ":,")
}

// TestVerdictsAreDocumented finds a heading and the symbol of every verdict in
// docs/verdicts.md, in the order of the catalogue.
func TestVerdictsAreDocumented(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("verdicts.md")
	require.NoError(t, err)
	page := string(data)
	for _, info := range replay.Verdicts() {
		_, section, found := strings.Cut(page, "\n## "+string(info.Verdict)+"\n")
		if !found {
			t.Errorf("docs/verdicts.md has no heading for %s, or not in its place", info.Verdict)
			continue
		}
		page = section
		section, _, _ = strings.Cut(section, "\n## ")
		require.Contains(t, section, "In the matrix: `"+info.Symbol+"`", "the symbol of %s", info.Verdict)
	}
}

// TestNotesAreDocumented finds a row for every kind of note in docs/verdicts.md, in the order
// of the catalogue, which says whether it is a finding; and no row of another kind.
func TestNotesAreDocumented(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("verdicts.md")
	require.NoError(t, err)
	_, section, found := strings.Cut(string(data), "\n| kind | finding | means |\n|---|---|---|\n")
	require.True(t, found)
	table, _, _ := strings.Cut(section, "\n\n")
	var want, got []string
	for _, info := range replay.Notes() {
		finding := "no"
		if info.Finding {
			finding = "yes"
		}
		want = append(want, fmt.Sprintf("| `%s` | %s |", info.Kind, finding))
	}
	for row := range strings.Lines(table) {
		cells := strings.Split(row, " | ")
		require.Len(t, cells, 3, row)
		require.NotEmpty(t, strings.Trim(cells[2], " |\n"), row)
		got = append(got, cells[0]+" | "+cells[1]+" |")
	}
	require.Equal(t, want, got)
}

// TestEveryVerdictOccurs finds every verdict in a golden file.
func TestEveryVerdictOccurs(t *testing.T) {
	t.Parallel()
	occurs := map[string]bool{}
	for _, file := range goldens(t) {
		for _, line := range quotations(t, file) {
			_, verdict := verdictOf(line)
			occurs[verdict] = true
		}
	}
	for _, info := range replay.Verdicts() {
		require.True(t, occurs[string(info.Verdict)], "%s is in no golden file", info.Verdict)
	}
}

// TestYourOwn holds that the Go code of these pages is code that is compiled.
func TestYourOwn(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"your-own.md", "verdicts.md"} {
		page, err := os.ReadFile(file)
		require.NoError(t, err)
		blocks := regexp.MustCompile("(?s)<!-- (?:from|file:) (\\S+) -->\n```go\n(.*?)```\n").FindAllStringSubmatch(string(page), -1)
		require.NotEmpty(t, blocks)
		require.Len(t, blocks, strings.Count(string(page), "```go"), "every block of %s says where it is from", file)
		for _, block := range blocks {
			if strings.HasPrefix(block[0], "<!-- file:") {
				block[1] = "testdata/consumer/" + block[1] // the sample
			}
			source, err := os.ReadFile("../" + block[1])
			require.NoError(t, err)
			require.Contains(t, string(source), block[2], "%s quotes %s", file, block[1])
		}
	}
}
