package cli

import (
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// validate checks what the command works on.
func (c *Command) validate() error {
	if len(c.Families) == 0 {
		return errors.New("this command knows no family: give cli.Main, or Command.Families, at least one")
	}
	return versioning.Validate(c.Families...)
}

func hasCommand(root *cobra.Command, name string) bool {
	return slices.ContainsFunc(root.Commands(), func(cmd *cobra.Command) bool { return cmd.Name() == name })
}

// exampleLater makes the examples when somebody asks for help: they may need to look
// into folders, which the other calls of the command have no use for.
func exampleLater(cmd *cobra.Command, examples func() string) {
	cmd.SetHelpFunc(func(asked *cobra.Command, args []string) {
		cmd.Example = examples()
		cmd.Root().HelpFunc()(asked, args)
	})
}
