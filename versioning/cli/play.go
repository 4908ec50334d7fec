package cli

import "github.com/spf13/cobra"

// playCommands returns the commands of this room.
func playCommands(s *Shell) []*cobra.Command {
	c := commands{Shell: s}
	return []*cobra.Command{c.serverCommand(), c.workerCommand(), c.starterCommand(), c.walkthroughCommand()}
}
