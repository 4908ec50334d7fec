package workflows_test

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// TestFindingsAgree holds that the writers of one matrix tell of the same number of findings,
// for every family.
func TestFindingsAgree(t *testing.T) {
	t.Parallel()
	for _, f := range workflows.Families {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			m := judged(t, f)
			annotations := number(t, `in (\d+) findings?`, func(b *bytes.Buffer) error {
				return report.GitHub(b, report.CIOptions{}, m)
			})
			page := number(t, `What breaks and where: (\d+) findings?`, func(b *bytes.Buffer) error {
				return report.HTML(b, report.HTMLOptions{}, m)
			})
			require.Equal(t, annotations, page, "the page")
		})
	}
}

// judged has all recordings of the family, and what live Workers did.
func judged(t *testing.T, f *versioning.Family) *matrix.Matrix {
	t.Helper()
	folder := os.DirFS("../../histories/" + f.Name)
	sources, err := history.Dir(folder, ".")
	require.NoError(t, err)
	matrix.Order(f, sources)
	opts := matrix.Options{Replay: replay.Options{DefaultNamespace: "default"}}
	m, err := matrix.Judge(t.Context(), f, slices.Values(sources), opts)
	require.NoError(t, err)
	live, err := history.ReadLive(folder)
	require.NoError(t, err)
	m.Live = live.Observations
	return m
}

// number is the first group of the pattern in what is written, 0 if nothing matches.
func number(t *testing.T, pattern string, write func(*bytes.Buffer) error) int {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, write(&b))
	found := regexp.MustCompile(pattern).FindStringSubmatch(b.String())
	if found == nil {
		return 0
	}
	n, err := strconv.Atoi(found[1])
	require.NoError(t, err)
	return n
}
