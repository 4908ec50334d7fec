package judge

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/internal/against"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/page"
)

type againstFlags struct {
	outputFlags
	level, rehearse      string
	failOn, failRollback []string
	packages             []string
	run                  string
	allStages            bool
	timeout              time.Duration
}

func (c commands) againstCommand() *cobra.Command {
	var flags againstFlags
	cmd := &cobra.Command{
		Use:   "against REF",
		Short: "Compare the code of the work tree with that of a git revision",
		Long: `Against answers for code that is no longer in the tree: may this work tree be
deployed over REF, and rolled back to it?

It runs the replay tests of the module in the current folder twice, here and in a
temporary copy of REF, and shows each the recordings of the other. A replay test
is one that calls replaytest.Run; goldens are neither compared nor written. Your
files and your repository are only read; uncommitted changes count.

With several stages in a family the last one is compared, as the one that runs in
production.

It exits with 3 if the deploy breaks executions or changes what they do, and with 4 if
that cannot be told.`,
		Example: c.Examples("against main", "against origin/main --fail-on incompatible,findings",
			"against v1.4.0 --package ./orders --all-stages"),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return shell.Usage(fmt.Errorf("name one revision, such as %s main; see %s --help", cmd.CommandPath(),
					cmd.CommandPath()))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			for flag, names := range map[string][]string{"fail-on": flags.failOn,
				"fail-on-rollback": flags.failRollback} {
				if cmd.Flags().Changed(flag) && len(names) == 0 {
					return shell.Usage(fmt.Errorf("--%s is empty: name the verdicts to fail on, or leave it out", flag))
				}
			}
			if flags.timeout <= 0 {
				return shell.Usage(fmt.Errorf("--timeout %v: give the tests some time, such as 10m", flags.timeout))
			}
			return c.against(cmd.Context(), flags, args[0])
		},
	}
	flags.add(cmd, formatNames())
	cmd.Flags().StringVar(&flags.level, "level", "",
		"how much is compared: commands, shape or values (default that of each test)")
	cmd.Flags().StringSliceVar(&flags.failOn, "fail-on", nil,
		`exit with 3 if the deploy gives an execution of REF one of these verdicts or findings, "incompatible" (the default),
"otherwise", "findings", "stuck", "closes", "hangs" and "roll" as for matrix; "none" for nothing, also where it
cannot be told`)
	cmd.Flags().StringSliceVar(&flags.failRollback, "fail-on-rollback", nil,
		"the same for the roll back to REF and executions of the work tree")
	cmd.Flags().StringSliceVar(&flags.packages, "package", []string{"./..."},
		"the packages with the replay tests, as for go test")
	cmd.Flags().StringVar(&flags.run, "run", "",
		"the tests to run, as for go test (default those that call replaytest.Run)")
	cmd.Flags().DurationVar(&flags.timeout, "timeout", against.DefaultTimeout,
		"how long the tests of a package may run, as for go test")
	cmd.Flags().BoolVar(&flags.allStages, "all-stages", false, "show every stage of both, not only the deployed one")
	cmd.Flags().StringVar(&flags.rehearse, "rehearse", "", rehearseUsage)
	shell.CompleteFlag(cmd, "level", levels)
	shell.CompleteFlag(cmd, "rehearse", scopes)
	shell.CompleteFlag(cmd, "fail-on", shell.Listed(verdicts))
	return cmd
}

func (c commands) against(ctx context.Context, flags againstFlags, ref string) error {
	gate, err := gateOf(flags.failOn, flags.failRollback)
	if err != nil {
		return err
	}
	outputs, err := flags.outputs(formatNames())
	if err != nil {
		return err
	}
	options := against.Options{Ref: ref, Packages: flags.packages, Run: flags.run, AllStages: flags.allStages,
		Timeout: flags.timeout, Memory: c.Memory()}
	if options.Rehearse, err = scopeOf(flags.rehearse); err != nil {
		return err
	}
	if flags.level != "" {
		if options.Level, err = levelOf(flags.level); err != nil {
			return err
		}
	}
	if options.Dir, err = os.Getwd(); err != nil {
		return err
	}
	progress := shell.NewProgress(c.Stderr)
	options.Progress = func(text string) {
		progress.ShowNow("%s …", text)
	}
	options.Note = func(text string) {
		progress.Clear()
		fmt.Fprintf(c.Stderr, "note: %s\n", text)
	}
	options.Explain, options.FailOn = explainedBy(outputs), gate.shown()
	comparison, err := against.Compare(ctx, options)
	progress.Clear()
	if err != nil {
		return againstFault(ctx, err)
	}

	outlook := outlookOf(comparison, c.Name)
	var matrices []*matrix.Matrix
	for _, f := range comparison.Families {
		matrices = append(matrices, f.Matrix)
	}
	// Text and Markdown are read from the top; the others are for programs, or
	// for a browser, and whoever started the command should know as well.
	if !slices.ContainsFunc(outputs,
		func(o output) bool { return o.file == "" && (o.format == "text" || o.format == "markdown") }) {
		if err := outlook.write(c.Stderr); err != nil {
			return err
		}
	}
	common := rendering{ci: c.ciOptions(gate.shown()), begin: outlook.write, opening: outlook.opening()}
	common.ci.Explain = comparison.Explain
	common.ci.Mend, common.explanations = comparison.Mending, &page.Explanations{}
	for cell, e := range comparison.Explained {
		common.explanations.Add(cell, e.Panel)
	}
	if err := c.write(outputs, common, matrices); err != nil {
		return err
	}
	return gate.judge(comparison, outlook)
}

// explainedBy is how many cells the outputs explain: a page all of them where there are few, and what is read from
// the top those of the first findings. The others explain none.
func explainedBy(outputs []output) (most int) {
	for _, o := range outputs {
		switch o.format {
		case "html":
			most = max(most, 100)
		case "text", "markdown", "junit":
			most = max(most, 40)
		}
	}
	return most
}

// againstFault tells what the user may have mistyped from the rest.
func againstFault(ctx context.Context, err error) error {
	var nowhere *against.NoRepositoryError
	var unknown *against.UnknownRefError
	switch {
	case ctx.Err() != nil:
		return shell.ErrInterrupted
	case errors.As(err, &nowhere):
		return shell.Usage(err)
	case errors.As(err, &unknown) && len(unknown.Refs) > 0:
		return shell.Usage(fmt.Errorf("%w: the nearest branches and tags are %s", err,
			shell.Nearest(unknown.Ref, unknown.Refs)))
	case errors.As(err, &unknown):
		return shell.Usage(fmt.Errorf("%w: there is no branch or tag yet", err))
	default:
		return err
	}
}
