package main

import (
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the transcript into docs/walkthrough.md")

const walkthroughPage = "../../docs/walkthrough.md"

// TestWalkthrough plays the walk-through against a service and keeps the transcript in docs/walkthrough.md what it prints.
func TestWalkthrough(t *testing.T) {
	t.Parallel()
	r := buildReplaymatrix(t, start(t, Options{Address: "127.0.0.1:0"}).Address())
	stdout, stderr, code := r.run(t, "walkthrough")
	require.Equal(t, 0, code, "stderr: %s\nstdout: %s", stderr, stdout)
	require.Empty(t, stderr, "progress is for terminals")

	page, err := os.ReadFile(walkthroughPage)
	require.NoError(t, err)
	chapters := strings.Split(maskRun(stdout), "\n\n")[1:] // the first says where the service is
	blocks := transcript.FindAllSubmatchIndex(page, -1)
	require.Len(t, blocks, len(chapters), "docs/walkthrough.md has a block for each chapter:\n%s", strings.Join(titles(chapters), "\n"))
	for i, block := range slices.Backward(blocks) {
		want, got := strings.TrimSpace(chapters[i])+"\n", string(page[block[2]:block[3]])
		if *update {
			page = slices.Concat(page[:block[2]], []byte(want), page[block[3]:])
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("chapter %d of docs/walkthrough.md is not what the command prints; "+
				"go -C versioning/devserver test -run TestWalkthrough . -update writes it (-want +got):\n%s", i+1, diff)
		}
	}
	if *update {
		require.NoError(t, os.WriteFile(walkthroughPage, page, 0o644))
	}
}

// TestWalkthroughOfAnotherFamily plays one that the story was not written for, twice on the same service.
func TestWalkthroughOfAnotherFamily(t *testing.T) {
	t.Parallel()
	r := buildReplaymatrix(t, start(t, Options{Address: "127.0.0.1:0"}).Address())
	for range 2 {
		stdout, stderr, code := r.run(t, "walkthrough", "--family", "revisions")
		require.Equal(t, 0, code, "stderr: %s\nstdout: %s", stderr, stdout)
		require.Contains(t, stdout, "\n# 18 answers were compared with those of the recordings, and are the same.")
	}
}

// transcript is a block that the command has printed.
var transcript = regexp.MustCompile("(?s)<!-- walkthrough -->\n```\n(.*?)```\n")

func titles(chapters []string) (titles []string) {
	for _, c := range chapters {
		title, _, _ := strings.Cut(c, "\n")
		titles = append(titles, title)
	}
	return titles
}

var (
	runID   = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)
	attempt = regexp.MustCompile(`now attempt \d+`)
)

// maskRun hides what differs between two runs.
func maskRun(text string) string {
	return attempt.ReplaceAllString(runID.ReplaceAllString(text, "RUN-ID"), "now attempt 2")
}
