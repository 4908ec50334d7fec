package play

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/connect"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/launch"
)

// open connects to the service that is named, or starts one.
func (s *session) open(ctx context.Context, flags connect.Flags) error {
	options := client.Options{Namespace: client.DefaultNamespace}
	var err error
	if s.named {
		if options, err = flags.Options(); err != nil {
			return err
		}
		s.env = append(os.Environ(), "TEMPORAL_ADDRESS="+options.HostPort, "TEMPORAL_NAMESPACE="+options.Namespace)
		if flags.Profile != "" {
			s.env = append(s.env, "TEMPORAL_PROFILE="+flags.Profile)
		}
		s.comment("On the Temporal Service at %s, namespace %q.", options.HostPort, options.Namespace)
	} else {
		if options.HostPort, err = s.serve(ctx); err != nil {
			return err
		}
		s.env = only(os.Environ(), options.HostPort)
		s.printf("$ export TEMPORAL_ADDRESS=%s\n", options.HostPort)
	}
	service, err := connect.Dial(ctx, s.Shell, options)
	if err != nil {
		return err
	}
	s.service = &connection{Service: service}
	if s.server != nil {
		return nil
	}
	return s.alone(ctx)
}

// only returns the environment with what chooses a service replaced by the
// address: the profile of a person may name a certificate or an API key.
func only(env []string, address string) (local []string) {
	for _, v := range env {
		if !strings.HasPrefix(v, "TEMPORAL_") {
			local = append(local, v)
		}
	}
	return append(local, "TEMPORAL_ADDRESS="+address, "TEMPORAL_CONFIG_FILE="+os.DevNull)
}

// serve starts a service and returns its address.
func (s *session) serve(ctx context.Context) (string, error) {
	s.printf("$ %s server --address 127.0.0.1:0\n", s.Name)
	cmd := exec.Command(s.Program, "server", "--address", "127.0.0.1:0", "--until-stdin-closes")
	cmd.Stderr = s.Stderr
	p, err := launch.Start("the service", cmd)
	if err != nil {
		return "", err
	}
	s.server = p
	line, err := p.Line(ctx)
	if err != nil {
		if ctx.Err() == nil {
			err = errors.New("the service did not start, for the reason above")
		}
		return "", err
	}
	s.printf("%s\n", line)
	address, ok := launch.ReadyAt(line)
	if !ok {
		return "", fmt.Errorf("the service is not ready, it said: %s", line)
	}
	s.watch(ctx, p)
	return address, nil
}

// close ends what runs. On a service that goes on, no execution is left open.
func (s *session) close(ctx context.Context) {
	if s.worker != nil {
		s.worker.Stop()
	}
	if s.service != nil && s.server == nil {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		for id, runID := range s.started {
			// Most have closed, which is an error here.
			_ = s.service.TerminateWorkflow(ctx, id, runID, "the walk-through has ended")
		}
	}
	if s.service != nil {
		s.service.Close()
	}
	if s.server != nil {
		s.server.Stop()
	}
}
