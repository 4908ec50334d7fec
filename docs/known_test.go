package docs_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

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
		if strings.HasPrefix(row, "|---") || strings.HasPrefix(row, "| what has changed") || !strings.HasPrefix(row, "|") {
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
