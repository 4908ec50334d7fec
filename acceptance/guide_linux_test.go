package acceptance

import (
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestYourOwn follows docs/your-own.md from its first command to its last. It needs
// the default port of a Temporal Service.
func TestYourOwn(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the command, and links a Temporal Service")
	}
	follow(t, "docs/your-own.md")
}

// start runs the commands in another terminal, and ends them with the page.
func (p *guide) start(where, commands string) {
	p.t.Helper()
	out, err := os.CreateTemp(p.t.TempDir(), "terminal")
	require.NoError(p.t, err)
	cmd := p.command(p.t.Context(), commands)
	cmd.Cancel = nil
	cmd.Stdout, cmd.Stderr = out, out
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	require.NoError(p.t, cmd.Start(), where)
	p.t.Cleanup(func() { interrupt(cmd) })
	p.terminal = out.Name()
}

// interrupt presses Ctrl-C, which a terminal sends to all that run in it.
func interrupt(cmd *exec.Cmd) {
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGINT)
	done := make(chan struct{})
	go func() { _ = cmd.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		<-done
	}
}
