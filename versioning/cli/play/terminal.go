package play

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/launch"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// startWorker types the command and waits until the worker says that it runs.
func (s *session) startWorker(ctx context.Context, stage string, flags ...string) error {
	args := append(append([]string{"worker", "--workflow", stage}, s.familyFlag()...), flags...)
	s.printf("$ %s %s\n", s.Name, strings.Join(args, " "))
	cmd := exec.Command(s.Program, append(args, "--until-stdin-closes")...)
	cmd.Env = s.env
	p, err := launch.Start("the worker of "+stage, cmd)
	if err != nil {
		return err
	}
	s.worker, s.heard = p, map[string]bool{}
	line, err := p.Line(ctx)
	if err != nil {
		p.Stop()
		s.hearAll()
		return err
	}
	s.printf("%s\n", line)
	s.watch(ctx, p)
	return nil
}

// stopWorker presses Ctrl-C.
func (s *session) stopWorker(ctx context.Context) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	s.printf("^C\n")
	for _, line := range s.worker.Stop() {
		s.printf("%s\n", line)
	}
	s.hearAll()
	if s.worker.Fault() != nil {
		return s.worker.Ended()
	}
	return nil
}

// starter types the command and returns what it has printed.
func (s *session) starter(ctx context.Context, flags ...string) (said string, err error) {
	args := append([]string{"starter"}, flags...)
	s.printf("$ %s %s\n", s.Name, strings.Join(args, " "))
	cmd := exec.CommandContext(ctx, s.Program, append(args, "--until-stdin-closes")...)
	cmd.Env = s.env
	if _, err := cmd.StdinPipe(); err != nil { // it closes when this process ends, however it ends
		return "", err
	}
	waited := s.waiting("waiting for an answer")
	out, err := cmd.CombinedOutput()
	waited()
	s.printf("%s", out)
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Exited() {
		err = nil // the story judges what it has printed
	}
	return strings.TrimSpace(string(out)), err
}

func (s *session) familyFlag() []string {
	if s.family == s.Families[0] {
		return nil
	}
	return []string{"--family", s.family.Name}
}

// hearFirst waits for what the worker has to say on standard error.
func (s *session) hearFirst(ctx context.Context) {
	timer := time.NewTimer(2 * time.Second)
	defer timer.Stop()
	select {
	case line, ok := <-s.worker.Complaints():
		if ok {
			s.hear(line)
		}
	case <-timer.C:
	case <-ctx.Done():
	}
}

// hearAll is for a worker that has ended.
func (s *session) hearAll() {
	for line := range s.worker.Complaints() {
		s.hear(line)
	}
}

var attempt = regexp.MustCompile(`, attempt \d+`)

// hear prints the line, but for another attempt at the same.
func (s *session) hear(line string) {
	subject := attempt.ReplaceAllString(line, "")
	if !s.heard[subject] {
		s.heard[subject] = true
		s.printf("worker: %s\n", line)
	}
}

// waiting shows on a terminal what is being waited for, if it takes a second, and
// returns how to take that away.
func (s *session) waiting(what string) (done func()) {
	if !shell.IsTerminal(s.Stderr) {
		return func() {}
	}
	shown := make(chan bool, 1)
	timer := time.AfterFunc(time.Second, func() {
		fmt.Fprintf(s.Stderr, "%s …", what)
		shown <- true
	})
	return func() {
		if !timer.Stop() {
			<-shown
			fmt.Fprint(s.Stderr, "\r\x1b[K")
		}
	}
}

// watch ends the walk-through if the process ends. A Ctrl-C reaches it too, so it
// looks for that before it blames the process.
func (s *session) watch(ctx context.Context, p *launch.Process) {
	go func() {
		<-p.Over()
		if p.Stopped() {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond):
			s.fail(p.Ended())
		}
	}()
}
