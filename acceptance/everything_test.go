package acceptance

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// formats are those of the command's matrix.
var formats = []string{"text", "json", "markdown", "junit", "github", "sarif", "svg"}

// folder holds a file for each format, once judged is called.
var folder string

// judged judges all reference families once, into all formats.
var judged = sync.OnceValue(func() (err error) {
	if folder, err = os.MkdirTemp("", "everything"); err != nil {
		return err
	}
	args := []string{"matrix"}
	for _, format := range formats {
		args = append(args, "--format", format+"="+filepath.Join(folder, format))
	}
	command := exec.Command("replaymatrix", args...) // testscript.Main puts it on PATH
	command.Dir, command.Stderr = "..", os.Stderr
	return command.Run()
})

// tidied removes the folder after the tests.
type tidied struct{ *testing.M }

func (m tidied) Run() int {
	code := m.M.Run()
	if folder != "" {
		os.RemoveAll(folder)
	}
	return code
}

// everything is the matrix of all reference families in a format.
func everything(t *testing.T, format string) string {
	t.Helper()
	require.NoError(t, judged())
	data, err := os.ReadFile(filepath.Join(folder, format))
	require.NoError(t, err)
	return string(data)
}

// output is what the command prints in the root of the repository. A verdict to fail
// on is no failure here.
func output(t *testing.T, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), "replaymatrix", args...)
	command.Dir = ".."
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil && command.ProcessState.ExitCode() != 3 {
		t.Fatalf("%v: %v\n%s", args, err, &stderr)
	}
	return stdout.String()
}
