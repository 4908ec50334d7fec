package docs_test

import (
	"fmt"
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
	golden := map[string]bool{}
	begun := corpora.Corpus{Family: unstarted.Family, Dir: "testdata/unstarted/histories", Flat: true}
	for _, c := range append(corpora.All(), begun) {
		for cell := range judged(t, c).Cells() {
			line := spaces.ReplaceAllString(cell.Name()+" "+text.Line(cell), " ")
			// A page may leave out what the execution answers, or show the golden line.
			short, _, _ := strings.Cut(line, ", query ")
			for _, quoted := range []string{line, short} {
				golden[quoted] = true
				golden[c.Family.Name+"/"+quoted] = true
			}
		}
	}
	for _, file := range goldens(t) {
		for _, line := range quotations(t, file) {
			golden[line] = true
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
				t.Errorf("%s quotes a verdict that no replay gives:\n%s", page, line)
			}
		}
	}
	require.Greater(t, quoted, 20, "the docs quote the replays")
}

// judged replays the recordings of the corpus by all of its stages.
func judged(t *testing.T, c corpora.Corpus) *matrix.Matrix {
	t.Helper()
	sources, err := history.Dir(c.Recordings(), ".")
	require.NoError(t, err)
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
