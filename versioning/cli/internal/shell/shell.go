// Package shell is what all commands of replaymatrix share: the streams and the terminal,
// the errors that choose the exit code, and families and recordings as a person names,
// mistypes and completes them.
package shell

import (
	"io"
	"io/fs"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Shell is what a person has in front of them, and what they work on there: the
// program and where it writes, its families and their recordings.
type Shell struct {
	// Name is what a person types to run the command again. Named is whether somebody
	// chose it, so that it is more than the name of the program.
	Name  string
	Named bool

	// Program is the executable that runs, empty in a test.
	Program string

	// Stdout and Stderr are where the command writes.
	Stdout, Stderr io.Writer

	// Families are the workflows that the command knows: at least one.
	Families []*versioning.Family

	// Recordings are those inside the program, nil if there are none.
	Recordings fs.FS

	// Histories is the value of --histories that nobody has given; empty means the
	// recordings inside the program.
	Histories string

	// Replay is how recordings are replayed. The level is that of each command.
	Replay replay.Config

	// histories is the value of --histories.
	histories string
}
