// Package replaytest checks a replay matrix in a test: every recording of a
// family against every stage, one subtest for each cell. It never records and
// never dials a service.
//
//	var update = flag.Bool("update", false, "rewrite golden files")
//
//	func TestMatrix(t *testing.T) {
//		replaytest.Run(t, replaytest.Params{
//			Family:     order.Family,
//			Recordings: os.DirFS("testdata/histories/order"), // record.Options.Dir and the family's name
//			Golden:     "testdata/order.matrix",
//			Update:     *update,
//		})
//	}
//
// A subtest is named RECORDING@STAGE, so that one cell runs alone:
//
//	go test -run 'TestMatrix/initial.completed@patched'
//
// A subtest that fails because executions break or drift lays history and code side
// by side below its message, as report.Explain does, with what to do about it. What
// is compared is Options.Replay.Level, trace.Values if that is empty; a difference
// that is wanted goes into Options.Replay.Allow, with a reason.
package replaytest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"sync"
	"testing"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// Params say what to check.
type Params struct {
	// Family holds the stages. Required.
	Family *versioning.Family

	// Recordings is the folder with the recordings of this one family, which is
	// record.Options.Dir and the family's name. Required; a
	// folder without recordings fails the test.
	Recordings fs.FS

	// Golden is the path of the file with the expected verdict of every cell,
	// as package report writes it. A cell whose verdict is another one fails,
	// and so does the test when cells are missing or too many. If it is empty,
	// a cell passes when its verdict is neither incompatible nor unjudged.
	Golden string

	// Update rewrites Golden instead of checking against it. The caller
	// decides when: bind it to a flag of the test's own. It needs every cell,
	// so it fails when -run selects some of them.
	Update bool

	// MinCoverage is the least share, from 0 to 1, of the branches of its GetVersion
	// calls that recordings must prove of each stage: see matrix.StageCoverage. 1
	// asks for every branch, 0 for none. It needs every cell, so it is not looked at
	// when -run selects some of them.
	MinCoverage float64

	// Unproven excuses branches from MinCoverage: they count neither as proven nor
	// as branches. An excuse that no unproven branch needs any more fails the test.
	Unproven []Excuse

	// Options are passed to package matrix. Only is set by Run, from the
	// subtests that -run selects. A rule of Options.Replay.Allow that no cell needs
	// fails the test, unless -run selects some of the cells.
	Options matrix.Options
}

// T is what Run needs of a *testing.T.
type T interface {
	Helper()
	Context() context.Context
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Parallel()
	// Run runs a subtest. Like testing.T's, it returns when the subtest has
	// called Parallel.
	Run(name string, f func(T)) bool
}

// Run checks the family. It returns when all cells are judged; the subtests
// that compare them finish after the calling test has returned.
func Run(t *testing.T, p Params) {
	t.Helper()
	RunT(standardT{t}, p)
}

// RunT is Run for anything that behaves like a *testing.T: other frameworks,
// and the tests of this package.
func RunT(t T, p Params) {
	t.Helper()
	if p.Family == nil || p.Recordings == nil {
		t.Fatalf("replaytest needs a Family and its Recordings")
		return
	}
	if err := p.Family.Validate(); err != nil {
		t.Fatalf("%v", err)
		return
	}
	if fault := p.coverageFault(); fault != "" {
		t.Fatalf("%s", fault)
		return
	}
	if dir := os.Getenv(exchange.Env); dir != "" {
		exchanging(t, p, dir)
		return
	}
	sources, err := history.Dir(p.Recordings, ".")
	if err != nil {
		t.Fatalf("no recordings of %s: %v%s", p.Family.Name, err, folderHint(p, err))
		return
	}
	matrix.Order(p.Family, sources)

	r := &run{Params: p, sources: sources, cells: map[string]matrix.Cell{}, expected: map[string]string{}, explained: map[likeness]string{}}
	if p.Golden != "" && !p.Update {
		if r.expected, err = readGolden(p.Golden); err != nil {
			t.Fatalf("%v", err)
			return
		}
	}
	r.subtests(t, sources)
	r.judge(t, sources)
}

// folderHint is for who gives the folder above the family's.
func folderHint(p Params, err error) string {
	if !errors.Is(err, history.ErrNoRecordings) {
		return ""
	}
	if info, err := fs.Stat(p.Recordings, p.Family.Name); err != nil || !info.IsDir() {
		return ""
	}
	return ": it has a folder " + p.Family.Name + "; give that one"
}

// run is one call of RunT.
type run struct {
	Params
	// selected holds the names of the cells whose subtests run.
	selected []string
	// offered is the number of cells that there are.
	offered int
	// cells and expected are written before the paused subtests go on.
	cells    map[string]matrix.Cell
	expected map[string]string
	sources  []history.Source
	// explained has the first cell of each reason to fail, whose subtest explains it.
	mu        sync.Mutex
	explained map[likeness]string
}

// subtests starts one subtest for each cell. Each pauses in Parallel until the
// calling test returns, when r.cells is filled: that way only the cells that
// -run selects are ever replayed, and by all cores.
func (r *run) subtests(t T, sources []history.Source) {
	for _, source := range sources {
		for _, stage := range matrix.Stages(r.Family, source.Name) {
			r.offered++
			name := source.Name + "@" + stage.Name
			t.Run(name, func(t T) {
				r.selected = append(r.selected, name)
				t.Parallel()
				r.check(t, name)
			})
		}
	}
}

func (r *run) judge(t T, sources []history.Source) {
	t.Helper()
	chosen := map[string]bool{}
	for _, name := range r.selected {
		chosen[name] = true
	}
	opts := r.Options
	opts.Only = func(recording, stage string) bool { return chosen[recording+"@"+stage] }
	m, err := matrix.Judge(t.Context(), r.Family, slices.Values(sources), opts)
	if err != nil {
		t.Fatalf("judging %s: %v", r.Family.Name, err)
		return
	}
	for cell := range m.Cells() {
		r.cells[cell.Name()] = cell
	}
	all := len(chosen) == r.offered
	if err := matrix.Unused(m); err != nil && all {
		t.Errorf("%v", err)
	}
	switch {
	case r.Golden == "":
	case r.Update && !all:
		t.Errorf("%s is not updated: that needs every cell, and -run selects %d", r.Golden, len(chosen))
	case r.Update:
		if err := writeGolden(r.Golden, m); err != nil {
			t.Errorf("%v", err)
		}
	case all:
		r.compareAll(t, m)
	}
	if all && r.MinCoverage > 0 {
		r.cover(t, m)
	}
}

// standardT makes a *testing.T a T.
type standardT struct{ *testing.T }

func (t standardT) Run(name string, f func(T)) bool {
	return t.T.Run(name, func(t *testing.T) { f(standardT{t}) })
}
