package play

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// TestStarterHoldsAPipe starts a program that tells what it was started with: a
// starter that waits must not outlive a walk-through that is killed.
func TestStarterHoldsAPipe(t *testing.T) {
	// Not parallel: a fork meanwhile would hold the program open for writing.
	if runtime.GOOS == "windows" {
		t.Skip("the program is a shell script")
	}
	program := filepath.Join(t.TempDir(), "program")
	require.NoError(t, os.WriteFile(program, []byte("#!/bin/sh\n[ -p /dev/stdin ] && echo piped \"$@\"\n"), 0o700))
	var out bytes.Buffer
	s := &session{commands: commands{Shell: &shell.Shell{Name: "replaymatrix", Stdout: &out, Stderr: &out,
		Program: program}}}
	said, err := s.starter(t.Context(), "--query-workflow", "x")
	require.NoError(t, err)
	require.Equal(t, "piped starter --query-workflow x --until-stdin-closes", said)
	require.Contains(t, out.String(), "$ replaymatrix starter --query-workflow x\n", "a person does not type that flag")
}
