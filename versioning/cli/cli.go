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
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// The exit codes of the command.
const (
	ExitOK           = 0 // done
	ExitFailed       = 1 // could not run
	ExitUsage        = 2 // wrong arguments
	ExitIncompatible = 3 // a cell has a verdict or a note that --fail-on names
)

// DefaultHistories is the folder that recordings are read from where a Command has
// none inside, relative to the working directory: testdata/histories.
const DefaultHistories = shell.DefaultHistories

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

	// Histories is the default of --histories: a folder on disk with one folder of recordings
	// for each family, relative to the working directory. If it is empty, the default is
	// Recordings, or DefaultHistories if Recordings is nil.
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

	// CacheKey lets the matrix command keep verdicts although Replayer has parts that are
	// code, such as a data converter. It names what that code depends on and what is neither
	// in the program nor in its environment, such as the version of a key that is fetched. If
	// there is nothing of the kind, any text says so. docs/cache.md has the whole story.
	CacheKey string

	// Stdout and Stderr default to those of the process.
	Stdout, Stderr io.Writer

	// program is the executable that Main runs in, empty in a test that calls Run;
	// called is its name, where that names the command.
	program, called string
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
	s := c.shell()
	stdout := &shell.Watched{Writer: s.Stdout}
	s.Stdout = stdout
	err := validate(s.Families)
	if err == nil {
		root := rootCommand(s, c.CacheKey)
		// To cobra, nil means the arguments of the process.
		root.SetArgs(append([]string{}, args...))
		root.SetOut(s.Stdout)
		root.SetErr(s.Stderr)
		err = root.ExecuteContext(ctx)
	}
	if err == nil {
		err = stdout.Failed()
	}
	if err == nil {
		return ExitOK
	}
	for line := range strings.Lines(err.Error()) {
		if line = strings.TrimRight(line, "\n"); line != "" {
			fmt.Fprintf(s.Stderr, "%s: %s\n", s.Name, line)
		}
	}
	switch {
	case shell.IsUsage(err):
		return ExitUsage
	case shell.IsIncompatible(err):
		return ExitIncompatible
	default:
		return ExitFailed
	}
}

// shell is what the commands share.
func (c *Command) shell() *shell.Shell {
	s := &shell.Shell{
		Name:       cmp.Or(c.Name, c.called, shell.DefaultName),
		Named:      c.Name != "",
		Program:    c.program,
		Stdout:     c.Stdout,
		Stderr:     c.Stderr,
		Families:   c.Families,
		Recordings: c.Recordings,
		Histories:  c.Histories,
		Replay:     replay.Config{Worker: c.Replayer, Allow: c.Allow, DefaultNamespace: c.DefaultNamespace},
	}
	if s.Histories == "" && s.Recordings == nil {
		s.Histories = DefaultHistories
	}
	if s.Stdout == nil {
		s.Stdout = os.Stdout
	}
	if s.Stderr == nil {
		s.Stderr = os.Stderr
	}
	return s
}
