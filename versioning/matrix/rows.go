package matrix

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"runtime"
	"slices"
	"sync"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/budget"
	"github.com/replaymatrix/replaymatrix/versioning/internal/caught"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Rows judges the recordings while the caller takes the rows. The rows have the order of the
// iterator, in whatever order the replays finish. Each recording is read once for all stages and
// forgotten with its row. At most opts.Workers+2 recordings are in memory at a time, and no more of them than fit into
// opts.Memory. When ctx is cancelled, Rows ends early, with complete rows only.
func Rows(ctx context.Context, f *versioning.Family, recordings iter.Seq[history.Source], opts *Options) iter.Seq[Row] {
	if opts == nil {
		opts = &Options{}
	}
	return func(yield func(Row) bool) {
		ctx, stop := context.WithCancel(ctx)
		j := newJudge(f, *opts)
		j.arguments = argumentsOf(recordings, j.memory)
		defer j.arguments.close()
		defer runtime.KeepAlive(j)
		// A slot stands for a recording whose row is not ready. The channel's
		// capacity is what bounds the recordings in memory.
		slots := make(chan chan Row, j.workers)
		var running sync.WaitGroup
		defer j.close()
		defer running.Wait()
		defer stop()

		// Goroutines that stay keep the stacks that decoding has grown.
		type job struct {
			source history.Source
			slot   chan<- Row
		}
		jobs := make(chan job)
		var work func()
		work = func() {
			for job := range jobs {
				j.rowFor(ctx, job.source, func(row Row, ended bool) {
					job.slot <- row
					if ended {
						running.Go(work) // in the place of this one
					}
				})
			}
		}
		for range j.workers {
			running.Go(work)
		}
		running.Go(func() {
			defer close(slots)
			defer close(jobs)
			for source := range recordings {
				slot := make(chan Row, 1)
				select {
				case slots <- slot:
					jobs <- job{source, slot}
				case <-ctx.Done():
					return
				}
			}
		})

		done := 0
		for slot := range slots {
			row := <-slot
			if ctx.Err() != nil {
				return
			}
			done++
			if opts.Each != nil {
				for i := range row.Cells {
					opts.Each(&row.Cells[i])
				}
			}
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
	// idle holds the replayers that no goroutine uses: who decodes or replays
	// takes one, so no more than there are work at a time.
	idle chan *replay.Replayer
	// ballast is taken once something is judged that is not in the cache.
	ballast   func() *ballast
	arguments *arguments
	memory    *budget.Budget
	// rehearsals has the Workers of the stages.
	rehearsals *rehearse.Rehearser
}

func newJudge(f *versioning.Family, opts Options) *judge {
	workers := opts.Workers
	if workers <= 0 {
		// A replay hands over between goroutines at every step. With one for
		// each core, the cores wait for each other a tenth of the time.
		workers = 2 * runtime.GOMAXPROCS(0)
	}
	if opts.Explain || opts.Logger != nil || opts.Only != nil {
		opts.Cache = nil
	}
	j := &judge{Options: opts, family: f, workers: workers, idle: make(chan *replay.Replayer, workers),
		ballast:    sync.OnceValue(takeBallast),
		memory:     budget.New(opts.Memory),
		rehearsals: rehearse.New(&rehearse.Options{Config: opts.Config})}
	for range workers {
		j.idle <- &replay.Replayer{}
	}
	return j
}

// close is called when no goroutine uses a replayer any more.
func (j *judge) close() {
	for range j.workers {
		(<-j.idle).Close()
	}
	j.rehearsals.Close()
}

// rowFor gives one row, whatever becomes of what it calls: a source, a cache and a stage are code of the caller's. The
// last argument of give is whether that has ended the goroutine.
func (j *judge) rowFor(ctx context.Context, source history.Source, give func(row Row, ended bool)) {
	doing := "judging " + source.Name
	returned := false
	defer func() {
		if !returned {
			give(j.unread(source, caught.Ended(doing)), true)
		}
	}()
	var row Row
	if err := caught.Do(doing, func() { row = j.row(ctx, source) }); err != nil {
		row = j.unread(source, err)
	}
	returned = true
	give(row, false)
}

// unread is the row of a recording that cannot be read. The name says whose executions these are: nobody may take the
// recordings that could be read for all.
func (j *judge) unread(source history.Source, err error) Row {
	row := j.empty(source)
	row.Err = err
	row.Lineage, row.Scenario = split(j.family, source.Name)
	for i := range row.Cells {
		row.Cells[i].Result = replay.Result{Verdict: replay.Unjudged, Err: err}
	}
	return row
}

// empty is the row before its cells are judged.
func (j *judge) empty(source history.Source) Row {
	row := Row{Recording: source.Name}
	for _, stage := range Stages(j.family, source.Name) {
		if j.Only == nil || j.Only(source.Name, stage.Name) {
			row.Cells = append(row.Cells, Cell{Family: j.family.Name, Recording: source.Name, Stage: stage.Name})
		}
	}
	return row
}

func (j *judge) row(ctx context.Context, source history.Source) Row {
	row := j.empty(source)
	if len(row.Cells) == 0 {
		return row
	}
	// Nobody who waits for memory has a replayer: those that have memory need one to give it back.
	release, err := j.memory.Hold(ctx, source)
	if err != nil {
		return j.unread(source, err)
	}
	defer release()
	kept := j.keep(ctx, &source)
	if kept.fill(&row) {
		return row
	}
	j.ballast()
	var r *history.Recording
	j.work(ctx, func(*replay.Replayer) {
		if panicked := caught.Do("reading "+source.Name, func() { r, err = source.Load() }); panicked != nil {
			err = panicked
		}
	})
	if r == nil && err == nil {
		err = errors.New("the source gave no recording") // or ctx is cancelled, and the row is dropped
	}
	if err != nil {
		return j.unread(source, err)
	}
	row.Lineage, row.Scenario, row.Events, row.Closed = r.Lineage, r.Scenario, len(r.History.GetEvents()), r.Closed()
	row.Preferred, row.WorkflowType, row.Shape = r.Preferred, r.WorkflowType(), r.Shape()
	if j.family.HasBuilds() {
		row.Builds = r.Builds()
	}

	j.replay(ctx, r, kept.missing(row.Cells))
	j.rehearsals.Forget(r)
	// What a replay that was cancelled gives is not a verdict, or half of a park
	// search. No result is touched by it while ctx is still good here.
	if ctx.Err() == nil {
		kept.put(row)
	}
	return row
}

// replay judges the cells of a recording. As a rule one replayer does them all,
// since other recordings keep the others busy; those that are idle, at the end
// or when there are few recordings, take their share.
func (j *judge) replay(ctx context.Context, r *history.Recording, cells []*Cell) {
	var shares sync.WaitGroup
	size := len(cells)/max(1, len(j.idle)) + 1
	for share := range slices.Chunk(cells, size) {
		stages := make([]versioning.Stage, len(share))
		for i := range share {
			stages[i], _ = j.family.Stage(share[i].Stage)
		}
		shares.Go(func() {
			judged := 0
			defer func() {
				for _, cell := range share[judged:] {
					cell.Result, cell.Effects = replay.Result{Verdict: replay.Unjudged, Err: cmp.Or(context.Cause(ctx),
						caught.Ended("judging "+cell.String()))}, rehearse.Effects{}
				}
			}()
			j.work(ctx, func(replayer *replay.Replayer) {
				for i, result := range replayer.JudgeAll(ctx, stages, r,
					&replay.Options{Config: j.Config, Stages: j.family.Stages, Catalogue: j.family.Catalogue, Explain: j.Explain, Twice: j.Twice}) {
					share[i].Result = result
					doing := "rehearsing " + share[i].String()
					if err := caught.Do(doing, func() { j.rehearse(ctx, r, stages[i], share[i]) }); err != nil {
						share[i].Result, share[i].Effects = replay.Result{Verdict: replay.Unjudged, Err: err}, rehearse.Effects{}
					}
					judged++
				}
			})
		})
	}
	shares.Wait()
}

// rehearse asks what live Workers do next, and settles the result by that.
func (j *judge) rehearse(ctx context.Context, r *history.Recording, stage versioning.Stage, cell *Cell) {
	switch cell.Verdict {
	case replay.NotApplicable, replay.Unregistered, replay.Unjudged:
		return // no Worker of the stage gets the execution, or nothing can be said of it
	}
	cell.Effects = j.rehearsals.Rehearse(ctx, rehearse.Request{
		Stage: stage, Recording: r, Reference: j.reference(r), Unsafe: cell.Verdict.Incompatible(),
		Event: cell.Place.Event, Scope: j.Rehearse, Argument: j.arguments.of,
	})
	cell.Result = cell.Effects.Settle(cell.Result, r)
}

// reference is the stage that ran the execution last, nil if it is not known.
func (j *judge) reference(r *history.Recording) *versioning.Stage {
	if len(r.Lineage) == 0 {
		return nil
	}
	stage, ok := j.family.Stage(r.Lineage[len(r.Lineage)-1])
	if !ok {
		return nil
	}
	return &stage
}

// work runs the function when a replayer is idle, or not at all if ctx is
// cancelled first.
func (j *judge) work(ctx context.Context, do func(*replay.Replayer)) {
	select {
	case replayer := <-j.idle:
		defer func() { j.idle <- replayer }()
		do(replayer)
	case <-ctx.Done():
	}
}
