// Package matrix replays recordings against the stages of a family: every
// recording by every stage, on all cores, with few recordings in memory.
//
//	m, err := matrix.Judge(ctx, family, slices.Values(sources), nil)
//	for _, row := range m.Rows { for _, cell := range row.Cells { … } }
//
// It writes nothing: the packages in versioning/report do.
package matrix

import (
	"context"
	"iter"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Options say how to judge. The zero value is ready to use.
type Options struct {
	// Config is that of every replay.
	replay.Config

	// Explain and Twice are as in replay.Options.
	Explain, Twice bool

	// Workers is the number of cells judged at once. Zero means twice
	// runtime.GOMAXPROCS(0).
	Workers int

	// Only, if not nil, chooses the cells to judge by the names of recording
	// and stage. A recording of which no cell is chosen is not even read.
	Only func(recording, stage string) bool

	// Each, if not nil, is called with each cell as soon as those before it are
	// judged, in the order of the matrix and never by two goroutines at once. It may
	// change the cell, and that is what it is for: an Explanation holds a whole trace,
	// so whoever explains many cells takes out what is shown, and sets it to nil.
	Each func(*Cell)

	// Progress, if not nil, is called in order after each recording with the
	// number of recordings judged so far.
	Progress func(recordings int)

	// Cache, if not nil, is asked for a row before its recording is decoded, and given
	// those that were judged. It is not used with Only, with Explain or a
	// Logger, nor for a source without Read.
	Cache Cache
}

// A Cell is one recording replayed by one stage.
type Cell struct {
	Family    string
	Recording string
	Stage     string
	replay.Result
}

// String returns FAMILY/RECORDING@STAGE, the name of the cell everywhere.
func (c Cell) String() string { return c.Family + "/" + c.Name() }

// Name returns RECORDING@STAGE, the name of the cell within its family.
func (c Cell) Name() string { return c.Recording + "@" + c.Stage }

// A Row is one recording with its cells, in the order of the stages. It does
// not hold the recording's events.
type Row struct {
	Recording string
	// Lineage holds the stages that executed it, empty if unknown. It is that of
	// the name if the recording could not be read.
	Lineage []string
	// Builds are the build IDs that completed its workflow tasks, where the
	// family's stages have build IDs.
	Builds   []string
	Scenario string
	// Preferred are the versions that the worker was made to record: see
	// history.Recording.
	Preferred map[string]int
	Events    int
	Closed    bool
	// Err says why the recording could not be read, nil if it could. Its
	// cells are then replay.Unjudged.
	Err   error
	Cells []Cell
}

// A Matrix is a family with all its rows.
type Matrix struct {
	Family *versioning.Family
	Rows   []Row
	// Level is what was compared.
	Level compare.Level
	// Allow are the rules for differences that are wanted: see Allowed and Unused.
	Allow []compare.Allow
	// Live is what live workers did with open executions of the family, as
	// history.ReadLive gives it. Judge leaves it empty.
	Live []history.Observation
	// Partial holds the stages that have not judged all recordings, because
	// Options.Only left some out or the context was cancelled.
	Partial map[string]bool
}

// Cells yields the cells of all rows in order.
func (m *Matrix) Cells() iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		for _, row := range m.Rows {
			for _, cell := range row.Cells {
				if !yield(cell) {
					return
				}
			}
		}
	}
}

// Judge judges all recordings and returns them in the order of the iterator.
// If ctx is cancelled it returns the rows that are complete, and the cause; an
// invalid Config is an error too, and nothing is judged.
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
	m.Rows = slices.Collect(Rows(ctx, f, recordings, &watched))
	err := context.Cause(ctx)
	if err != nil {
		m.leaveOut(f.StageNames()...)
	}
	return m, err
}
