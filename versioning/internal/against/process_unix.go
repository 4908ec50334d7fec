//go:build unix

package against

import (
	"os/exec"
	"syscall"
)

// interruptible makes the process a group of its own: the go command waits for the
// compiler and the linker, which must end too.
func interruptible(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }
}
