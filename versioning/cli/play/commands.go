package play

import "github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"

// commands are those of this room, with the shell that they run in.
type commands struct {
	*shell.Shell
}
