package shell

import (
	"strings"
)

// Module is the path of the Go module of this command.
const Module = "github.com/replaymatrix/replaymatrix"

// DefaultName is the name of the command of this library. This command knows only the reference
// families.
const DefaultName = "replaymatrix"

// Examples returns the lines that help shows as examples, one for each of the arguments.
func (s *Shell) Examples(arguments ...string) string {
	lines := make([]string, len(arguments))
	for i, args := range arguments {
		lines[i] = strings.TrimRight("  "+s.Name+" "+args, " ")
	}
	return strings.Join(lines, "\n")
}
