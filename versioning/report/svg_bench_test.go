package report_test

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/bench"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/report/svg"
)

// BenchmarkSVG draws 10,000 recordings at four stages, and writes the JSON of the same matrix in the same iteration:
// "x-json" is the ratio of their times, and "picture-B" the size of the picture.
func BenchmarkSVG(b *testing.B) {
	m := wideMatrix(4, 10_000, "stage-")
	var picture counter
	var ours, json time.Duration
	for b.Loop() {
		picture = 0
		ours += bench.Timed(func() { require.NoError(b, svg.Write(&picture, svg.Options{}, m)) })
		json += bench.Timed(func() { require.NoError(b, document.Write(io.Discard, m)) })
	}
	b.ReportMetric(float64(ours)/float64(json), "x-json")
	b.ReportMetric(float64(picture), "picture-B")
}
