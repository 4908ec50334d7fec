package docs_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/testdata/unstarted"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// TestQuotedVerdicts keeps the verdicts that the docs quote those of the replays, in the
// words in which they are told or as golden lines, and what live Workers did that of live.json.
func TestQuotedVerdicts(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, file := range goldens(t) {
		for _, line := range quotations(t, file) {
			known[line] = true
		}
	}
	for _, f := range workflows.Families {
		live, err := history.ReadLive(os.DirFS("../histories/" + f.Name))
		require.NoError(t, err)
		for _, o := range live.Observations {
			line := fmt.Sprintf("%s@%s live, %s task: %s", o.Recording(), o.To, o.Task, o)
			known[line] = true
			known[f.Name+"/"+line] = true
		}
	}
	pages, err := filepath.Glob("*.md")
	require.NoError(t, err)
	quoted := 0
	pagesOf := map[string]string{}
	for _, page := range pages {
		for _, line := range quotations(t, page) {
			quoted++
			if !known[line] {
				pagesOf[line] = page
			}
		}
	}
	require.Greater(t, quoted, 20, "the docs quote the replays")
	told := toldOf(t, slices.Collect(maps.Keys(pagesOf)))
	require.NotEmpty(t, told, "the docs quote what no golden holds")
	for line, page := range pagesOf {
		if !told[line] {
			t.Errorf("%s quotes a verdict that no replay gives:\n%s", page, line)
		}
	}
}

// toldOf judges the recordings that the quotations name, whatever family they are of, and returns the
// lines that are told of them.
func toldOf(t *testing.T, quotations []string) map[string]bool {
	t.Helper()
	told := map[string]bool{}
	begun := corpora.Corpus{Family: unstarted.Family, Dir: "testdata/unstarted/histories", Flat: true}
	for _, c := range append(corpora.All(), begun) {
		m := judged(t, c, func(recording string) bool {
			return slices.ContainsFunc(quotations, func(line string) bool {
				cell, _, _ := strings.Cut(line, "@")
				return cell == recording || cell == c.Family.Name+"/"+recording
			})
		})
		for cell := range m.Cells() {
			line := spaces.ReplaceAllString(cell.Name()+" "+text.Line(cell), " ")
			// A page may leave out what the execution answers.
			short, _, _ := strings.Cut(line, ", query ")
			for _, quoted := range []string{line, short} {
				told[quoted] = true
				told[c.Family.Name+"/"+quoted] = true
			}
		}
	}
	return told
}

// judged replays the recordings of the corpus that are wanted by all of its stages.
func judged(t *testing.T, c corpora.Corpus, wanted func(recording string) bool) *matrix.Matrix {
	t.Helper()
	sources, err := history.Dir(c.Recordings(), ".")
	require.NoError(t, err)
	sources = slices.DeleteFunc(sources, func(s history.Source) bool { return !wanted(s.Name) })
	m, err := matrix.Judge(t.Context(), c.Family, slices.Values(sources),
		&matrix.Options{Config: replay.Config{Worker: c.Replay}})
	require.NoError(t, err)
	return m
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
