package cli

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"

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
		{"worker", []string{"worker", "--help"}, ExitOK, "\n  ordermatrix worker --family revisions --workflow pre-patch\n"},
		{"worker, task queue", []string{"worker", "--help"}, ExitOK, "such as revisions-task-queue,"},
		{"starter", []string{"starter", "--help"}, ExitOK, "\n  ordermatrix starter --start-workflow pre-patch-workflow-id\n"},
		{"starter, scenario", []string{"starter", "--help"}, ExitOK, "\n  ordermatrix starter --family revisions --start-workflow x --scenario completed\n"},
		{"server", []string{"server", "--help"}, ExitOK, "\n  ordermatrix server --address 127.0.0.1:0\n"},
		{"walkthrough", []string{"walkthrough", "--help"}, ExitOK, `as "ordermatrix server" does`},
		{"error", []string{"worker"}, ExitUsage, "ordermatrix: --workflow is missing"},
		{"hint to help", []string{"matrix", "--nope"}, ExitUsage, "ordermatrix: unknown flag: --nope; see ordermatrix matrix --help\n"},
		{"hint to server", []string{"starter", "--query-workflow", "x", "--address", "127.0.0.1:1"}, ExitFailed, `start one with "ordermatrix server"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			c := &Command{
				Name: "ordermatrix", Families: []*versioning.Family{revisions.Family}, Recordings: os.DirFS("../../histories"),
				Stdout: &out, Stderr: &out,
			}
			require.Equal(t, tt.code, c.Run(t.Context(), tt.args))
			require.Contains(t, out.String(), tt.want)
			require.NotRegexp(t, `(^|[^a-z] |")replaymatrix [a-z-]|patching`, out.String())
		})
	}
}

// TestNameInHints has what only a service can make the command say, and what the
// walk-through prints.
func TestNameInHints(t *testing.T) {
	t.Parallel()
	s := &connection{address: "host:7233", namespace: "orders", program: "ordermatrix"}
	given := *s
	given.family = "runtimechecks/activity"
	given.at = (&connectFlags{address: "host:7233", namespace: "orders", profile: "p"}).typed()
	for _, tt := range []struct {
		err  error
		want string
	}{
		{s.unknown("x"), `no execution has workflow ID x in namespace "orders" of host:7233: start it with "ordermatrix starter --start-workflow x"`},
		{s.nobody("x", "result"), `no worker has answered query "result" for ID x: is one running? start one with "ordermatrix worker --workflow STAGE"; ` +
			`the task of a Worker that was just stopped may not have timed out yet (10 s): try again, or see "ordermatrix starter --describe-workflow x"`},
		{s.unanswered(t.Context(), "x", "result", serviceerror.NewNotFound("no")), `no execution has workflow ID x in namespace "orders" of host:7233: ` +
			`start it with "ordermatrix starter --start-workflow x"`},
		{given.unknown("x"), `no execution has workflow ID x in namespace "orders" of host:7233: ` +
			`start it with "ordermatrix starter --family runtimechecks/activity --start-workflow x --address host:7233 --namespace orders --profile p"`},
		{given.nobody("x", "result"), `no worker has answered query "result" for ID x: is one running? ` +
			`start one with "ordermatrix worker --family runtimechecks/activity --workflow STAGE --address host:7233 --namespace orders --profile p"; ` +
			`the task of a Worker that was just stopped may not have timed out yet (10 s): try again, ` +
			`or see "ordermatrix starter --describe-workflow x --address host:7233 --namespace orders --profile p"`},
		{&unreachableError{program: "ordermatrix", address: "host:1", err: errors.New("x: connection refused")},
			`no Temporal Service answers at host:1 (connection refused): start one with "ordermatrix server", or name yours with --address or TEMPORAL_ADDRESS`},
	} {
		require.EqualError(t, tt.err, tt.want)
	}
	require.Equal(t, "ordermatrix", (&Command{Name: "ordermatrix"}).invocation())

	var out bytes.Buffer
	c := &Command{Name: "ordermatrix", Families: []*versioning.Family{revisions.Family}, Stdout: &out}
	said := &session{Command: c, family: revisions.Family}
	_, err := said.starter(t.Context(), "--query-workflow", "x")
	require.Error(t, err, "there is no program to start")
	require.Equal(t, "$ ordermatrix starter --query-workflow x\n", out.String())
}
