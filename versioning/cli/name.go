package cli

import (
	"strings"
)

// defaultName is the name of the command of this library, which has the reference families alone.
const defaultName = "replaymatrix"

// examples are the lines that help shows for these arguments.
func (s *Shell) examples(arguments ...string) string {
	lines := make([]string, len(arguments))
	for i, args := range arguments {
		lines[i] = strings.TrimRight("  "+s.Name+" "+args, " ")
	}
	return strings.Join(lines, "\n")
}
