package cli

import "github.com/spf13/cobra"

// CollectCommands returns the commands of this room.
func CollectCommands(s *Shell) []*cobra.Command {
	c := commands{Shell: s}
	return []*cobra.Command{c.initCommand(), c.pullCommand(), c.redactCommand()}
}
