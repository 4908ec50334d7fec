package play

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/connect"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/launch"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

type serverFlags struct {
	address, namespace string
	untilStdinCloses   bool
}

func (c commands) serverCommand() *cobra.Command {
	var flags serverFlags
	cmd := &cobra.Command{
		Use:   "server",
		Short: "Start a Temporal Service on this machine, until interrupted",
		Long: `server starts a Temporal Service that keeps nothing, and serves until it is
interrupted (exit code 0).

Inside a clone of the repository of replaymatrix it builds and runs
versioning/devserver, which needs Go and takes minutes the first time. Elsewhere
it runs the development server of the Temporal CLI.`,
		Example: c.Examples("server", "server --address 127.0.0.1:0"),
		Args:    shell.ArgsUsage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.server(until(cmd.Context(), flags.untilStdinCloses), flags)
		},
	}
	cmd.Flags().StringVar(&flags.address, "address", "127.0.0.1:7233",
		"loopback address to serve on; port 0 lets the system choose")
	cmd.Flags().StringVar(&flags.namespace, "namespace", client.DefaultNamespace,
		"namespace that exists from the start")
	addUntilStdinCloses(cmd, &flags.untilStdinCloses)
	shell.CompleteFlag(cmd, "address", shell.Nothing)
	shell.CompleteFlag(cmd, "namespace", shell.Nothing)
	return cmd
}

func (c commands) server(ctx context.Context, flags serverFlags) error {
	service, err := launch.Serve(ctx, flags.address, flags.namespace, c.Stderr)
	if errors.Is(err, context.Canceled) {
		return nil // told to stop while it was being built
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(c.Stdout, service.Ready)
	if len(c.Families) > 0 {
		f := c.Families[0]
		at := c.connectTo(service)
		stage := f.Stages[0].Name
		fmt.Fprintf(c.Stdout, "Next, in other terminals:\n")
		fmt.Fprintf(c.Stdout, "  %s worker --workflow %s%s\n", c.invocation(), stage, at)
		fmt.Fprintf(c.Stdout, "  %s starter --start-workflow %s%s\n", c.invocation(), workflowID(stage), at)
		fmt.Fprintf(c.Stdout, "  %s starter --query-workflow %s%s\n", c.invocation(), workflowID(stage), at)
	}
	fmt.Fprintln(c.Stdout, "Ctrl-C stops the service, which keeps nothing.")
	select {
	case <-ctx.Done():
		service.Stop()
		return nil
	case <-service.Over():
		return service.Ended()
	}
}

// connectTo returns the flags that the other commands need to find the service.
func (c commands) connectTo(service *launch.Service) (flags string) {
	options, err := (&connect.Flags{}).Options()
	local := map[string]bool{service.Address: true}
	if service.Address == "127.0.0.1:7233" {
		local["localhost:7233"] = true
	}
	if err != nil || !local[options.HostPort] {
		flags += " --address " + service.Address
	}
	if err != nil || options.Namespace != service.Namespace {
		flags += " --namespace " + service.Namespace
	}
	return flags
}

// invocation is what a person types to run this program again.
func (c commands) invocation() string {
	if c.Named {
		return c.Name
	}
	program := os.Args[0]
	if !strings.Contains(program, "go-build") {
		return program
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		return "go run " + info.Path
	}
	return program
}
