// Package shell is what all commands of replaymatrix share. It has the streams and the terminal,
// and the errors that choose the exit code. It finds the families and recordings that a person
// names, handles mistyped names, and completes names.
package shell

import (
	"io"
	"io/fs"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Shell is what all commands work with: the program, the streams that it writes to, its families
// and their recordings.
type Shell struct {
	// Name is what a person types to run the command again. Named is whether somebody chose Name.
	// If Named is false, Name is only the name of the program.
	Name  string
	Named bool

	// Program is the executable that runs, empty in a test.
	Program string

	// Stdout and Stderr are where the command writes.
	Stdout, Stderr io.Writer

	// Families are the workflows that the command knows: at least one.
	Families []*versioning.Family

	// Recordings are the recordings inside the program, nil if there are none.
	Recordings fs.FS

	// Histories is the value of --histories if the flag is not given. Empty means the recordings
	// inside the program.
	Histories string

	// Replay is the configuration for replaying recordings. Each command sets the level.
	Replay replay.Config

	// histories is the value of --histories, and memory that of --memory.
	histories string
	memory    memory
}
