package cli

import (
	"cmp"
	"strings"
)

const defaultName = "replaymatrix"

// name is what a person types to run the command again.
func (c *Command) name() string { return cmp.Or(c.Name, c.called, defaultName) }

// examples are the lines that help shows for these arguments.
func (c *Command) examples(arguments ...string) string {
	lines := make([]string, len(arguments))
	for i, args := range arguments {
		lines[i] = strings.TrimRight("  "+c.name()+" "+args, " ")
	}
	return strings.Join(lines, "\n")
}
