package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
)

// A launched is a Temporal Service that runs as a child process.
type launched struct {
	*process
	address, namespace string
	// ready is the line that says so.
	ready string
}

// launch starts a service at the address, where port 0 lets the system choose,
// and returns when it answers. Inside a clone of this repository it is
// versioning/devserver, elsewhere the one of the Temporal CLI.
func launch(ctx context.Context, address, namespace string, stderr io.Writer) (*launched, error) {
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
	return nil, errors.New("there is no Temporal Service to start: install the Temporal CLI, so that the command temporal is on PATH " +
		"(https://docs.temporal.io/cli), or run this in a clone of the repository of replaymatrix, with Go")
}

// free reports an address that nothing can be served at. Both services say it in
// other words, and after a while.
func free(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return &usageError{fmt.Errorf("--address %q is not HOST:PORT", address)}
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return &usageError{fmt.Errorf("--address %q is not a loopback address: the service has no authentication", address)}
	}
	listener, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("address %s is already in use: choose another with --address, "+
			"or use the service that runs there", address)
	}
	if err != nil {
		return fmt.Errorf("address %s cannot be served on: %w", address, err)
	}
	return listener.Close()
}

var readyLine = regexp.MustCompile(`^Temporal Service ready at (\S+), namespace "([^"]+)"`)

// launchDevserver uses go run, which keeps what it has built in the cache of the
// Go command: there is no file to remove after a SIGKILL, and the second start
// takes a second. Closing standard input ends what go run runs.
func launchDevserver(ctx context.Context, folder, address, namespace string, stderr io.Writer) (*launched, error) {
	fmt.Fprintln(stderr, "building and starting versioning/devserver (the first time takes minutes)")
	cmd := exec.Command("go", "run", "-C", folder, ".", "--address", address, "--namespace", namespace, "--until-stdin-closes")
	cmd.Env = append(os.Environ(), "GOWORK=off")
	cmd.Stderr = stderr
	p, err := startProcess("versioning/devserver", cmd)
	if err != nil {
		return nil, err
	}
	line, err := p.line(ctx)
	if err != nil {
		p.stop()
		return nil, err
	}
	ready := readyLine.FindStringSubmatch(line)
	if ready == nil {
		p.stop()
		return nil, fmt.Errorf("versioning/devserver is not ready, it said: %s", line)
	}
	return &launched{process: p, address: ready[1], namespace: ready[2], ready: line}, nil
}

// launchTemporal asks the service until it answers, because what the Temporal CLI
// prints is for people.
func launchTemporal(ctx context.Context, temporal, address, namespace string, stderr io.Writer) (*launched, error) {
	host, port, _ := net.SplitHostPort(address)
	if host == "localhost" {
		host = "127.0.0.1"
	}
	if port == "0" {
		var err error
		if port, err = freePort(host); err != nil {
			return nil, err
		}
	}
	address = net.JoinHostPort(host, port)
	cmd := exec.Command(temporal, "server", "start-dev", "--headless", "--ip", host, "--port", port, "--namespace", namespace, "--log-level", "error")
	cmd.Stderr = stderr
	p, err := startProcess("temporal server start-dev", cmd)
	if err != nil {
		return nil, err
	}
	version, err := awaitService(ctx, p, address, namespace)
	if err != nil {
		p.stop()
		return nil, err
	}
	ready := fmt.Sprintf("Temporal Service ready at %s, namespace %q, version %s", address, namespace, version)
	return &launched{process: p, address: address, namespace: namespace, ready: ready}, nil
}

func freePort(host string) (string, error) {
	listener, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		return "", err
	}
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	return port, err
}

// awaitService returns the version of the service when its namespace exists.
func awaitService(ctx context.Context, p *process, address, namespace string) (string, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, time.Minute, fmt.Errorf("%s does not answer at %s within a minute", p.name, address))
	defer cancel()
	c, err := client.NewLazyClient(client.Options{HostPort: address, Namespace: namespace, Logger: silent})
	if err != nil {
		return "", err
	}
	defer c.Close()
	for {
		probe, cancel := context.WithTimeout(ctx, time.Second)
		_, err := c.WorkflowService().DescribeNamespace(probe, &workflowservice.DescribeNamespaceRequest{Namespace: namespace})
		cancel()
		if err == nil {
			info, err := c.WorkflowService().GetSystemInfo(ctx, &workflowservice.GetSystemInfoRequest{})
			return info.GetServerVersion(), err
		}
		select {
		case <-p.done:
			return "", p.ended()
		case <-ctx.Done():
			return "", context.Cause(ctx)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// devserverFolder finds versioning/devserver in the clone of this repository that
// the process is in.
func devserverFolder() (string, bool) {
	folder, err := os.Getwd()
	if err != nil {
		return "", false
	}
	for {
		mod, err := os.ReadFile(filepath.Join(folder, "go.mod"))
		if err == nil && bytes.Contains(append([]byte("\n"), mod...), []byte("\nmodule "+ourModule+"\n")) {
			devserver := filepath.Join(folder, "versioning", "devserver")
			_, err := os.Stat(filepath.Join(devserver, "go.mod"))
			return devserver, err == nil
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", false
		}
		folder = parent
	}
}

const ourModule = "github.com/replaymatrix/replaymatrix"

// invocation is what a person types to run this program again.
func invocation() string {
	program := os.Args[0]
	if !strings.Contains(program, "go-build") {
		return program
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		return "go run " + info.Path
	}
	return program
}
