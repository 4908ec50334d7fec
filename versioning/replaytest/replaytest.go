// Package replaytest checks a replay matrix in a test: every recording of a family against every
// stage, one subtest for each cell. It never records and never dials a service.
//
// This is the whole test of a workflow of your own. The file order_test.go is beside the code of
// Order:
//
//	package order
//
//	import (
//		"os"
//		"testing"
//
//		"go.temporal.io/sdk/worker"
//
//		"github.com/replaymatrix/replaymatrix/versioning"
//		"github.com/replaymatrix/replaymatrix/versioning/replaytest"
//	)
//
//	var family = &versioning.Family{
//		Name:          "order",
//		Doc:           "An order is charged for and shipped.",
//		WorkflowTypes: []string{"Order"},
//		Stages: []versioning.Stage{{
//			Name:     "today",
//			Doc:      "The code as it is.",
//			Register: func(r worker.WorkflowRegistry) { r.RegisterWorkflow(Order) },
//		}},
//	}
//
//	func TestReplay(t *testing.T) {
//		replaytest.Run(t, replaytest.Params{
//			Family:     family,
//			Recordings: os.DirFS("testdata/histories"),
//		})
//	}
//
// The folder holds Event Histories, one file for each execution. This command writes such a file:
//
//	temporal workflow show --workflow-id ID --output json >testdata/histories/ID.json
//
// The download of the Web UI (not decoded) writes such a file too: see history.Dir. The files may
// have any names. The recordings of package record are called STAGE.SCENARIO, which says which
// stage ran the execution. For other files the stage is unknown, and this matters only for the
// advice. If a file is no history, or no replay can judge it, the cells of this file fail with the
// reason. The other files are judged.
//
// A subtest is named RECORDING@STAGE, so that you can run one cell alone:
//
//	go test -run 'TestReplay/order-4711@today'
//
// The test fails if executions break or drift. Cells that fail for one reason are a finding. The
// calling test tells of each finding once: how many recordings it is about, how many of them are open,
// the line of code, what a live Worker does next, and what to do, with the Go code for that. For what a
// live Worker does, the test runs the code in Workers that reach no service: see Params.Rehearse.
//
// The subtests of the cells name the finding. If more than ten cells fail, only the first few of each
// finding fail as subtests, of the worst findings. The others are skipped, because go test prints two lines for each subtest
// that fails, and of a thousand such lines nobody finds the ones that matter. A bad cell never passes,
// and go test -v has the reason of each. A cell that -run selects alone fails in its own right. It then
// shows history and code side by side below its message, as text.Explain of versioning/report does.
//
// If nothing fails, go test -v shows what is proven:
//
//	4 recordings, 1 open, all safe twice; versions 2 of 2, signals 1 of 2 proven
//
// Params.Level says what is compared. Empty means compare.Values. A difference that you want goes into Params.Allow,
// with a reason. A family with several stages, the code of today and the code of tomorrow, has
// cells that must break. Params.Want names these cells. Or Params.Golden is a file with the verdict
// of every cell; a pull request then shows what changes.
//
// While the test runs, the histories are read through Params.Recordings, and the golden file by its
// path. If these files are below the module, go test notes them. It runs a test again when one of
// the files was changed, added or removed. Otherwise it takes the result from its cache.
package replaytest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"testing"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// T is what Run needs of a *testing.T.
type T interface {
	Helper()
	Context() context.Context
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Parallel()
	// Run runs a subtest. Like the Run of testing.T, it returns when the subtest has called
	// Parallel.
	Run(name string, f func(T)) bool
}

// Run checks the family. Run returns when all cells are judged. The subtests that compare the cells
// finish after the calling test has returned.
func Run(t *testing.T, p Params) {
	t.Helper()
	RunT(standardT{t}, p)
}

