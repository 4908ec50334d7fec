package docs_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

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
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("docs/verdicts.md has other rows than the catalogue of notes (-want +got):\n%s", diff)
	}
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

// TestWhatNoReplayKnows holds the list of docs/verdicts.md: every change in it has a
// cell, and that is safe.
func TestWhatNoReplayKnows(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("verdicts.md")
	require.NoError(t, err)
	_, section, found := strings.Cut(string(page), "\n### What no replay can know\n")
	require.True(t, found)
	section, _, _ = strings.Cut(section, "\n## ")
	named := map[string]bool{}
	for _, row := range strings.Split(section, "\n") {
		if strings.HasPrefix(row, "|---") || strings.HasPrefix(row, "| what has changed") ||
			!strings.HasPrefix(row, "|") {
			continue
		}
		cells := regexp.MustCompile("`([a-z0-9/+.-]+@[a-z0-9-]+)`").FindAllStringSubmatch(row, -1)
		require.NotEmpty(t, cells, "a change without a cell: %s", row)
		for _, cell := range cells {
			named[cell[1]] = true
		}
	}
	require.GreaterOrEqual(t, len(named), 5)
	for _, f := range workflows.Families {
		for _, line := range quotations(t, "../testdata/"+f.Name+".matrix") {
			cell, verdict := verdictOf(line)
			if cell = f.Name + "/" + cell; named[cell] {
				require.Equal(t, string(replay.Safe), verdict, cell)
				delete(named, cell)
			}
		}
	}
	require.Empty(t, named, "cells that nobody judges")
}
