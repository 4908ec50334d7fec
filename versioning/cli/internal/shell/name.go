package shell

import (
	"strings"
)

// Module is the path of the module that this command is from.
const Module = "github.com/replaymatrix/replaymatrix"

// DefaultName is the name of the command of this library, which has the reference families alone.
const DefaultName = "replaymatrix"

// Examples are the lines that help shows for these arguments.
func (s *Shell) Examples(arguments ...string) string {
	lines := make([]string, len(arguments))
	for i, args := range arguments {
		lines[i] = strings.TrimRight("  "+s.Name+" "+args, " ")
	}
	return strings.Join(lines, "\n")
}
