package cli

import "github.com/spf13/cobra"

// PlayCommands returns the commands of this room.
func PlayCommands(s *Shell) []*cobra.Command {
	c := commands{Shell: s}
	return []*cobra.Command{c.serverCommand(), c.workerCommand(), c.starterCommand(), c.walkthroughCommand()}
}
