package replaytest

import (
	"io/fs"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Params say what to check.
type Params struct {
	// Family holds the stages. Required.
	Family *versioning.Family

	// Recordings is the folder with the recordings of this one family: record.Options.Dir joined
	// with the family's name. Required. A folder without recordings fails the test. A folder in
	// which no recording has begun fails the test too; every cell then has the verdict unstarted.
	Recordings fs.FS

	// Golden is the path of the file with the expected verdicts, one line for each cell. A cell
	// with another verdict fails. Cells that differ in the same way are told of once; Update and the
	// diff of the file have them all. The test also fails if the file has too few or too many cells. If
	// Golden is empty, a cell passes when its verdict is neither incompatible nor unjudged.
	Golden string

	// Update rewrites Golden instead of checking against it. The caller decides when: bind Update
	// to a flag of your test. Update needs every cell, so it fails when -run selects only some
	// cells.
	Update bool

	// Want holds the verdict of each cell that should be other than safe, or that has to stay as it
	// is. A cell that must break is as much a test as a cell that must not. A key is the name of a
	// cell, RECORDING@STAGE. A star in a key stands for any text ("*@v1"). A whole name has
	// priority over a pattern. A cell that no key names has to be safe, not-applicable or
	// unstarted, as without Want. With a Golden, both are checked, and Want is checked under Update
	// too. A key that matches no cell fails the test, unless -run selects only some cells.
	Want map[string]replay.Verdict

	// FailOn names kinds of notes. A note of such a kind fails its cell, whatever the verdict is.
	// Some kinds of notes are findings: a finding can be what breaks an execution, but the Event
	// History alone cannot tell (see replay.Notes). If FailOn is empty, a finding fails nothing.
	// The finding is then in the line of the Golden. Without a Golden, the finding is in the log of
	// the subtest, which go test -v shows.
	FailOn []replay.NoteKind

	// Config is how the Workers of the stages are set up, and what is compared. A rule of
	// Allow that no cell needs fails the test, unless -run selects some of the cells. The
	// code of a safe cell is replayed twice: a test is the place to find out that it is not
	// deterministic.
	replay.Config

	// Rehearse says at which waiting points of a recording a Worker of the stage is given the next
	// Workflow Task, to see what it does. Empty means rehearse.Budgeted: the last waiting point of an
	// open recording, and the waiting points of a cell that is not safe. rehearse.All is every waiting
	// point, and rehearse.None is no waiting point. A rehearsal runs workflow code and nothing that
	// acts. An execution that a live Worker closes, fails or lets hang is incompatible, although it
	// replays.
	Rehearse rehearse.Scope

	// MinCoverage is the minimum share, from 0 to 1, of the branches of a stage's GetVersion calls
	// that recordings must prove. See matrix.StageCoverage. Each stage must reach MinCoverage. 1
	// asks for every branch, 0 for none. MinCoverage needs every cell, so it is not checked when
	// -run selects only some cells.
	MinCoverage float64

	// Unproven excuses branches from MinCoverage. An excused branch counts neither as proven nor as
	// a branch. An excuse fails the test when no unproven branch needs it any more.
	Unproven []Excuse
}
