//go:build unix

package cli_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
)

// waitsForEver is set in the process that TestGrace signals.
const waitsForEver = "REPLAYMATRIX_TEST_WAITS_FOR_EVER"

// TestGrace holds that one signal ends the command although code of a family waits for ever.
func TestGrace(t *testing.T) {
	t.Parallel()
	if os.Getenv(waitsForEver) != "" {
		register := func(worker.WorkflowRegistry) {
			os.Stdout.WriteString("waits\n")
			time.Sleep(time.Hour)
		}
		os.Args = []string{"ordermatrix", "matrix", "order"}
		command := &cli.Command{Recordings: fstest.MapFS{"order/today.paid.json": {Data: []byte("{}")}},
			Families: []*versioning.Family{{Name: "order", Doc: "An order.", WorkflowTypes: []string{"Order"},
				Stages: []versioning.Stage{{Name: "today", Doc: "Today.", Register: register}}}}}
		os.Exit(command.Main())
	}
	for _, tt := range []struct {
		signal os.Signal
		why    string
	}{
		{os.Interrupt, "a person"},
		{syscall.SIGTERM, "a pipeline that is cancelled"},
	} {
		t.Run(tt.signal.String(), func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			command := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestGrace$")
			command.Env = append(os.Environ(), waitsForEver+"=1")
			var stderr bytes.Buffer
			command.Stderr = &stderr
			stdout, err := command.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, command.Start())
			said := make([]byte, len("waits\n"))
			_, err = stdout.Read(said)
			require.NoError(t, err)
			require.Equal(t, "waits", strings.TrimSpace(string(said)))
			began := time.Now()
			require.NoError(t, command.Process.Signal(tt.signal))
			var exit *exec.ExitError
			require.True(t, errors.As(command.Wait(), &exit))
			require.Equal(t, cli.ExitFailed, exit.ExitCode(), stderr.String())
			require.Contains(t, stderr.String(), "interrupted")
			require.Less(t, time.Since(began), 20*time.Second, "three seconds, and what a loaded machine adds")
		})
	}
}
