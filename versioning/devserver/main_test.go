package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/server/common/headers"
)

func TestCommandServesUntilToldToStop(t *testing.T) {
	t.Parallel()
	ready := regexp.MustCompile(`^Temporal Service ready at 127\.0\.0\.1:[1-9][0-9]*, namespace "orders", version ` +
		regexp.QuoteMeta(headers.ServerVersion) + `\n$`)
	for _, tt := range []struct {
		name string
		flag string
		stop func(*serving) error
		why  string
	}{
		{"interrupt", "--ephemeral-port", func(s *serving) error { return s.Process.Signal(os.Interrupt) },
			"Ctrl-C is how a person stops it"},
		{"terminate", "--ephemeral-port", func(s *serving) error { return s.Process.Signal(syscall.SIGTERM) },
			"process managers send SIGTERM"},
		{"stdin closes", "--until-stdin-closes", func(s *serving) error { return s.stdin.Close() },
			"the pipe closes when the parent dies, however it dies"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := startCommand(t, "--address=127.0.0.1:0", "--namespace=orders", tt.flag)
			require.Regexp(t, ready, s.ready)
			require.NoError(t, tt.stop(s))
			rest, err := io.ReadAll(s.stdout)
			require.NoError(t, err)
			require.NoError(t, s.Wait(), "%s; stderr: %s", tt.why, s.stderr)
			require.Empty(t, string(rest), "stdout holds the ready line and nothing else")
			require.Empty(t, s.stderr.String(), "the service is silent by default")
		})
	}
}

func TestCommandGoesOnWithoutStdin(t *testing.T) {
	t.Parallel()
	s := startCommand(t, "--ephemeral-port")
	require.NoError(t, s.stdin.Close())
	address := strings.TrimSuffix(strings.Fields(s.ready)[4], ",")
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	require.NoError(t, waitUntilReady(ctx, address, DefaultNamespace), "a shell may give it no standard input")
	require.NoError(t, s.Process.Signal(os.Interrupt))
	require.NoError(t, s.Wait())
}

func TestStdinClosedFromTheStart(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	require.Equal(t, exitDone, run([]string{"--ephemeral-port", "--until-stdin-closes"}, new(bytes.Buffer), &stdout, &stderr))
	require.Empty(t, stdout.String())
	require.Equal(t, "devserver: told to stop before the service was ready\n", stderr.String())
}

func TestCommandLogsToStderr(t *testing.T) {
	t.Parallel()
	s := startCommand(t, "--ephemeral-port", "--log-level=info")
	require.NoError(t, s.Process.Signal(os.Interrupt))
	rest, err := io.ReadAll(s.stdout)
	require.NoError(t, err)
	require.NoError(t, s.Wait())
	require.Empty(t, string(rest))
	require.Contains(t, s.stderr.String(), "frontend starting")
}

func TestCommandFails(t *testing.T) {
	t.Parallel()
	occupied := start(t, Options{Address: "127.0.0.1:0"}).Address()
	for _, tt := range []struct {
		name string
		args []string
		code int
		want string // all of standard error, but for the line that points to -h
		why  string
	}{
		{"port in use", []string{"--address", occupied}, exitError, "devserver: address " + occupied +
			" is already in use: choose another with --address, or let the system choose with --ephemeral-port\n",
			"the most common failure: the line names the address and both ways out"},
		{"open to others", []string{"--address=0.0.0.0:7233"}, exitUsage, `devserver: address "0.0.0.0:7233" is not a ` +
			"loopback address: the service has no authentication, so it serves on 127.0.0.1, localhost or [::1] only\n",
			"the service must never be reachable from another machine"},
		{"argument", []string{"start"}, exitUsage, "devserver: unexpected argument \"start\"\n",
			"an argument is a mistyped flag or a subcommand that does not exist"},
		{"unknown flag", []string{"--port=1"}, exitUsage, "devserver: flag provided but not defined: -port\n",
			"a flag that is ignored would surprise"},
		{"no namespace", []string{"--namespace="}, exitUsage, "devserver: the namespace is empty\n",
			"an unset shell variable"},
		{"log level", []string{"--log-level=loud"}, exitUsage,
			"devserver: unknown log level \"loud\": want debug, info, warn or error\n",
			"the server would take it for info"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.code == exitUsage {
				tt.want += "Run devserver -h for usage.\n"
			}
			var stdout, stderr bytes.Buffer
			cmd := command(t, tt.args...)
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			var exit *exec.ExitError
			require.ErrorAs(t, cmd.Run(), &exit, tt.why)
			require.Equal(t, tt.code, exit.ExitCode(), tt.why)
			require.Equal(t, tt.want, stderr.String(), tt.why)
			require.Empty(t, stdout.String(), "stdout is for the ready line")
		})
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	for _, arg := range []string{"-h", "-help", "--help"} {
		var stdout, stderr bytes.Buffer
		require.Equal(t, exitDone, run([]string{arg}, nil, &stdout, &stderr))
		require.Empty(t, stderr.String())
		for _, text := range []string{stdout.String(), string(doc)} {
			require.Contains(t, text, readyLine(DefaultAddress, DefaultNamespace))
			for _, flag := range []string{"--address", "--namespace", "--ephemeral-port", "--until-stdin-closes", "--log-level"} {
				require.Contains(t, text, flag+" ")
			}
		}
	}
}
