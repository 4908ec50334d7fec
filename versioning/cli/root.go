package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning/cli/collect"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/cli/judge"
	"github.com/replaymatrix/replaymatrix/versioning/cli/play"
)

// rootCommand has all commands below it.
func rootCommand(s *shell.Shell, cacheKey string) *cobra.Command {
	matrix, judging := judge.Commands(s, cacheKey)
	root := &cobra.Command{
		Use:   s.Name,
		Short: "Prove what a change of workflow code does to running executions",
		Long: s.Name + ` replays recorded event histories of Temporal workflows against every
stage of their code, and prints which transitions are safe.

Without arguments it prints the matrix of every family it knows, from its
recordings: no service, no network.

Exit codes: 0 done, 1 could not run, 2 wrong arguments, 3 a verdict or a
finding named by --fail-on occurred, or against found that the deploy breaks
executions, 4 against could not tell.`,
		Example:       s.Examples("", "matrix "+s.Families[0].Name, "explain --help"),
		Args:          noCommand(s),
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE:          matrix.RunE,
	}
	root.SuggestionsMinimumDistance = 2
	s.AddHistories(root)
	s.AddMemory(root)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return shell.Usage(fmt.Errorf("%w; see %s --help", err, cmd.CommandPath()))
	})
	root.AddCommand(matrix)
	root.AddCommand(judging...)
	root.AddCommand(play.Commands(s)...)
	root.AddCommand(collect.Commands(s)...)
	root.AddCommand(completionCommand(s))
	root.InitDefaultHelpCmd()
	help, _, _ := root.Find([]string{"help"})
	help.Example = s.Examples("help matrix")
	return root
}
