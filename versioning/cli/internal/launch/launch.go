// Package launch starts processes that run beside a command and end with the command: processes of
// this program, and a Temporal Service.
package launch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os/exec"
	"syscall"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// Serve starts a Temporal Service at the address and returns when the service answers. With port 0
// the system chooses the port. Inside a clone of this repository the service is
// versioning/devserver. Elsewhere the service is the one of the Temporal CLI.
func Serve(ctx context.Context, address, namespace string, stderr io.Writer) (*Service, error) {
	if err := free(address); err != nil {
		return nil, err
	}
	if _, err := exec.LookPath("go"); err == nil {
		if folder, ok := devserverFolder(); ok {
			return launchDevserver(ctx, folder, address, namespace, stderr)
		}
	}
	if temporal, err := exec.LookPath("temporal"); err == nil {
		return launchTemporal(ctx, temporal, address, namespace, stderr)
	}
	return nil, errors.New("there is no Temporal Service to start: install the Temporal CLI, so that the command " +
		"temporal is on PATH (https://docs.temporal.io/cli), or run this in a clone of the repository of " +
		"replaymatrix, with Go")
}

// free reports an address that nothing can be served at. Both services say it in
// other words, and after a while.
func free(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return shell.Usage(fmt.Errorf("--address %q is not HOST:PORT, such as 127.0.0.1:7233", address))
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return shell.Usage(fmt.Errorf("--address %q is not a loopback address: the service has no authentication",
			address))
	}
	listener, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("address %s is already in use: choose another with --address, "+
			"or use the service that runs there", address)
	}
	if err != nil {
		return fmt.Errorf("address %s cannot be served on: %w; choose another with --address", address, err)
	}
	return listener.Close()
}
