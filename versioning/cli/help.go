package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// validate checks what the command works on.
func validate(families []*versioning.Family) error {
	if len(families) == 0 {
		return errors.New("this command knows no family: give cli.Main, or Command.Families, at least one")
	}
	return versioning.Validate(families...)
}

// noCommand is for an argument that is the name of no command: often it is that of a
// family, or nearly that of a command.
func noCommand(s *shell.Shell) cobra.PositionalArgs {
	return func(root *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		next := "see " + root.CommandPath() + " --help"
		if families, err := s.Chosen(args[:1]); err == nil {
			next = fmt.Sprintf("for the matrix of %s write %q", shell.Joined(shell.Names(families)), root.CommandPath()+
				" matrix "+args[0])
		} else if likely := root.SuggestionsFor(args[0]); len(likely) > 0 {
			next = "did you mean " + strings.Join(likely, " or ") + "?"
		}
		return shell.Usage(fmt.Errorf("unknown command %q for %q; %s", args[0], root.CommandPath(), next))
	}
}
