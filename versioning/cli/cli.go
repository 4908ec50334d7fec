// Package cli is the replaymatrix command as a value. A command for your own workflows is a main
// function of ten lines:
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
// The command reads recordings from testdata/histories, or from the folder that --histories names.
// Each family has a folder of its own in there. Use a Command to set more: recordings inside the
// program, a data converter, differences that are wanted. Tests call Run of a Command with their
// own arguments and writers.
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
	"time"

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
	ExitIncompatible = 3 // a cell has a verdict or a note that --fail-on names, or that against fails on by default
	ExitUntold       = 4 // against could not tell
)

// DefaultHistories is testdata/histories, relative to the working directory. A Command that has no
// recordings inside reads recordings from this folder.
const DefaultHistories = shell.DefaultHistories

// A Command is the command together with its Families, recordings and options. Families are
// required. A Command is used once.
type Command struct {
	// Name is the name of the program in usage, errors and hints. Empty means replaymatrix. Name is
	// one word: what a person types.
	Name string

	// Families are the workflows that the command knows.
	Families []*versioning.Family

	// Recordings, if not nil, holds one folder of recordings for each family. The name of the
	// folder is the name of the family. With an embed.FS, the program needs no files. If there is
	// only one family, its recordings need no such folder.
	Recordings fs.FS

	// Histories is the default of --histories: a folder on disk with one folder of recordings for
	// each family. The path is relative to the working directory. If Histories is empty, the
	// default is Recordings, or DefaultHistories if Recordings is nil.
	Histories string

	// Replayer is the part of the Worker options that matters to a replay, above all a data
	// converter.
	Replayer worker.WorkflowReplayerOptions

	// Allow names differences that are known and wanted, in any family. The matrix command reports
	// an error for a rule that nothing needs, if the command judges all families.
	Allow []compare.Allow

	// DefaultNamespace is the namespace of executions whose recordings do not name one. Files that
	// earlier versions have pulled do not name one. Empty means that the namespace is not known.
	DefaultNamespace string

	// CacheKey lets the matrix command keep verdicts although parts of Replayer are code, such as a
	// data converter. CacheKey names everything that this code depends on and that is neither in
	// the program nor in its environment, such as the version of a key that is fetched. If the code
	// depends on nothing of that kind, any text will do. docs/cache.md has the details.
	CacheKey string

	// Stdout and Stderr default to the standard output and standard error of the process.
	Stdout, Stderr io.Writer

	// program is the executable that Main runs in, empty in a test that calls Run;
	// called is its name, where that names the command.
	program, called string
}

// grace is the time in which the command ends by itself after a signal.
const grace = 3 * time.Second

// Main runs the command with the arguments of the process until it is done or
// interrupted, and returns the exit code. If it has not ended three seconds after the first signal, as where code of a
// family waits for ever, Main ends the process with ExitFailed.
func (c *Command) Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	done := make(chan struct{})
	defer close(done)
	context.AfterFunc(ctx, func() {
		stop() // a second Ctrl-C ends the process at once
		select {
		case <-done:
		case <-time.After(grace):
			fmt.Fprintf(os.Stderr, "%s: interrupted, and ended while something went on that does not stop\n", c.shell().Name)
			os.Exit(ExitFailed)
		}
	})
	c.program, _ = os.Executable()
	return c.Run(ctx, os.Args[1:])
}

// Run runs the command with these arguments and returns the exit code. Errors are on Stderr. Each
// line begins with the name of the program.
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
	case shell.IsUntold(err):
		return ExitUntold
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
