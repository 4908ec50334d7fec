package replaytest

import (
	"io/fs"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Params say what to check.
type Params struct {
	// Family holds the stages. Required.
	Family *versioning.Family

	// Recordings is the folder with the recordings of this one family, which is
	// record.Options.Dir and the family's name. Required; a
	// folder without recordings fails the test, and so does one of which no recording
	// has begun, which is the verdict unstarted in every cell.
	Recordings fs.FS

	// Golden is the path of the file with the expected verdict of every cell,
	// with a line for each cell. A cell whose verdict is another one fails,
	// and so does the test when cells are missing or too many. If it is empty,
	// a cell passes when its verdict is neither incompatible nor unjudged.
	Golden string

	// Update rewrites Golden instead of checking against it. The caller
	// decides when: bind it to a flag of the test's own. It needs every cell,
	// so it fails when -run selects some of them.
	Update bool

	// Want holds the verdict of each cell that is meant to be other than safe, or that has to
	// stay as it is. A control that must break is as much a test as one that must not. A key
	// is the name of a cell, RECORDING@STAGE. A star in it stands for any text ("*@v1"); a
	// whole name goes before a pattern. A cell that no key names has to be safe,
	// not-applicable or unstarted, as without Want. Beside a Golden both are checked, and
	// Want is checked under Update too. A key that matches no cell fails the test, unless
	// -run selects some of the cells.
	Want map[string]replay.Verdict

	// FailOn names kinds of notes. A note of such a kind fails its cell, whatever the verdict
	// is. Some kinds are findings: they can be what breaks an execution, and the history
	// alone cannot tell (see replay.Notes). If FailOn is empty, a finding fails nothing. It
	// is then in the line of the Golden, or without a Golden in the log of the subtest, which
	// go test -v shows.
	FailOn []replay.NoteKind

	// Config is how the Workers of the stages are set up, and what is compared. A rule of
	// Allow that no cell needs fails the test, unless -run selects some of the cells. The
	// code of a safe cell is replayed twice: a test is the place to find out that it is not
	// deterministic.
	replay.Config

	// MinCoverage is the least share, from 0 to 1, of the branches of its GetVersion
	// calls that recordings must prove of each stage: see matrix.StageCoverage. 1
	// asks for every branch, 0 for none. It needs every cell, so it is not looked at
	// when -run selects some of them.
	MinCoverage float64

	// Unproven excuses branches from MinCoverage: they count neither as proven nor
	// as branches. An excuse that no unproven branch needs any more fails the test.
	Unproven []Excuse
}
