package launch

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"
)

// stopTimeout is how long a process may take to end once it was told to.
const stopTimeout = 10 * time.Second

// A Process is a child process. The standard input of the child is a pipe. The pipe closes when
// this process ends, however this process ends.
type Process struct {
	// name is how messages call it: "the worker of patched".
	name  string
	cmd   *exec.Cmd
	stdin io.Closer
	// stdout and stderr have the lines that it writes, until it closes them.
	// stderr is empty if cmd.Stderr was set.
	stdout, stderr chan string
	// told is whether stop was called.
	told atomic.Bool
	// done is closed when it has ended, with err.
	done chan struct{}
	err  error
}

// PID is the number of the process.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Complaints are the lines of standard error. The channel closes when the process closes standard
// error. There are no lines if cmd.Stderr was set.
func (p *Process) Complaints() <-chan string { return p.stderr }

// Stopped reports whether somebody has told the process to stop.
func (p *Process) Stopped() bool { return p.told.Load() }

// Over is closed when the process has ended.
func (p *Process) Over() <-chan struct{} { return p.done }

// Fault is the error that the process ended with. Call Fault only after the process has ended.
func (p *Process) Fault() error { return p.err }

// Start starts the command. Messages call the process by the name.
func Start(name string, cmd *exec.Cmd) (*Process, error) {
	p := &Process{name: name, cmd: cmd, stdout: make(chan string, 100), stderr: make(chan string, 100),
		done: make(chan struct{})}
	var err error
	if p.stdin, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	stderr := io.NopCloser(strings.NewReader(""))
	if cmd.Stderr == nil {
		if stderr, err = cmd.StderrPipe(); err != nil {
			return nil, err
		}
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", name, err)
	}
	read := make(chan struct{})
	go func() {
		defer close(read)
		scan(stderr, p.stderr)
	}()
	go func() {
		scan(stdout, p.stdout)
		<-read
		p.err = cmd.Wait()
		close(p.done)
	}()
	return p, nil
}

func scan(r io.Reader, lines chan<- string) {
	defer close(lines)
	for s := bufio.NewScanner(r); s.Scan(); {
		select {
		case lines <- s.Text():
		default: // nobody reads on, and the process must not wait for that
		}
	}
}

// Line returns the next line of standard output.
func (p *Process) Line(ctx context.Context) (string, error) {
	select {
	case line, ok := <-p.stdout:
		if !ok {
			<-p.done
			return "", p.Ended()
		}
		return line, nil
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// Ended is the error of a process that ended although nobody told the process to stop.
func (p *Process) Ended() error {
	if p.err == nil {
		return fmt.Errorf("%s ended by itself", p.name)
	}
	return fmt.Errorf("%s ended: %w", p.name, p.err)
}

// Stop interrupts the process, as Ctrl-C does, and closes its standard input. Then Stop waits until
// the process has ended, and returns the rest of its standard output. Standard input is closed for
// processes that cannot be interrupted. A process that reacts to neither is killed.
func (p *Process) Stop() (rest []string) {
	p.told.Store(true)
	_ = p.cmd.Process.Signal(os.Interrupt)
	_ = p.stdin.Close()
	kill := time.AfterFunc(stopTimeout, func() { _ = p.cmd.Process.Kill() })
	defer kill.Stop()
	<-p.done
	for line := range p.stdout {
		rest = append(rest, line)
	}
	return rest
}
