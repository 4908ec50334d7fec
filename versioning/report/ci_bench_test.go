package report_test

import (
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/report/svg"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// large has 10,000 cells, every other one with a finding of its own line.
func large() *matrix.Matrix {
	f := &versioning.Family{Name: "large"}
	for i := range 10 {
		f.Stages = append(f.Stages, versioning.Stage{Name: fmt.Sprint("s", i)})
	}
	m := &matrix.Matrix{Family: f}
	for i := range 1_000 {
		row := matrix.Row{Recording: fmt.Sprint("s0.r", i), Lineage: []string{"s0"}}
		for j, s := range f.Stages {
			c := matrix.Cell{Family: f.Name, Recording: row.Recording, Stage: s.Name,
				Result: replay.Result{Verdict: replay.Safe}}
			if j%2 == 1 {
				c.Result = replay.Result{Verdict: replay.Nondeterministic,
					Cause: says(fmt.Sprint("what is wrong with ", i%100, ": what to do")),
					Place: replay.Place{Event: int64(i), Source: fmt.Sprintf("order/s%d.go:%d", j, i%50+1),
						File: "/src/order/s.go", Line: i%50 + 1}}
			}
			row.Cells = append(row.Cells, c)
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// BenchmarkFormats writes 10,000 cells in each format; x/json is how many times the
// time of the plain JSON that is.
func BenchmarkFormats(b *testing.B) {
	m := large()
	writers := map[string]writer{"text": func(w io.Writer, _ report.CIOptions, m ...*matrix.Matrix) error {
		return text.Write(w, text.Options{}, m...)
	}, "svg": func(w io.Writer, _ report.CIOptions, m ...*matrix.Matrix) error {
		return svg.Write(w, svg.Options{}, m...)
	}}
	for end, write := range ciWriters {
		writers[end] = write
	}
	for end, write := range writers {
		b.Run(end, func(b *testing.B) {
			var plain, this time.Duration
			for b.Loop() {
				start := time.Now()
				require.NoError(b, document.Write(io.Discard, m))
				plain += time.Since(start)
				start = time.Now()
				require.NoError(b, write(io.Discard, report.CIOptions{File: inRepository}, m))
				this += time.Since(start)
			}
			b.ReportMetric(float64(this)/float64(plain), "x/json")
		})
	}
}
