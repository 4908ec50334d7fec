package pull_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning/pull"
)

func TestOptionsAreChecked(t *testing.T) {
	t.Parallel()
	c, err := client.NewLazyClient(client.Options{}) // It never dials: the mistakes are found before.
	require.NoError(t, err)
	defer c.Close()
	for _, tt := range []struct {
		edit func(*pull.Options)
		want string
		why  string
	}{
		{func(o *pull.Options) { o.Client = nil }, "pulling needs a Client", "nothing to ask"},
		{func(o *pull.Options) { o.Dir = "" }, "pulling needs a Dir", "nowhere to write to"},
		{func(o *pull.Options) { o.Status = 7 }, "pulling: unknown Status(7)", "no status"},
		{func(o *pull.Options) { o.Limit = -1 }, "pulling: the limit is -1: want at least 1, or 0 for all",
			"less than nothing"},
		{func(o *pull.Options) { o.Concurrency = -1 }, "pulling -1 at a time: want at least 1", "less than nothing"},
		{func(o *pull.Options) { o.Executions = []pull.Execution{{}} },
			"pulling: the workflow ID of an execution is empty", "an unset variable"},
		{func(o *pull.Options) { o.Executions = []pull.Execution{{WorkflowID: "x", RunID: "../y"}} },
			`pulling x run ../y: "../y" is no run ID: want one like 01234567-89ab-cdef-0123-456789abcdef`,
			"it would be in a file name"},
		{func(o *pull.Options) { o.Executions = []pull.Execution{{WorkflowID: "x"}}; o.Limit = 1 },
			"pulling: executions are named or chosen: Executions goes without Query, WorkflowType, Status and Limit",
			"it would be ignored"},
	} {
		o := pull.Options{Client: c, Dir: t.TempDir()}
		tt.edit(&o)
		summary, err := pull.Histories(context.Background(), o)
		require.EqualError(t, err, tt.want, tt.why)
		require.Zero(t, summary)
		_, err = pull.Count(context.Background(), o)
		require.EqualError(t, err, tt.want, tt.why)
	}
}

func TestStatus(t *testing.T) {
	t.Parallel()
	for _, s := range []pull.Status{pull.All, pull.Open, pull.Closed} {
		got, err := pull.ParseStatus(s.String())
		require.NoError(t, err)
		require.Equal(t, s, got)
	}
	_, err := pull.ParseStatus("running")
	require.EqualError(t, err, `unknown status "running": want open, closed or all`)
}

func TestSummary(t *testing.T) {
	t.Parallel()
	require.Equal(t, "pulled 998, already there 2, failed 0", pull.Summary{Pulled: 998, There: 2}.String())
	require.Equal(t, "pulled 1, refreshed 2, already there 3, gone 4, failed 5",
		pull.Summary{Pulled: 1, Refreshed: 2, There: 3, Gone: 4, Failed: 5}.String())
	require.Equal(t, 6, pull.Summary{Pulled: 1, Refreshed: 2, There: 3, Gone: 4, Failed: 5}.Files())
}

func TestExecutionString(t *testing.T) {
	t.Parallel()
	require.Equal(t, "order/1", pull.Execution{WorkflowID: "order/1"}.String())
	require.Equal(t, "order/1 run "+runID, pull.Execution{WorkflowID: "order/1", RunID: runID}.String())
	require.Equal(t, `"a\x1b[31m"`, pull.Execution{WorkflowID: "a\x1b[31m"}.String(), "a terminal would obey")
}

func TestIncompleteError(t *testing.T) {
	t.Parallel()
	first := errors.New("x: gone")
	require.EqualError(t, &pull.IncompleteError{Failed: 1, First: first}, "x: gone")
	require.EqualError(t, &pull.IncompleteError{Failed: 3, First: first},
		"3 histories could not be downloaded, one of them x: gone")
	require.ErrorIs(t, &pull.IncompleteError{Failed: 3, First: first}, first)
}
