package cli

import "github.com/spf13/cobra"

// collectCommands returns the commands of this room.
func collectCommands(s *Shell) []*cobra.Command {
	c := commands{Shell: s}
	return []*cobra.Command{c.initCommand(), c.pullCommand(), c.redactCommand()}
}
