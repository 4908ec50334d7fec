package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
	"unicode/utf8"

	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

// A session is what a person has in front of them during the walk-through: a
// service, a terminal in which one worker runs at a time, and one to type in.
// The commands are processes of this program.
type session struct {
	*Command
	family  *versioning.Family
	service *connection
	// named is whether the service is one that runs already.
	named bool
	// env tells the commands where the service is.
	env            []string
	server, worker *process
	// heard are the lines of the worker that were printed.
	heard map[string]bool
	// fail ends everything, with the reason.
	fail context.CancelCauseFunc
	// started has the run IDs of executions by their workflow IDs.
	started map[string]string
}

// open connects to the service that is named, or starts one.
func (s *session) open(ctx context.Context, flags connectFlags) error {
	options := client.Options{Namespace: client.DefaultNamespace}
	var err error
	if s.named {
		if options, err = flags.options(); err != nil {
			return err
		}
		s.env = append(os.Environ(), "TEMPORAL_ADDRESS="+options.HostPort, "TEMPORAL_NAMESPACE="+options.Namespace)
		if flags.profile != "" {
			s.env = append(s.env, "TEMPORAL_PROFILE="+flags.profile)
		}
		s.comment("On the Temporal Service at %s, namespace %q.", options.HostPort, options.Namespace)
	} else {
		if options.HostPort, err = s.serve(ctx); err != nil {
			return err
		}
		s.env = only(os.Environ(), options.HostPort)
		s.printf("$ export TEMPORAL_ADDRESS=%s\n", options.HostPort)
	}
	if s.service, err = s.dial(ctx, options); err != nil || s.server != nil {
		return err
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
	s.printf("$ %s server --address 127.0.0.1:0\n", s.name())
	cmd := exec.Command(s.program, "server", "--address", "127.0.0.1:0", "--until-stdin-closes")
	cmd.Stderr = s.Stderr
	p, err := startProcess("the service", cmd)
	if err != nil {
		return "", err
	}
	s.server = p
	line, err := p.line(ctx)
	if err != nil {
		if ctx.Err() == nil {
			err = errors.New("the service did not start, for the reason above")
		}
		return "", err
	}
	s.printf("%s\n", line)
	ready := readyLine.FindStringSubmatch(line)
	if ready == nil {
		return "", fmt.Errorf("the service is not ready, it said: %s", line)
	}
	s.watch(ctx, p)
	return ready[1], nil
}

// watch ends the walk-through if the process ends. A Ctrl-C reaches it too, so it
// looks for that before it blames the process.
func (s *session) watch(ctx context.Context, p *process) {
	go func() {
		<-p.done
		if p.told.Load() {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond):
			s.fail(p.ended())
		}
	}()
}

// close ends what runs. On a service that goes on, no execution is left open.
func (s *session) close(ctx context.Context) {
	if s.worker != nil {
		s.worker.stop()
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
		s.server.stop()
	}
}

func (s *session) printf(format string, args ...any) { fmt.Fprintf(s.Stdout, format, args...) }

// comment prints what neither a person nor a command says.
func (s *session) comment(format string, args ...any) {
	line := "#"
	for word := range strings.FieldsSeq(fmt.Sprintf(format, args...)) {
		if utf8.RuneCountInString(line+" "+word) > report.Width {
			s.printf("%s\n", line)
			line = "#"
		}
		line += " " + word
	}
	s.printf("%s\n", line)
}
