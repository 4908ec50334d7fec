package play

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/connect"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/revisions"
)

// TestNameInHints has what only a service can make the command say, and what the
// walk-through prints.
func TestNameInHints(t *testing.T) {
	t.Parallel()
	service := &connect.Service{Address: "host:7233", Namespace: "orders", Program: "ordermatrix"}
	named := *service
	named.At = " --address host:7233 --namespace orders --profile p"
	s, given := &connection{Service: service}, &connection{Service: &named, family: "runtimechecks/activity"}
	for _, tt := range []struct {
		err  error
		want string
	}{
		{s.unknown("x"), `no execution has workflow ID x in namespace "orders" of host:7233: start it with "ordermatrix starter --start-workflow x"`},
		{s.nobody("x", "result"),
			`no worker has answered query "result" for ID x: is one running? start one with "ordermatrix worker --workflow STAGE"; ` +
				`the task of a Worker that was just stopped may not have timed out yet (10 s): try again, or see "ordermatrix starter --describe-workflow x"`},
		{s.unanswered(t.Context(), "x", "result", serviceerror.NewNotFound("no")),
			`no execution has workflow ID x in namespace "orders" of host:7233: ` +
				`start it with "ordermatrix starter --start-workflow x"`},
		{given.unknown("x"), `no execution has workflow ID x in namespace "orders" of host:7233: ` +
			`start it with "ordermatrix starter --family runtimechecks/activity --start-workflow x --address host:7233 --namespace orders --profile p"`},
		{given.nobody("x", "result"), `no worker has answered query "result" for ID x: is one running? ` +
			`start one with "ordermatrix worker --family runtimechecks/activity --workflow STAGE --address host:7233 --namespace orders --profile p"; ` +
			`the task of a Worker that was just stopped may not have timed out yet (10 s): try again, ` +
			`or see "ordermatrix starter --describe-workflow x --address host:7233 --namespace orders --profile p"`},
	} {
		require.EqualError(t, tt.err, tt.want)
	}
	require.Equal(t, "ordermatrix", commands{Shell: &shell.Shell{Name: "ordermatrix", Named: true}}.invocation())

	var out bytes.Buffer
	c := commands{Shell: &shell.Shell{Name: "ordermatrix", Families: []*versioning.Family{revisions.Family},
		Stdout: &out}}
	said := &session{commands: c, family: revisions.Family}
	_, err := said.starter(t.Context(), "--query-workflow", "x")
	require.Error(t, err, "there is no program to start")
	require.Equal(t, "$ ordermatrix starter --query-workflow x\n", out.String())
}
