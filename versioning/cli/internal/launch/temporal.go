package launch

import (
	"context"
	"fmt"
	"io"
	"net"
	"os/exec"
	"time"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/connect"
)

// launchTemporal asks the service until it answers, because what the Temporal CLI
// prints is for people. Unlike devserver it does not end with its standard input,
// so it outlives a SIGKILL of this process.
func launchTemporal(ctx context.Context, temporal, address, namespace string, stderr io.Writer) (*Service, error) {
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
	cmd := exec.Command(temporal, "server", "start-dev", "--headless", "--ip", host, "--port", port, "--namespace",
		namespace, "--log-level", "error")
	cmd.Stderr = stderr
	p, err := Start("temporal server start-dev", cmd)
	if err != nil {
		return nil, err
	}
	version, err := awaitService(ctx, p, address, namespace)
	if err != nil {
		p.Stop()
		return nil, err
	}
	ready := fmt.Sprintf("Temporal Service ready at %s, namespace %q, version %s", address, namespace, version)
	return &Service{Process: p, Address: address, Namespace: namespace, Ready: ready}, nil
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
func awaitService(ctx context.Context, p *Process, address, namespace string) (string, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, time.Minute,
		fmt.Errorf("%s does not answer at %s within a minute", p.name, address))
	defer cancel()
	c, err := client.NewLazyClient(client.Options{HostPort: address, Namespace: namespace, Logger: connect.Silent})
	if err != nil {
		return "", err
	}
	defer c.Close()
	for {
		probe, cancel := context.WithTimeout(ctx, time.Second)
		_, err := c.WorkflowService().DescribeNamespace(probe,
			&workflowservice.DescribeNamespaceRequest{Namespace: namespace})
		cancel()
		if err == nil {
			info, err := c.WorkflowService().GetSystemInfo(ctx, &workflowservice.GetSystemInfoRequest{})
			return info.GetServerVersion(), err
		}
		select {
		case <-p.done:
			return "", p.Ended()
		case <-ctx.Done():
			return "", context.Cause(ctx)
		case <-time.After(100 * time.Millisecond):
		}
	}
}
