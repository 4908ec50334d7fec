package rerecord

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
)

// service returns the options of a client, a context that ends when the service
// does, and how to stop the service.
func service(ctx context.Context) (context.Context, client.Options, func(), error) {
	if os.Getenv("TEMPORAL_ADDRESS") != "" {
		options, err := envconfig.LoadDefaultClientOptions()
		return ctx, options, func() {}, err
	}
	return startDevserver(ctx)
}

var readyLine = regexp.MustCompile(`^Temporal Service ready at (\S+), namespace "([^"]+)"`)

// startDevserver builds and starts versioning/devserver as a process of its own.
func startDevserver(ctx context.Context) (context.Context, client.Options, func(), error) {
	fail := func(err error) (context.Context, client.Options, func(), error) {
		return nil, client.Options{}, nil, fmt.Errorf("starting versioning/devserver: %w", err)
	}
	folder, err := os.MkdirTemp("", "devserver")
	if err != nil {
		return fail(err)
	}
	binary := filepath.Join(folder, "devserver")
	fmt.Fprintln(os.Stderr, "building versioning/devserver (the first time takes minutes)")
	build := exec.CommandContext(ctx, "go", "build", "-C", "versioning/devserver", "-o", binary, ".")
	if out, err := build.CombinedOutput(); err != nil {
		return fail(fmt.Errorf("%w\n%s", err, out))
	}
	cmd := exec.CommandContext(ctx, binary, "--ephemeral-port", "--until-stdin-closes")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return fail(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return fail(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return fail(err)
	}
	line, readErr := bufio.NewReader(stdout).ReadString('\n')

	alive, ended := context.WithCancelCause(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		err := cmd.Wait()
		ended(fmt.Errorf("the Temporal Service, versioning/devserver with process ID %d, has ended: %w; "+
			"what is recorded is kept, run again",
			cmd.Process.Pid, cmp.Or(err, errors.New("exit status 0"))))
	}()
	stop := func() {
		stdin.Close()
		<-done
		os.RemoveAll(folder)
	}
	ready := readyLine.FindStringSubmatch(line)
	if ready == nil {
		stop()
		return fail(fmt.Errorf("it said %q: %w", line, readErr))
	}
	return alive, client.Options{HostPort: ready[1], Namespace: ready[2]}, stop, nil
}
