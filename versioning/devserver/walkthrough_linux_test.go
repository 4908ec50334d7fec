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
			cmd, stdout, stderr, worker := interrupted(t, r, tt.at, tt.stage)
			require.NoError(t, syscall.Kill(tt.victim(cmd.Process.Pid, worker), tt.signal))
			require.NoError(t, syscall.Kill(cmd.Process.Pid, syscall.SIGCONT))

			_, err := io.ReadAll(stdout)
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

// interrupted is a walk-through that has come to the line, has started an execution there, and is stopped while the
// worker of the stage runs. One that was quicker than the test is killed, and another one is begun.
func interrupted(t *testing.T, r replaymatrix, at, stage string) (cmd *exec.Cmd, stdout io.Reader, stderr *bytes.Buffer, worker int) {
	t.Helper()
	for range 10 {
		cmd, stderr = r.command(t, "walkthrough"), new(bytes.Buffer)
		cmd.Stderr = stderr
		pipe, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		lines := bufio.NewReader(pipe)
		readTo(t, lines, at)
		readTo(t, lines, "Started workflow with ID")
		require.NoError(t, syscall.Kill(cmd.Process.Pid, syscall.SIGSTOP))
		if worker, ok := childWith(t, cmd.Process.Pid, "--workflow", stage); ok && !wentOn(t, pipe.(*os.File), lines) {
			return cmd, lines, stderr, worker
		}
		require.NoError(t, syscall.Kill(cmd.Process.Pid, syscall.SIGKILL))
		_, err = io.Copy(io.Discard, lines)
		require.NoError(t, err)
		require.Error(t, cmd.Wait())
	}
	require.FailNow(t, "no walk-through was stopped in time")
	return nil, nil, nil, 0
}

// wentOn reports whether the stopped walk-through had ended the worker by then: a later part of it has one of the same stage.
func wentOn(t *testing.T, pipe *os.File, lines *bufio.Reader) bool {
	t.Helper()
	require.NoError(t, pipe.SetReadDeadline(time.Now().Add(200*time.Millisecond)))
	rest, err := io.ReadAll(lines)
	require.ErrorIs(t, err, os.ErrDeadlineExceeded, "it is stopped, and not ended")
	require.NoError(t, pipe.SetReadDeadline(time.Time{}))
	return bytes.Contains(rest, []byte("^C\n"))
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

// childWith returns the child of the process that has these arguments, one after another, and whether there is one.
func childWith(t *testing.T, pid int, args ...string) (child int, ok bool) {
	t.Helper()
	lists, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	require.NoError(t, err)
	for _, list := range lists {
		children, err := os.ReadFile(list)
		require.NoError(t, err)
		for _, id := range strings.Fields(string(children)) {
			command, err := os.ReadFile("/proc/" + id + "/cmdline")
			if err == nil && strings.Contains(string(command), "\x00"+strings.Join(args, "\x00")+"\x00") {
				number, err := strconv.Atoi(id)
				require.NoError(t, err)
				return number, true
			}
		}
	}
	return 0, false
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
