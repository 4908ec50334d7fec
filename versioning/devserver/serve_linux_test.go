package main

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.temporal.io/server/common/headers"
)

// TestServerCommand runs "replaymatrix server", which builds this module and runs it.
func TestServerCommand(t *testing.T) {
	t.Parallel()
	r := buildReplaymatrix(t, "")
	for _, tt := range []struct {
		name   string
		signal syscall.Signal
		clean  bool
		why    string
	}{
		{"Ctrl-C", syscall.SIGINT, true, "as a person stops it"},
		{"killed", syscall.SIGKILL, false, "the service must not stay behind"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cmd := r.command(t, "server", "--address", "127.0.0.1:0", "--namespace", "orders")
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			pipe, err := cmd.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())
			stdout := bufio.NewReader(pipe)
			ready, err := stdout.ReadString('\n')
			require.NoError(t, err, "stderr: %s", &stderr)
			address := strings.TrimSuffix(strings.Fields(ready)[4], ",")
			next, err := stdout.ReadString('\n')
			require.NoError(t, err)
			require.Equal(t, "Next, in other terminals:\n", next)
			worker, err := stdout.ReadString('\n')
			require.NoError(t, err)
			require.Equal(t, "  "+r.path+" worker --workflow initial --address "+address+" --namespace orders\n", worker)

			_, errs, code := r.run(t, "server", "--address", address)
			require.Equal(t, 1, code)
			require.Equal(t, "replaymatrix: address "+address+" is already in use: choose another with --address, "+
				"or use the service that runs there\n", errs)

			require.NoError(t, cmd.Process.Signal(tt.signal))
			_, err = io.ReadAll(stdout)
			require.NoError(t, err)
			err = cmd.Wait()
			if tt.clean {
				require.NoError(t, err, tt.why)
			} else {
				require.Error(t, err)
			}
			require.Equal(t, "building and starting versioning/devserver (the first time takes minutes)\n", stderr.String())
			require.EventuallyWithT(t, func(c *assert.CollectT) {
				connection, err := net.Dial("tcp", address)
				if assert.Error(c, err, tt.why) {
					return
				}
				connection.Close()
			}, patience, 10*time.Millisecond)
		})
	}
}

// TestServerCommandElsewhere has a script in place of the Temporal CLI, which is not here: it takes the flags of
// "temporal server start-dev" and runs this module.
func TestServerCommandElsewhere(t *testing.T) {
	t.Parallel()
	bin := t.TempDir()
	script := "#!/bin/sh\n" +
		`[ "$1 $2 $3 $4 $5 $6 $8 $9" = "server start-dev --headless --ip 127.0.0.1 --port --namespace orders" ] || exit 9` + "\n" +
		"exec env " + runMain + "=1 " + os.Args[0] + ` --address "$5:$7" --namespace "$9"` + "\n"
	require.NoError(t, os.WriteFile(filepath.Join(bin, "temporal"), []byte(script), 0o700))
	r := buildReplaymatrix(t, "")
	cmd := r.command(t, "server", "--address", "127.0.0.1:0", "--namespace", "orders")
	cmd.Dir = bin
	cmd.Env = append(r.env, "PATH="+bin+":/usr/bin:/bin")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	pipe, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	stdout := bufio.NewReader(pipe)
	ready, err := stdout.ReadString('\n')
	require.NoError(t, err, "stderr: %s", &stderr)
	require.Regexp(t, `^Temporal Service ready at 127\.0\.0\.1:\d+, namespace "orders", version `+regexp.QuoteMeta(headers.ServerVersion)+"\n$", ready)
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	_, err = io.ReadAll(stdout)
	require.NoError(t, err)
	require.NoError(t, cmd.Wait())
}
