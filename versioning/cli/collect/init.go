package collect

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/scaffold"
)

type initFlags struct {
	command, yes, dryRun bool
	ci                   string
}

// The values of --ci.
const (
	ciAuto   = "auto"
	ciGitHub = "github"
	ciNone   = "none"
)

var ciNames = []string{ciAuto, ciGitHub, ciNone}

func (c commands) initCommand() *cobra.Command {
	var flags initFlags
	cmd := &cobra.Command{
		Use:   "init [FOLDER]",
		Short: "Write a first replay test for the workflows of your own package",
		Long: `init reads the Go package in the folder, the working directory if it is left out, and
writes what replays recordings of its workflows:

  replay_test.go                       the test, with a family for each workflow
  testdata/histories/FAMILY/README.md  how to fill the folder
  .github/workflows/replay.yml         the step in the pipeline, if there is a .github

It shows all of it first and asks. A file that exists is left as it is, go.mod too:
what to do with that is said at the end. Where nobody can be asked it writes nothing,
unless --yes is given.

Workflows are the exported functions and methods whose first parameter is a
workflow.Context. If the module registers some of them, they are those, under the names
that it gives them.`,
		Example:           c.Examples("init", "init ./order --dry-run", "init ./order --command --ci github --yes"),
		Args:              shell.ArgsUsage(cobra.MaximumNArgs(1)),
		ValidArgsFunction: shell.Folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed(shell.HistoriesFlag) {
				return shell.Usage(fmt.Errorf("--%s: init puts recordings into %s of the package; leave the flag out",
					shell.HistoriesFlag, shell.DefaultHistories))
			}
			folder := "."
			if len(args) > 0 {
				folder = args[0]
			}
			return c.init(cmd.Context(), flags, folder)
		},
	}
	cmd.Flags().BoolVar(&flags.command, "command", false,
		"write a command for these workflows too, with the families in a file that it can import")
	cmd.Flags().StringVar(&flags.ci, "ci", ciAuto,
		"step in the pipeline: github, none, or auto, which is github where there is a folder .github")
	cmd.Flags().BoolVarP(&flags.yes, "yes", "y", false, "write without asking")
	cmd.Flags().BoolVar(&flags.dryRun, "dry-run", false, "show what would be written, and write nothing")
	shell.CompleteFlag(cmd, "ci", func(string) []string { return ciNames })
	return cmd
}

func (c commands) init(ctx context.Context, flags initFlags, folder string) error {
	switch {
	case flags.ci != ciAuto && flags.ci != ciGitHub && flags.ci != ciNone:
		return shell.Usage(fmt.Errorf("--ci: unknown pipeline %q: want one of %s", flags.ci, shell.Joined(ciNames)))
	case flags.yes && flags.dryRun:
		return shell.Usage(errors.New("--yes and --dry-run contradict each other: leave one out"))
	}
	p, err := scaffold.Read(folder)
	if err != nil {
		return err
	}
	options := scaffold.Options{
		Command: flags.command,
		GitHub:  flags.ci == ciGitHub || flags.ci == ciAuto && p.Module.UsesGitHub(),
		Pull:    c.Name + " pull",
	}
	files, err := scaffold.Plan(p, options)
	if errors.Is(err, scaffold.ErrMain) {
		return shell.Usage(fmt.Errorf("--command: %w", err))
	}
	if err != nil {
		return err
	}
	fresh := 0
	for _, f := range files {
		if !f.Exists {
			fresh++
		}
	}
	c.showPackage(p)
	c.showPlan(p, files, !flags.yes)
	switch {
	case fresh == 0:
		fmt.Fprintln(c.Stdout, "Nothing to write: every file is there.")
		return nil
	case flags.dryRun:
		fmt.Fprintln(c.Stdout, "Nothing is written: this was --dry-run.")
		return nil
	case !flags.yes:
		yes, err := c.ask(ctx, fmt.Sprintf("Write %s?", shell.Counted(fresh, "file")))
		if errors.Is(err, errNobody) {
			return shell.Usage(errors.New("nothing is written, because nobody can be asked: give --yes to write, " +
				"or --dry-run to look"))
		}
		if err != nil {
			return err
		}
		if !yes {
			fmt.Fprintln(c.Stdout, "Nothing is written.")
			return nil
		}
	}
	if err := scaffold.Write(p.Module.Dir, files); err != nil {
		return err
	}
	c.showNext(p, options, fresh)
	return nil
}
