package replaytest_test

import (
	"flag"
	"os"
	"testing"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
	"github.com/replaymatrix/replaymatrix/versioning/trace"
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
			Options: matrix.Options{Replay: replay.Options{Allow: []trace.Allow{{
				Path:   "ActivityTaskScheduled(PrePatchActivity).startToCloseTimeout",
				Reason: "the bank is slower since May, and an open order may wait longer",
			}}}},
		})
	}
}
