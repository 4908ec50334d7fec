package acceptance

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// TestPageLarge holds how long a page of 10,000 cells takes to appear and to be
// filtered. The bounds are ten times what an idle machine of two cores needs.
func TestPageLarge(t *testing.T) {
	interleavings := explained(t, "interleavings")[0]
	for _, tt := range []struct {
		name     string
		matrices []*matrix.Matrix
		why      string
	}{
		{"families", repeated(interleavings, 18, false), "families that are out of sight cost nothing"},
		{"one grid", repeated(interleavings, 18, true), "one table is laid out as a whole"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cells := len(cellsOf(tt.matrices...))
			require.Greater(t, cells, 10_000)
			file := pageOf(t, tt.matrices...)
			p := open(t, file, 1280, 800)
			p.innocent()
			info, err := os.Stat(file)
			require.NoError(t, err)
			painted := eval[float64](p, `new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))`)
			ready := eval[float64](p, `performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd`)
			parsed := eval[float64](p, `performance.getEntriesByType('navigation')[0].domInteractive`)
			filter := func(action string) float64 {
				return eval[float64](p, `new Promise(done => { const from = performance.now(); `+action+
					`; document.body.offsetHeight; requestAnimationFrame(() => setTimeout(() => done(performance.now() - from))) })`)
			}
			verdict := filter(`document.querySelector('[data-verdict=nondeterministic]').click()`)
			problems := filter(`document.querySelector('#Problems').click()`)
			reset := filter(`document.querySelector('[data-do=reset]').click()`)
			search := filter(`setFilter({find: 'charge'})`)
			t.Logf("%d cells, %.1f MB: parsed %.0f ms, ready %.0f ms, painted %.0f ms; verdict %.0f ms, problems %.0f ms, reset %.0f ms, search %.0f ms",
				cells, float64(info.Size())/1e6, parsed, ready, painted, verdict, problems, reset, search)
			require.Less(t, ready, 10_000.0, tt.why)
			for _, took := range []float64{verdict, problems, reset, search} {
				require.Less(t, took, 5_000.0, tt.why)
			}
		})
	}
}
