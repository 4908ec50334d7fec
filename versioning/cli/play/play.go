// Package play has the commands of replaymatrix that play the workflows of families
// against a Temporal Service: server, worker, starter and walkthrough.
package play

import (
	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// Commands returns the commands of package play.
func Commands(s *shell.Shell) []*cobra.Command {
	c := commands{Shell: s}
	return []*cobra.Command{c.serverCommand(), c.workerCommand(), c.starterCommand(), c.walkthroughCommand()}
}
