// Package collect has the commands of replaymatrix that bring recordings in: init, pull
// and redact.
package collect

import (
	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// Commands returns the commands of package collect.
func Commands(s *shell.Shell) []*cobra.Command {
	c := commands{Shell: s}
	return []*cobra.Command{c.initCommand(), c.pullCommand(), c.redactCommand()}
}
