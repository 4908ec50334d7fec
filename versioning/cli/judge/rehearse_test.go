package judge_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestRehearse asks for what live Workers do next, and to fail on it.
func TestRehearse(t *testing.T) {
	t.Parallel()
	const cell = "patching/initial.waiting@patch-complete"
	for _, tt := range []struct {
		why     string
		args    []string
		code    int
		has     string
		hasNot  string
		onError string
	}{
		{"the default", []string{"explain", cell}, cli.ExitOK, "What a live Worker does next\n", "", ""},
		{"nothing is rehearsed, and nothing claimed", []string{"explain", cell, "--rehearse", "none"}, cli.ExitOK,
			"Who notices    A live Worker, unless the code closes the execution in that Workflow Task", "does next", ""},
		{"a closed execution that is safe is rehearsed where that is asked for",
			[]string{"explain", "patching/initial.completed@patched", "--rehearse", "all"}, cli.ExitOK,
			"After event 4: as recorded.\n", "", ""},
		{"and is not by itself", []string{"explain", "patching/initial.completed@patched"}, cli.ExitOK, "",
			"does next", ""},
		{"a word that is none", []string{"matrix", "--rehearse", "some"}, cli.ExitUsage, "", "",
			`--rehearse: unknown "some": it is all, none`},
		{"another one", []string{"against", "main", "--rehearse", "some"}, cli.ExitUsage, "", "",
			`--rehearse: unknown "some": it is all, none`},
		{"live: is in the text", []string{"matrix"}, cli.ExitOK, "live: stuck unless it closes in that Workflow Task\n", "", ""},
		{"live: is not in the text", []string{"matrix", "--rehearse", "none"}, cli.ExitOK, "", "live: stuck", ""},
		{"one can fail on it", []string{"matrix", "--fail-on", "stuck"}, cli.ExitIncompatible, "", "",
			"--fail-on: 14 of the verdicts, findings and effects named, the first is " +
				"patching/initial.completed@patch-deprecated: version-removed, and live: stuck\n"},
		{"nothing hangs", []string{"matrix", "--fail-on", "hangs,roll"}, cli.ExitOK, "", "", ""},
		{"nothing was rehearsed, so nothing fails", []string{"matrix", "--fail-on", "stuck", "--rehearse", "none"},
			cli.ExitOK, "", "", ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			var out, errs bytes.Buffer
			command := &cli.Command{Families: []*versioning.Family{patching.Family},
				Recordings: os.DirFS("../../../histories"), Stdout: &out, Stderr: &errs}
			require.Equal(t, tt.code, command.Run(t.Context(), tt.args), errs.String())
			require.Contains(t, out.String(), tt.has)
			require.Contains(t, errs.String(), tt.onError)
			if tt.hasNot != "" {
				require.NotContains(t, out.String(), tt.hasNot)
			}
		})
	}
}
