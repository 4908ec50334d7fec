package replaymatrix_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"testing"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/internal/rerecord"
	"github.com/replaymatrix/replaymatrix/testdata/unstarted"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// recordFamilies is set by -record, or by -record=FAMILY for one family.
var recordFamilies optionalName

func TestMain(m *testing.M) {
	flag.Var(&recordFamilies, "record",
		"regenerate the histories of every family, or of the one named, before the tests run")
	flag.Var(&observeFamilies, "observe",
		"observe live Workers of every family, or of the one named, before the tests run; make no recordings")
	os.Exit(recordFirst{m}.Run())
}

// observeFamilies is set by -observe, or by -observe=FAMILY for one family.
var observeFamilies optionalName

// recordFirst obeys -record before it runs the tests.
type recordFirst struct{ *testing.M }

func (m recordFirst) Run() int {
	flag.Parse()
	if recordFamilies.set {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		if err := rerecord.Families(ctx, recordFamilies.name); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	if observeFamilies.set {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		if err := rerecord.Observations(ctx, observeFamilies.name); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return m.M.Run()
}

// TestMatrix is the proof: every recording of a family replayed by every stage,
// forward (a deploy) and backward (a rollback). The recordings are read from the
// folder and not from the binary, so that those of -record are the ones judged.
func TestMatrix(t *testing.T) {
	for _, c := range corpora.All() {
		t.Run(c.Family.Name, func(t *testing.T) {
			replaytest.Run(t, replaytest.Params{
				Family:     c.Family,
				Recordings: c.Recordings(),
				Golden:     "testdata/" + c.Family.Name + ".matrix",
				Update:     *update,
				Config:     replay.Config{Worker: c.Replay, DefaultNamespace: "default"},

				MinCoverage: c.Coverage,
				Unproven:    unproven[c.Family.Name],
			})
		})
	}
}

// unproven are the branches of the reference families that no recording proves,
// by family. TestMatrix requires all others to be proven.
var unproven = map[string][]replaytest.Excuse{
	"interleavings": {
		{Stage: "moved-mistake", ChangeID: "tax-in-quote", From: -1, To: -1,
			Reason: "such orders reserved their stock before the quote, and the mistake breaks those"},
		{Stage: "moved-mistake", ChangeID: "insure-parcel-1", From: -1, To: -1,
			Reason: "such orders began before tax-in-quote, and the mistake breaks them before they get here"},
		{Stage: "moved-mistake", ChangeID: "insure-parcel-2", From: -1, To: -1,
			Reason: "such orders began before tax-in-quote, and the mistake breaks them before they get here"},
	},
}

// TestUnstarted judges an execution of which no Workflow Task has completed.
func TestUnstarted(t *testing.T) {
	replaytest.Run(t, replaytest.Params{
		Family:     unstarted.Family,
		Recordings: os.DirFS("testdata/unstarted/histories"),
		Golden:     "testdata/unstarted.matrix",
		Update:     *update,
	})
}

// TestUnreadable judges files that are no recordings: each gives unjudged and
// says what the file is, and none stops the others.
func TestUnreadable(t *testing.T) {
	oneStage := *patching.Family
	oneStage.Stages = oneStage.Stages[:1]
	replaytest.Run(t, replaytest.Params{
		Family:     &oneStage,
		Recordings: os.DirFS("testdata/bad"),
		Golden:     "testdata/bad.matrix",
		Update:     *update,
	})
}

// optionalName is a flag that may be set with or without a value.
type optionalName struct {
	set  bool
	name string
}

func (o *optionalName) String() string   { return o.name }
func (o *optionalName) IsBoolFlag() bool { return true }

func (o *optionalName) Set(value string) error {
	switch value {
	case "false":
		*o = optionalName{}
	case "true":
		*o = optionalName{set: true}
	default:
		*o = optionalName{set: true, name: value}
	}
	return nil
}
