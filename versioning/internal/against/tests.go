package against

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
)

// compile makes the binary of a package's tests, which is run twice.
func (r *run) compile(ctx context.Context, s *side, p *testPackage) error {
	args := []string{"test", "-c", "-buildvcs=false", "-o", p.binary}
	if flags, _, err := output(ctx, s, "go", "env", "GOFLAGS"); err == nil &&
		!strings.Contains(string(flags), "-ldflags") {
		// Half of the time of a link is for debuggers.
		args = append(args, "-ldflags=-w")
	}
	stdout, said, err := output(ctx, s, "go", append(args, p.path)...)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return fmt.Errorf("the tests of %s do not compile in %s:\n%s", p.path, s.title, tail(string(stdout)+said))
	}
	return nil
}

// execute runs the tests in the folder of their package, as go test does, with a
// request. It returns what they say.
func (r *run) execute(ctx context.Context, s *side, p *testPackage, request exchange.Request) (said string, err error) {
	if err := os.MkdirAll(p.exchange, 0o755); err != nil {
		return "", err
	}
	request.Level, request.Rehearse, request.AllStages, request.Memory = r.Level, r.Rehearse, r.AllStages, r.Memory
	if err := exchange.WriteRequest(p.exchange, request); err != nil {
		return "", err
	}
	timeout := cmp.Or(r.Timeout, DefaultTimeout)
	cmd := command(ctx, p.dir, append(s.env[:len(s.env):len(s.env)], exchange.Env+"="+p.exchange), p.binary,
		"-test.run="+p.run, "-test.count=1", "-test.v", "-test.timeout="+timeout.String(), "-test.paniconexit0")
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return "", context.Cause(ctx)
	case errors.As(err, &exit) && bytes.Contains(out, []byte(timeoutText)):
		return "", fmt.Errorf("in %s, the tests of %s do not end within %v (-run '%s'): look where they wait, or "+
			"give them longer with --timeout; they said:\n%s",
			s.title, p.path, timeout, p.run, head(out))
	case errors.As(err, &exit):
		return "", fmt.Errorf("in %s, the tests of %s fail (-run '%s'), so nothing is known; --run names others; "+
			"they said:\n%s", s.title, p.path, p.run, tail(string(out)))
	case err != nil:
		return "", fmt.Errorf("in %s, running the tests of %s: %w", s.title, p.path, err)
	}
	return string(out), nil
}

// timeoutText is what package testing says before it prints all goroutines.
const timeoutText = "panic: test timed out after "

// head returns what was running at the timeout, and not the goroutines.
func head(output []byte) string {
	_, said, _ := bytes.Cut(output, []byte(timeoutText))
	said, _, _ = bytes.Cut(said, []byte("\n\n"))
	return tail(timeoutText + string(said))
}
