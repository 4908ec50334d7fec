package cli

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/revisions"
)

// TestName runs the command of somebody else: nothing in it calls the program
// replaymatrix or speaks of families that it does not have.
func TestName(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		args []string
		code int
		want string
	}{
		{"root help", []string{"--help"}, ExitOK, "ordermatrix replays recorded event histories"},
		{"usage", []string{"matrix", "--help"}, ExitOK, "\n  ordermatrix matrix [FAMILY…] [flags]\n"},
		{"matrix", []string{"matrix", "--help"}, ExitOK, "\n  ordermatrix matrix revisions --fail-on nondeterministic"},
		{"list", []string{"list", "--help"}, ExitOK, "\n  ordermatrix list revisions\n"},
		{"worker", []string{"worker", "--help"}, ExitOK,
			"\n  ordermatrix worker --family revisions --workflow pre-patch\n"},
		{"worker, task queue", []string{"worker", "--help"}, ExitOK, "such as revisions-task-queue,"},
		{"starter", []string{"starter", "--help"}, ExitOK,
			"\n  ordermatrix starter --start-workflow pre-patch-workflow-id\n"},
		{"starter, scenario", []string{"starter", "--help"}, ExitOK,
			"\n  ordermatrix starter --family revisions --start-workflow x --scenario completed\n"},
		{"server", []string{"server", "--help"}, ExitOK, "\n  ordermatrix server --address 127.0.0.1:0\n"},
		{"walkthrough", []string{"walkthrough", "--help"}, ExitOK, `as "ordermatrix server" does`},
		{"error", []string{"worker"}, ExitUsage, "ordermatrix: --workflow is missing"},
		{"hint to help", []string{"matrix", "--nope"}, ExitUsage,
			"ordermatrix: unknown flag: --nope; see ordermatrix matrix --help\n"},
		{"hint to server", []string{"starter", "--query-workflow", "x", "--address", "127.0.0.1:1"}, ExitFailed,
			`start one with "ordermatrix server"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			c := &Command{
				Name: "ordermatrix", Families: []*versioning.Family{revisions.Family},
				Recordings: os.DirFS("../../histories"),
				Stdout:     &out, Stderr: &out,
			}
			require.Equal(t, tt.code, c.Run(t.Context(), tt.args))
			require.Contains(t, out.String(), tt.want)
			require.NotRegexp(t, `(^|[^a-z] |")replaymatrix [a-z-]|patching`, out.String())
		})
	}
}
