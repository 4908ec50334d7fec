// Package corpora lists the families that have recordings in this repository: the reference
// families and the fixtures of the tests.
package corpora

import (
	"io/fs"
	"os"
	"path/filepath"

	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/testdata/coroutines"
	"github.com/replaymatrix/replaymatrix/testdata/edits"
	"github.com/replaymatrix/replaymatrix/testdata/encrypted"
	"github.com/replaymatrix/replaymatrix/testdata/mistakes"
	"github.com/replaymatrix/replaymatrix/testdata/nexus"
	"github.com/replaymatrix/replaymatrix/testdata/unchanged"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/unnoticed"
)

// A Corpus is a family and the place of its recordings.
type Corpus struct {
	Family *versioning.Family
	// Dir is the folder that holds the recordings of several families, relative to the root of the
	// module.
	Dir string
	// Flat says that Dir holds the recordings of this family only.
	Flat bool
	// Stages are the stages that recordings begin with. Empty means all.
	Stages []string
	// Replay are the options of the Workers that replay the recordings.
	Replay worker.WorkflowReplayerOptions
	// Coverage is the share of branches that the recordings have to prove.
	Coverage float64
	// Elsewhere is the command that makes the recordings. It is empty if -record makes them.
	Elsewhere string
	// Racing says that the family's calls race, so that each recording has its events in another
	// order.
	Racing bool
	// Unreplayed says that a recording is written without being replayed first. The recordings of
	// this family are there to be replayed wrongly.
	Unreplayed bool
}

// Recordings returns the recordings of the family, read from the folder and not from the binary.
func (c Corpus) Recordings() fs.FS {
	if c.Flat {
		return os.DirFS(filepath.Join(root(), filepath.FromSlash(c.Dir)))
	}
	return os.DirFS(filepath.Join(root(), filepath.FromSlash(c.Dir), filepath.FromSlash(c.Family.Name)))
}

const (
	references = "histories"
	fixtures   = "testdata/histories"
)

// IsFixture reports whether the code of the family is below testdata, and not below
// versioning/workflows.
func (c Corpus) IsFixture() bool { return c.Dir == fixtures }

// All returns the reference families and the fixtures.
func All() (list []Corpus) {
	for _, f := range workflows.Families {
		c := Corpus{Family: f, Dir: references, Coverage: 1}
		switch f {
		case unnoticed.GetVersion:
			c.Coverage = 0 // it shows calls, and not all that they decide
		case unnoticed.InputType:
			c.Unreplayed = true // an execution that failed because of its input is not safe yet
		}
		list = append(list, c)
	}
	return append(list,
		Corpus{Family: mistakes.Family, Dir: fixtures, Stages: []string{"base"}},
		Corpus{Family: edits.Family, Dir: fixtures, Stages: []string{"base"}},
		Corpus{Family: encrypted.Family, Dir: fixtures, Stages: encrypted.Recorded,
			Replay: worker.WorkflowReplayerOptions{
				DataConverter:    encrypted.Converter,
				FailureConverter: encrypted.FailureConverter,
			}},
		Corpus{Family: coroutines.Family, Dir: fixtures, Stages: []string{"base"}, Racing: true},
		Corpus{Family: unchanged.Family, Dir: fixtures, Unreplayed: true},
		Corpus{Family: nexus.Family, Dir: fixtures, Stages: nexus.Recorded,
			Elsewhere: "go -C versioning/devserver test -run TestRecordNexus -record"},
	)
}
