package report_test

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/bench"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/report/page"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// BenchmarkHTML writes a page of 10,000 cells, real replays many times over, and
// the JSON of the same matrix in the same iteration: "x-json" is the ratio of their
// times, "B/cell" the size of the page. "kept-B/cell" is what the explanations that
// Take leaves need, and "x-kept" how many times that the explanations themselves.
func BenchmarkHTML(b *testing.B) {
	sources, err := history.Dir(os.DirFS("../../histories/patching"), ".")
	require.NoError(b, err)
	var copies []history.Source
	for i := range 125 {
		for _, s := range sources {
			s.Name = fmt.Sprintf("%s-%d", s.Name, i)
			copies = append(copies, s)
		}
	}
	explained := func(each func(*matrix.Cell), sources []history.Source) *matrix.Matrix {
		m, err := matrix.Judge(b.Context(), patching.Family, slices.Values(sources),
			&matrix.Options{Explain: true, Each: each})
		require.NoError(b, err)
		return m
	}
	before := bench.Live()
	whole := explained(nil, copies[:len(sources)])
	held := (bench.Live() - before) / float64(4*len(sources))
	runtime.KeepAlive(whole)

	var explanations page.Explanations
	before = bench.Live()
	m := explained(explanations.Take, copies)
	cells := float64(4 * len(copies))
	kept := (bench.Live() - before) / cells

	var html, written counter
	var ours, json time.Duration
	for b.Loop() {
		html, written = 0, 0
		ours += bench.Timed(func() {
			require.NoError(b,
				page.Write(&html, page.Options{Explanations: &explanations}, m))
		})
		json += bench.Timed(func() { require.NoError(b, document.Write(&written, m)) })
	}
	b.ReportMetric(float64(ours)/float64(json), "x-json")
	b.ReportMetric(float64(html)/cells, "B/cell")
	b.ReportMetric(kept, "kept-B/cell")
	b.ReportMetric(held/kept, "x-kept")
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
