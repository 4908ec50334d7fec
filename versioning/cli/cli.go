// Package cli is the replaymatrix command as a value, so that a command for
// workflows of your own is a main function of ten lines:
//
//	package main
//
//	import (
//		"github.com/replaymatrix/replaymatrix/versioning/cli"
//
//		"example.com/shop/order"
//	)
//
//	func main() {
//		cli.Main(order.Family)
//	}
//
// It reads recordings from testdata/histories, one folder for each family, or from
// the folder that --histories names. A Command says more: recordings inside the
// program, a data converter, differences that are wanted. Tests call its Run with
// arguments and writers of their own.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// The exit codes of the command.
const (
	ExitOK           = 0 // done
	ExitFailed       = 1 // could not run
	ExitUsage        = 2 // wrong arguments
	ExitIncompatible = 3 // a cell has a verdict or a note that --fail-on names
)

// A Command is the command with what it works on. Families are required; a Command
// is used once.
type Command struct {
	// Name is the name of the program in usage, errors and hints; empty means
	// replaymatrix. It is one word: what a person types.
	Name string

	// Families are the workflows that the command knows.
	Families []*versioning.Family

	// Recordings, if not nil, holds one folder of recordings for each family, by its
	// name: an embed.FS makes a program that needs no files. A single family may have
	// its recordings outside of such a folder.
	Recordings fs.FS

	// Histories is a folder like Recordings on disk, relative to the working directory:
	// the default of --histories. Where it is empty that is Recordings, and without
	// those DefaultHistories.
	Histories string

	// Replayer is what the Workers are set up with, as far as it matters to a replay: a
	// data converter above all.
	Replayer worker.WorkflowReplayerOptions

	// Allow names differences that are known and wanted, in any family. A rule that
	// nothing needs is an error of the matrix command, once it judges all families.
	Allow []compare.Allow

	// DefaultNamespace is the namespace of executions whose recordings do not say it, as
	// files that earlier versions have pulled do not. Empty means that it is not known.
	DefaultNamespace string

	// CacheKey lets the matrix command keep verdicts although Replayer has parts that
	// are code, as a data converter is. It names what they depend on that is neither in the program
	// nor in its environment, such as the version of a key that they fetch, or just
	// says that there is nothing of the kind. docs/cache.md has the whole story.
	CacheKey string

	// Stdout and Stderr default to those of the process.
	Stdout, Stderr io.Writer

	// program is the executable that Main runs in, empty in a test that calls Run;
	// called is its name, where that names the command.
	program, called string

	// histories is the value of --histories.
	histories string

	// tree is the root of the commands.
	tree *cobra.Command

	// cache keeps verdicts from one run of the program to the next.
	cache *kept
}

// Main runs the command with the arguments of the process until it is done or
// interrupted, and returns the exit code.
func (c *Command) Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the process at once
	c.program, _ = os.Executable()
	return c.Run(ctx, os.Args[1:])
}

// Run runs the command with these arguments and returns the exit code. What
// went wrong is on Stderr, each in one line that begins with the name of the program.
func (c *Command) Run(ctx context.Context, args []string) int {
	if c.Stdout == nil {
		c.Stdout = os.Stdout
	}
	if c.Stderr == nil {
		c.Stderr = os.Stderr
	}
	stdout := &watched{Writer: c.Stdout}
	c.Stdout = stdout
	err := c.validate()
	if err == nil {
		root := c.root()
		// To cobra, nil means the arguments of the process.
		root.SetArgs(append([]string{}, args...))
		root.SetOut(c.Stdout)
		root.SetErr(c.Stderr)
		err = root.ExecuteContext(ctx)
	}
	if err == nil {
		err = stdout.failed()
	}
	if err == nil {
		return ExitOK
	}
	for line := range strings.Lines(err.Error()) {
		if line = strings.TrimRight(line, "\n"); line != "" {
			fmt.Fprintf(c.Stderr, "%s: %s\n", c.name(), line)
		}
	}
	var usage *usageError
	var incompatible *incompatibleError
	switch {
	case errors.As(err, &usage):
		return ExitUsage
	case errors.As(err, &incompatible):
		return ExitIncompatible
	default:
		return ExitFailed
	}
}

func (c *Command) root() *cobra.Command {
	root := &cobra.Command{
		Use:   c.name(),
		Short: "Prove what a change of workflow code does to running executions",
		Long: c.name() + ` replays recorded event histories of Temporal workflows against every
stage of their code, and prints which transitions are safe.

Without arguments it prints the matrix of every family it knows, from its
recordings: no service, no network.

Exit codes: 0 done, 1 could not run, 2 wrong arguments, 3 a verdict or a
finding named by --fail-on occurred.`,
		Example:       c.examples("", "matrix "+c.Families[0].Name, "explain --help"),
		Args:          c.noCommand,
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.matrix(cmd.Context(), matrixFlags{level: compare.Values.String()}, nil)
		},
	}
	c.tree = root
	root.SuggestionsMinimumDistance = 2
	root.PersistentFlags().StringVar(&c.histories, historiesFlag, c.defaultHistories(), c.historiesUsage())
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return &usageError{fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())}
	})
	root.AddCommand(c.matrixCommand(), c.explainCommand(), c.againstCommand(), c.listCommand(), c.serverCommand(), c.workerCommand(), c.starterCommand(), c.walkthroughCommand(),
		c.initCommand(), c.pullCommand(), c.redactCommand(), c.completionCommand())
	root.InitDefaultHelpCmd()
	help, _, _ := root.Find([]string{"help"})
	help.Example = c.examples("help matrix")
	c.completeFlags(root)
	return root
}

// usageError is a mistake in the arguments.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func asUsage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return &usageError{fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())}
		}
		return nil
	}
}

// chosen returns the families of those names, or below a name with slashes left
// out ("runtimechecks"), in the order of the names; all of them if there are none.
func (c *Command) chosen(names []string) (families []*versioning.Family, err error) {
	if len(names) == 0 {
		return c.Families, nil
	}
	for _, name := range names {
		found := false
		for _, f := range c.Families {
			if f.Name != name && !strings.HasPrefix(f.Name, name+"/") {
				continue
			}
			found = true
			if !slices.Contains(families, f) {
				families = append(families, f)
			}
		}
		if !found {
			return nil, c.unknownFamily(name)
		}
	}
	return families, nil
}

func (c *Command) familyNames() []string { return namesOf(c.Families) }

func namesOf(families []*versioning.Family) []string {
	names := make([]string, len(families))
	for i, f := range families {
		names[i] = f.Name
	}
	return names
}
