package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// replaymatrix is the command of the root module, built as a user builds it, and the service that it connects to.
type replaymatrix struct {
	path string
	env  []string
}

// built is made once for all tests; TestMain removes its folder.
var built = sync.OnceValues(func() (path string, err error) {
	if builtFolder, err = os.MkdirTemp("", "replaymatrix"); err != nil {
		return "", err
	}
	path = filepath.Join(builtFolder, "replaymatrix")
	build := exec.Command("go", "build", "-o", path, "./versioning/cmd/replaymatrix")
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return path, nil
})

var builtFolder string

// buildReplaymatrix gives the command with the service at the address, or with none.
func buildReplaymatrix(t *testing.T, address string) replaymatrix {
	t.Helper()
	path, err := built()
	require.NoError(t, err)
	env := append(os.Environ(), "TEMPORAL_CONFIG_FILE="+os.DevNull, "TEMPORAL_ADDRESS="+address, "TEMPORAL_NAMESPACE="+DefaultNamespace)
	return replaymatrix{path, env}
}

func (r replaymatrix) command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, r.path, args...)
	cmd.Env = r.env
	return cmd
}

// run returns what the command has written, and its exit code.
func (r replaymatrix) run(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := r.command(t, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	var exit *exec.ExitError
	if err := cmd.Run(); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		require.NoError(t, err)
	}
	return out.String(), errs.String(), code
}
