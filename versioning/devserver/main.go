package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"go.temporal.io/server/common/headers"
)

const (
	exitDone  = 0
	exitError = 1
	exitUsage = 2
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	set, err := parseFlags(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(stdout, usage, readyLine(DefaultAddress, DefaultNamespace))
		return exitDone
	}
	if err != nil {
		fmt.Fprintf(stderr, "devserver: %v\nRun devserver -h for usage.\n", err)
		return exitUsage
	}

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if set.untilStdinCloses {
		ctx = untilClosed(ctx, stdin)
	}
	err = serve(ctx, stop, set.options, stdout)
	if err == nil {
		return exitDone
	}
	fmt.Fprintf(stderr, "devserver: %v\n", err)
	if errors.Is(err, errStopped) {
		return exitDone
	}
	return exitError
}

// errStopped is told, since a ready line that never comes is a riddle: standard input may have been closed from the start.
var errStopped = errors.New("told to stop before the service was ready")

// serve returns when ctx has ended and the service has stopped. It calls release before it stops the service, so that a
// second interrupt ends the process at once.
func serve(ctx context.Context, release func(), o Options, stdout io.Writer) error {
	server, err := Start(ctx, o)
	switch inUse := (*AddressInUseError)(nil); {
	case ctx.Err() != nil && err != nil:
		return errStopped
	case errors.As(err, &inUse):
		return fmt.Errorf("%w: choose another with --address, or let the system choose with --ephemeral-port", err)
	case err != nil:
		return err
	}
	fmt.Fprintln(stdout, readyLine(server.Address(), server.Namespace()))

	<-ctx.Done()
	release()
	return server.Stop()
}

// readyLine is what programs that start devserver parse.
func readyLine(address, namespace string) string {
	return fmt.Sprintf("Temporal Service ready at %s, namespace %q, version %s", address, namespace, headers.ServerVersion)
}

// untilClosed gives a context that ends with ctx, or when nothing more can be read from r.
func untilClosed(ctx context.Context, r io.Reader) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		defer cancel()
		_, _ = io.Copy(io.Discard, r)
	}()
	return ctx
}
