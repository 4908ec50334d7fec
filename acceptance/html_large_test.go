package acceptance

import (
	"os"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// TestPageLarge holds what a page of 10,000 cells costs until it can be seen and
// used, and until a filter is done. It is processor time of the page's thread, so
// that a busy machine changes little, and the bounds leave room for slow ones.
func TestPageLarge(t *testing.T) {
	t.Parallel()
	interleavings := explained(t, "interleavings")[0]
	for _, tt := range []struct {
		name     string
		matrices []*matrix.Matrix
		why      string
	}{
		{"families", repeated(interleavings, 18, false), "families that are out of sight cost little"},
		{"one grid", repeated(interleavings, 18, true), "one table is laid out as a whole"},
		{"10,000 rows", []*matrix.Matrix{many(10_000)}, "what is alike is one row"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cells := len(cellsOf(tt.matrices...))
			require.Greater(t, cells, 10_000)
			file := pageOf(t, tt.matrices...)
			info, err := os.Stat(file)
			require.NoError(t, err)
			require.Less(t, info.Size(), int64(20e6), "a page is opened on a phone, and attached to a message")

			p := open(t, file, 1280, 800, command(performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks}))
			p.innocent()
			load := p.work()
			t.Logf("%d cells, %.1f MB: %v to load", cells, float64(info.Size())/1e6, load)
			require.Less(t, load, 5*time.Second, tt.why)
			for _, filter := range []struct{ name, do string }{
				{"verdict", `document.querySelector('[data-verdict=nondeterministic]').click()`},
				{"problems", `$('Problems').click()`},
				{"reset", `document.querySelector('[data-do=reset]').click()`},
				{"search", `setFilter({find: 'charge'})`},
				{"few", `setFilter({find: 'copy-0777'})`},
				{"all again", `setFilter(nothing())`},
			} {
				before := p.work()
				p.run(filter.do)
				took := p.work() - before
				t.Logf("  %v for the filter %s", took, filter.name)
				require.Less(t, took, 2*time.Second, "%s: %s", filter.name, tt.why)
			}
		})
	}
}

// work is the processor time of the page's thread until now, all that is to be
// painted included.
func (p *tab) work() time.Duration {
	p.t.Helper()
	p.run(`new Promise(done => requestAnimationFrame(() => setTimeout(done)))`)
	result, err := chromedp.Call(p.ctx, performance.GetMetrics, cdp.Empty{})
	require.NoError(p.t, err)
	for _, m := range result.Metrics {
		if m.Name == "TaskDuration" {
			return time.Duration(m.Value * float64(time.Second)).Round(time.Millisecond)
		}
	}
	p.t.Fatal("the browser does not tell the time that it took")
	return 0
}
