package play

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

// A process is a child with a pipe for standard input that closes when this
// process ends, however it ends.
type process struct {
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

// pid is the number of the process.
func (p *process) pid() int { return p.cmd.Process.Pid }

// complaints are the lines of standard error, until the process closes it. There are
// none if cmd.Stderr was set.
func (p *process) complaints() <-chan string { return p.stderr }

// stopped reports whether somebody has told the process to stop.
func (p *process) stopped() bool { return p.told.Load() }

// over is closed when the process has ended.
func (p *process) over() <-chan struct{} { return p.done }

// fault is what the process ended with. It has to be over.
func (p *process) fault() error { return p.err }

// startProcess starts the command. The name is how messages call it.
func startProcess(name string, cmd *exec.Cmd) (*process, error) {
	p := &process{name: name, cmd: cmd, stdout: make(chan string, 100), stderr: make(chan string, 100), done: make(chan struct{})}
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

// line returns the next line of standard output.
func (p *process) line(ctx context.Context) (string, error) {
	select {
	case line, ok := <-p.stdout:
		if !ok {
			<-p.done
			return "", p.ended()
		}
		return line, nil
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// ended is the error of a process that ended without being told to.
func (p *process) ended() error {
	if p.err == nil {
		return fmt.Errorf("%s ended by itself", p.name)
	}
	return fmt.Errorf("%s ended: %w", p.name, p.err)
}

// stop interrupts the process, as Ctrl-C does, waits until it has ended and
// returns the rest of its standard output. Closing its standard input is for what
// cannot be interrupted; a process that does neither is killed.
func (p *process) stop() (rest []string) {
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