// RunT is Run for any type that behaves like a *testing.T, for other test frameworks and for the
// tests of this package. If the T also has the methods Logf, Name and Skipf of a *testing.T, RunT uses
// them. Without Skipf, the subtest of each bad cell fails.
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
	if fault := p.fault(); fault != "" {
		t.Fatalf("%s", fault)
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

	r := &run{
		Params: p, sources: sources, cells: map[string]matrix.Cell{}, found: map[string]*finding.Finding{},
		expected: map[string]string{}, fails: map[string][]*group{}, shown: map[string]bool{},
	}
	if p.Golden != "" && !p.Update {
		if r.expected, err = readGolden(p.Golden); err != nil {
			t.Fatalf("%v", err)
			return
		}
	}
	if r.wanted, err = p.wanted(r.names()); err != nil {
		t.Fatalf("%v", err)
		return
	}
	r.subtests(t)
	r.judge(t)
}

// folderHint is for who gives the folder above the family's, or has no recording yet.
func folderHint(p Params, err error) string {
	if !errors.Is(err, history.ErrNoRecordings) && !errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	if info, err := fs.Stat(p.Recordings, p.Family.Name); err != nil || !info.IsDir() {
		return saveHint(p)
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
	// cells, expected and found are written before the paused subtests go on.
	cells    map[string]matrix.Cell
	expected map[string]string
	// found has the findings that cells are in, by the names of the cells.
	found map[string]*finding.Finding
	// wanted has what Want says of each cell that a key of it is about.
	wanted  map[string]wanted
	sources []history.Source
	// stopped is whether the calling test has failed before all cells were judged.
	stopped bool
	// groups are the cells that fail, by the reason. fails has those of each cell that fails, and
	// shown holds the cells whose subtests fail: the others are skipped.
	groups []*group
	fails  map[string][]*group
	shown  map[string]bool
}

// names returns those of all cells.
func (r *run) names() (names []string) {
	for _, source := range r.sources {
		for _, stage := range matrix.Stages(r.Family, source.Name) {
			names = append(names, source.Name+"@"+stage.Name)
		}
	}
	return names
}

// subtests starts one subtest for each cell. Each pauses in Parallel until the
// calling test returns, when r.cells is filled: that way only the cells that
// -run selects are ever replayed, and by all cores.
func (r *run) subtests(t T) {
	t.Helper()
	for _, name := range r.names() {
		r.offered++
		t.Run(name, func(t T) {
			t.Helper()
			r.selected = append(r.selected, name)
			t.Parallel()
			r.check(t, name)
		})
	}
}

func (r *run) judge(t T) {
	t.Helper()
	chosen := map[string]bool{}
	for _, name := range r.selected {
		chosen[name] = true
	}
	m, err := matrix.Judge(t.Context(), r.Family, slices.Values(r.sources), &matrix.Options{
		Config: r.Config, Twice: true, Rehearse: r.Rehearse,
		Only: func(recording, stage string) bool { return chosen[recording+"@"+stage] },
	})
	if err != nil {
		r.stopped = true
		t.Fatalf("judging %s: %v", r.Family.Name, err)
		return
	}
	found := finding.Of(m, finding.Options{FailOn: r.failOn()})
	for _, row := range m.Rows {
		for _, cell := range row.Cells {
			r.cells[cell.Name()], r.found[cell.Name()] = cell, found.At(row, cell)
		}
	}
	r.group(m)
	faults := r.faults(m)
	for _, fault := range faults {
		t.Errorf("%s", fault)
	}
	r.tell(t)
	if log, ok := t.(interface{ Logf(string, ...any) }); ok && len(faults)+len(r.groups) == 0 && len(m.Rows) > 0 {
		log.Logf("%s", r.green(m))
	}
}

// standardT makes a *testing.T a T.
type standardT struct{ *testing.T }

func (t standardT) Run(name string, f func(T)) bool {
	t.Helper()
	return t.T.Run(name, func(t *testing.T) {
		t.Helper()
		f(standardT{t})
	})
}
