// Package matrix replays recordings against the stages of a family: every
// recording by every stage, on all cores, with few recordings in memory.
//
//	m, err := matrix.Judge(ctx, family, slices.Values(sources), nil)
//	for row := range m.All() { for _, cell := range row.Cells { … } }
//
// Package matrix writes no reports: the packages in versioning/report do.
package matrix

import (
	"context"
	"iter"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Options say how to judge. The zero value is ready to use.
type Options struct {
	// Config is that of every replay.
	replay.Config

	// Explain and Twice mean the same as in replay.Options.
	Explain, Twice bool

	// Rehearse says which waiting points are rehearsed. The zero value means rehearse.Budgeted.
	Rehearse rehearse.Scope

	// Workers is the number of cells judged at once. Zero means twice
	// runtime.GOMAXPROCS(0).
	Workers int

	// Memory is the number of bytes that the recordings of one matrix may take that are in memory at the same time:
	// their files, what these decompress to, and their events, as history.Source.Weigh says. Others wait, and one that
	// alone takes more is not read: the Err of its row is a *history.FormatError of KindTooLarge. Zero means 1 GiB, or
	// a quarter of the memory that the process may use where that is less. A source without Weigh counts as nothing,
	// and so does the file of an export beside its executions.
	Memory int64

	// Fold lets Judge keep, after the first thousand rows, a single one of safe rows that are alike: of the same lineage,
	// state, type and shape, with cells that are equal but for answers. Row.Alike counts the others, whose names are
	// forgotten, so that the memory of a matrix grows with what somebody has to look at. Writers that count rows
	// write the same as without it, as long as nobody fails on what is safe. The JSON of package document and the page
	// have each row, and refuse such a matrix.
	Fold bool

	// Only, if not nil, chooses the cells to judge by the names of recording and stage. A recording
	// without a chosen cell is not even read.
	Only func(recording, stage string) bool

	// Each, if not nil, is called with each cell as soon as the cells before it are judged. The
	// calls are in the order of the matrix, and never from two goroutines at once. Each may change
	// the cell. An Explanation holds a whole trace. So a caller that explains many cells takes from
	// each Explanation what the caller shows, and sets the Explanation to nil.
	Each func(*Cell)

	// Progress, if not nil, is called after each recording, in order, with the number of recordings
	// judged so far.
	Progress func(recordings int)

	// Cache, if not nil, is asked for a row before its recording is decoded, and is given the rows
	// that were judged. Cache is not used with Only, Explain or a Logger, nor for a source without
	// Read.
	Cache Cache
}

// A Cell is one recording replayed by one stage.
type Cell struct {
	Family    string
	Recording string
	Stage     string
	// Result is that of the replay, unless Effects settle it: see rehearse.Effects.Settle.
	replay.Result
	// Effects are what live Workers of the stage do next.
	Effects rehearse.Effects
}

// String returns FAMILY/RECORDING@STAGE. All output names the cell like this.
func (c Cell) String() string { return c.Family + "/" + c.Name() }

// Name returns RECORDING@STAGE, the name of the cell within its family.
func (c Cell) Name() string { return c.Recording + "@" + c.Stage }

// A Row is one recording with its cells, in the order of the stages. It does
// not hold the recording's events.
type Row struct {
	Recording string
	// Lineage holds the stages that executed the recording, empty if unknown. If the recording
	// could not be read, Lineage comes from its name.
	Lineage []string
	// Builds are the build IDs of the Workers that completed the Workflow Tasks. Builds is set only
	// if the stages of the family have build IDs.
	Builds   []string
	Scenario string
	// Preferred are the versions that the Worker was made to record: see history.Recording.
	Preferred map[string]int
	Events    int
	Closed    bool
	// WorkflowType is the type of the execution, and Shape groups executions that have done the same kinds of
	// things: see history.Recording. Both are empty if the recording could not be read.
	WorkflowType, Shape string
	// Err says why the recording could not be read, nil if it could be read. The verdict of its
	// cells is then replay.Unjudged.
	Err   error
	Cells []Cell
	// Alike is the number of further recordings that the row stands for, 0 unless Options.Fold was set.
	Alike int `json:"-"`
}

// A Matrix holds a family with all its rows.
type Matrix struct {
	Family *versioning.Family
	Rows   []Row
	// Level is the level of the comparison.
	Level compare.Level
	// Allow are the rules for differences that are wanted: see Allowed and Unused.
	Allow []compare.Allow
	// Live is what live Workers did with open executions of the family, as history.ReadLive returns
	// it. Judge leaves Live empty.
	Live []history.Observation
	// Partial holds the stages that have not judged all recordings, because
	// Options.Only left some out or the context was cancelled.
	Partial map[string]bool
}

// Cells yields the cells of All rows in order.
func (m *Matrix) Cells() iter.Seq[Cell] { return cellsOf(m.All()) }

func cellsOf(rows iter.Seq[Row]) iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		for row := range rows {
			for _, cell := range row.Cells {
				if !yield(cell) {
					return
				}
			}
		}
	}
}

// Judge judges all recordings and returns their rows in the order of the iterator. If ctx is
// cancelled, Judge returns the complete rows and the cause. If the Config is invalid, Judge returns
// an error and judges nothing.
func Judge(ctx context.Context, f *versioning.Family, recordings iter.Seq[history.Source], opts *Options) (*Matrix,
	error) {
	if opts == nil {
		opts = &Options{}
	}
	if err := opts.Config.Validate(); err != nil {
		return &Matrix{Family: f}, err
	}
	m := &Matrix{Family: f, Level: opts.Level, Allow: opts.Allow}
	watched := m.watch(*opts)
	if opts.Fold {
		var kept folder
		for row := range Rows(ctx, f, recordings, &watched) {
			kept.add(row)
		}
		m.Rows = kept.rows
	} else {
		m.Rows = slices.Collect(Rows(ctx, f, recordings, &watched))
	}
	err := context.Cause(ctx)
	if err != nil {
		m.leaveOut(f.StageNames()...)
	}
	return m, err
}
