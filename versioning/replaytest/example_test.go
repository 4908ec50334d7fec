package replaytest_test

import (
	"flag"
	"os"
	"testing"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// The flag is the test's own: a library that defines -update would collide with
// it.
var update = flag.Bool("update", false, "rewrite golden files")

// TestMatrix is the whole of what a consumer writes.
func TestMatrix(t *testing.T) {
	replaytest.Run(t, replaytest.Params{
		Family:     patching.Family,
		Recordings: os.DirFS("../../histories/patching"),
		Golden:     "testdata/patching.matrix",
		Update:     *update,
	})
}

// The documentation of the package shows the file with this test, which is the whole
// of what it takes; example_order_test.go is the same file, compiled and run.
func Example() {
	_ = TestReplay
}

// A test of one's own family; TestMatrix in this file is one that runs.
func ExampleRun() {
	var update = flag.Bool("update-golden", false, "rewrite golden files")

	_ = func(t *testing.T) { // func TestMatrix(t *testing.T)
		replaytest.Run(t, replaytest.Params{
			Family:     patching.Family,
			Recordings: os.DirFS("testdata/histories/patching"),
			Golden:     "testdata/patching.matrix",
			Update:     *update,
		})
	}
}

// Every branch of a GetVersion call must be proven, but for one that nobody takes
// any more.
func ExampleExcuse() {
	_ = func(t *testing.T) {
		replaytest.Run(t, replaytest.Params{
			Family:      patching.Family,
			Recordings:  os.DirFS("testdata/histories/patching"),
			Golden:      "testdata/patching.matrix",
			MinCoverage: 1,
			Unproven: []replaytest.Excuse{
				{ChangeID: "my-patch", From: -1, To: -1, Reason: "the last execution from before it closed in March"},
			},
		})
	}
}

// A difference that is known and wanted is allowed, with the reason.
func ExampleRun_allow() {
	_ = func(t *testing.T) {
		replaytest.Run(t, replaytest.Params{
			Family:     patching.Family,
			Recordings: os.DirFS("testdata/histories/patching"),
			Config: replay.Config{Allow: []compare.Allow{{
				Path:   "ActivityTaskScheduled(PrePatchActivity).startToCloseTimeout",
				Reason: "the bank is slower since May, and an open order may wait longer",
			}}},
		})
	}
}

// What must break is a control: when it does not, the test has become blind.
func ExampleRun_want() {
	_ = func(t *testing.T) {
		replaytest.Run(t, replaytest.Params{
			Family:     patching.Family,
			Recordings: os.DirFS("testdata/histories/patching"),
			Want: map[string]replay.Verdict{
				"patched*@initial":             replay.Nondeterministic, // no way back
				"patch-*@initial":              replay.Nondeterministic,
				"initial*@patch-deprecated":    replay.VersionRemoved, // too early while they are open
				"initial*@patch-complete":      replay.Nondeterministic,
				"patch-complete.*@patched":     replay.Nondeterministic,
				"patch-complete.*@*deprecated": replay.VersionRemoved,
			},
		})
	}
}
