// Package judge has the commands of replaymatrix that judge recordings: matrix, explain,
// against and list.
package judge

import (
	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// Commands returns the command matrix and the other commands of package judge. A program without
// arguments runs matrix too. The cacheKey is CacheKey of cli.Command.
func Commands(s *shell.Shell, cacheKey string) (matrix *cobra.Command, others []*cobra.Command) {
	c := commands{s, cacheKey}
	return c.matrixCommand(), []*cobra.Command{c.explainCommand(), c.againstCommand(), c.listCommand()}
}
