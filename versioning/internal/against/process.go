package against

import (
	"context"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// stopTimeout is how long a process may take to end once it was interrupted.
const stopTimeout = 10 * time.Second

// command is a process that is interrupted, not killed, when ctx is cancelled, with
// all that it has started: the go command then removes what it has built.
func command(ctx context.Context, dir string, env []string, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = dir, append(slices.Clone(env), "PWD="+dir)
	cmd.WaitDelay = stopTimeout
	interruptible(cmd)
	return cmd
}

// tail returns the last lines of what a process said, indented.
func tail(output string) string {
	const most = 30
	lines := strings.Split(strings.TrimSpace(output), "\n")
	if more := len(lines) - most; more > 0 {
		lines = append([]string{"…"}, lines[more:]...)
	}
	return "  " + strings.Join(lines, "\n  ")
}
