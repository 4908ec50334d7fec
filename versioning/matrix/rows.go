package matrix

import (
	"context"
	"iter"
	"runtime"
	"sync"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Rows judges the recordings as the caller takes rows, in the order of the
// iterator however the replays finish. Each recording is read once for all
// stages and forgotten with its row; no more than opts.Workers+2 are in memory at
// a time. Rows ends early, with complete rows only, when ctx is cancelled.
func Rows(ctx context.Context, f *versioning.Family, recordings iter.Seq[history.Source], opts Options) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		ctx, stop := context.WithCancel(ctx)
		j := newJudge(f, opts)
		// A slot stands for a recording whose row is not ready. The channel's
		// capacity is what bounds the recordings in memory.
		slots := make(chan chan Row, j.workers)
		var running sync.WaitGroup
		defer running.Wait()
		defer stop()

		running.Go(func() {
			defer close(slots)
			for source := range recordings {
				slot := make(chan Row, 1)
				select {
				case slots <- slot:
				case <-ctx.Done():
					return
				}
				running.Go(func() { slot <- j.row(ctx, source) })
			}
		})

		done := 0
		for slot := range slots {
			row := <-slot
			if ctx.Err() != nil {
				return
			}
			done++
			if opts.Progress != nil {
				opts.Progress(done)
			}
			if len(row.Cells) > 0 && !yield(row) {
				return
			}
		}
	}
}

type judge struct {
	Options
	family  *versioning.Family
	workers int
	// busy holds a token for each goroutine that decodes or replays.
	busy chan struct{}
}

func newJudge(f *versioning.Family, opts Options) *judge {
	workers := opts.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return &judge{Options: opts, family: f, workers: workers, busy: make(chan struct{}, workers)}
}

func (j *judge) row(ctx context.Context, source history.Source) Row {
	row := Row{Recording: source.Name}
	for _, stage := range j.family.Stages {
		if j.Only == nil || j.Only(source.Name, stage.Name) {
			row.Cells = append(row.Cells, Cell{Family: j.family.Name, Recording: source.Name, Stage: stage.Name})
		}
	}
	if len(row.Cells) == 0 {
		return row
	}
	var r *history.Recording
	j.work(ctx, func() { r, row.Err = source.Load() })
	if row.Err != nil {
		for i := range row.Cells {
			row.Cells[i].Result = replay.Result{Verdict: replay.Unjudged, Detail: row.Err.Error(), Err: row.Err}
		}
		return row
	}
	if r == nil {
		return row // cancelled
	}
	row.Lineage, row.Scenario, row.Events, row.Closed = r.Lineage, r.Scenario, len(r.History.GetEvents()), r.Closed()

	var cells sync.WaitGroup
	for i := range row.Cells {
		cell := &row.Cells[i]
		stage, _ := j.family.Stage(cell.Stage)
		cells.Go(func() {
			j.work(ctx, func() { cell.Result = replay.Judge(ctx, stage, r, j.Replay) })
		})
	}
	cells.Wait()
	return row
}

// work runs the function when a worker is free, or not at all if ctx is
// cancelled first.
func (j *judge) work(ctx context.Context, do func()) {
	select {
	case j.busy <- struct{}{}:
		defer func() { <-j.busy }()
		do()
	case <-ctx.Done():
	}
}
