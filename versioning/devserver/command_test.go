package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// runMain in the environment makes the test binary the command.
const runMain = "DEVSERVER_TEST_RUN_MAIN"

// patience is for machines that are busy compiling: nothing here takes more than two seconds by itself.
const patience = 3 * time.Minute

func TestMain(m *testing.M) {
	if os.Getenv(runMain) != "" {
		main()
	}
	code := m.Run()
	if builtFolder != "" {
		os.RemoveAll(builtFolder)
	}
	os.Exit(code)
}

func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Env = append(os.Environ(), runMain+"=1")
	return cmd
}

// serving is a command that has printed its ready line.
type serving struct {
	*exec.Cmd
	stdin  io.Closer
	stdout *bufio.Reader
	stderr *bytes.Buffer
	ready  string
}

func startCommand(t *testing.T, args ...string) *serving {
	t.Helper()
	s := &serving{Cmd: command(t, args...), stderr: new(bytes.Buffer)}
	s.Stderr = s.stderr
	stdin, err := s.StdinPipe()
	require.NoError(t, err)
	stdout, err := s.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, s.Start())
	s.stdin, s.stdout = stdin, bufio.NewReader(stdout)
	s.ready, err = s.stdout.ReadString('\n')
	require.NoError(t, err, "no ready line; stderr: %s", s.stderr)
	return s
}
