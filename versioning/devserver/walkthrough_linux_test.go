package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestWalkthroughSurvivesKills kills a process in the middle of a walk-through on a service that goes on. What is left
// is what a second walk-through begins with.
func TestWalkthroughSurvivesKills(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		// at is the line after which it happens, when the worker of the stage runs.
		at, stage string
		victim    func(walkthrough, worker int) int
		signal    syscall.Signal
		code      int
		stderr    string
		why       string
	}{
		{"worker", "$ replaymatrix worker --workflow patched", "patched", func(_, worker int) int { return worker }, syscall.SIGKILL,
			1, "replaymatrix: the worker of patched ended: signal: killed\n", "it says who has died, and stops"},
		{"walk-through", "# What people get wrong", "initial", func(walkthrough, _ int) int { return walkthrough }, syscall.SIGKILL,
			-1, "", "it cannot clean up: the worker ends with it, an execution stays open"},
		{"Ctrl-C", "$ replaymatrix worker --workflow patched", "patched", func(walkthrough, _ int) int { return walkthrough }, syscall.SIGINT,
			1, "replaymatrix: interrupted\n", "it ends the worker first"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := buildReplaymatrix(t, start(t, Options{Address: "127.0.0.1:0"}).Address())
			cmd := r.command(t, "walkthrough")
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			pipe, err := cmd.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())
			stdout := bufio.NewReader(pipe)
			readTo(t, stdout, tt.at)
			readTo(t, stdout, "Started workflow with ID")
			worker := childWith(t, cmd.Process.Pid, "--workflow", tt.stage)
			require.NoError(t, syscall.Kill(tt.victim(cmd.Process.Pid, worker), tt.signal))

			_, err = io.ReadAll(stdout)
			require.NoError(t, err)
			var exit *exec.ExitError
			require.ErrorAs(t, cmd.Wait(), &exit)
			require.Equal(t, tt.code, exit.ExitCode(), tt.why)
			require.Equal(t, tt.stderr, stderr.String(), tt.why)
			require.EventuallyWithT(t, func(c *assert.CollectT) { assert.False(c, runs(worker)) }, patience, 10*time.Millisecond,
				"no worker is left behind")

			again, errs, code := r.run(t, "walkthrough")
			require.Equal(t, 0, code, "a second walk-through works: %s\n%s", errs, again)
			if tt.code < 0 {
				require.Contains(t, again, "# An earlier walk-through has left open-workflow-id-1 open: it is terminated.\n")
			}
		})
	}
}

func readTo(t *testing.T, r *bufio.Reader, prefix string) {
	t.Helper()
	for {
		line, err := r.ReadString('\n')
		require.NoError(t, err, "no line begins with %q", prefix)
		if strings.HasPrefix(line, prefix) {
			return
		}
	}
}

// childWith returns the child of the process that has these arguments, one after another.
func childWith(t *testing.T, pid int, args ...string) int {
	t.Helper()
	lists, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	require.NoError(t, err)
	for _, list := range lists {
		children, err := os.ReadFile(list)
		require.NoError(t, err)
		for _, child := range strings.Fields(string(children)) {
			command, err := os.ReadFile("/proc/" + child + "/cmdline")
			if err == nil && strings.Contains(string(command), "\x00"+strings.Join(args, "\x00")+"\x00") {
				number, err := strconv.Atoi(child)
				require.NoError(t, err)
				return number
			}
		}
	}
	t.Fatalf("process %d has no child with %s", pid, strings.Join(args, " "))
	return 0
}

// runs reports whether there is such a process; one that has ended and that nobody has waited for is none.
func runs(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, state, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(state, "Z")
}
