package main

import (
	"context"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/grpc"

	"github.com/replaymatrix/replaymatrix/versioning/pull"
)

// TestPullFaults has a service that fails for some executions or for all.
func TestPullFaults(t *testing.T) {
	t.Parallel()
	server := start(t, Options{Address: "127.0.0.1:0"})
	plain := dial(t, server)
	startPulledWorker(t, plain)
	for _, id := range []string{"a", "b", "c", "d"} { // The last one is listed first.
		require.NoError(t, startPulled(t, plain, id, "markers", 1).Get(t.Context(), nil))
	}
	awaitListed(t, plain, "CloseTime IS NOT NULL", 4)
	const histories, list = "GetWorkflowExecutionHistory", "ListWorkflowExecutions"
	for _, tt := range []struct {
		name    string
		method  string
		fault   func(id string, call int64) error
		summary pull.Summary
		want    string
		why     string
	}{
		{"vanished", histories, func(id string, _ int64) error {
			return map[bool]error{true: serviceerror.NewNotFound("workflow not found")}[id == "b"]
		}, pull.Summary{Pulled: 3, Failed: 1}, "b run RUN: the service has no such execution: it was deleted, its retention period is over, " +
			"or the IDs are those of another namespace (workflow not found)", "one that goes between the list and the download stops no other"},
		{"busy", histories, func(_ string, call int64) error {
			return map[bool]error{true: &serviceerror.ResourceExhausted{Message: "too many"}}[call <= 6]
		}, pull.Summary{Pulled: 4}, "", "it waits and tries again"},
		{"denied", histories, func(string, int64) error { return serviceerror.NewPermissionDenied("no", "") },
			pull.Summary{}, "pulling d run RUN: no", "all will be denied"},
		{"list denied", list, func(string, int64) error { return serviceerror.NewPermissionDenied("no", "") },
			pull.Summary{}, "listing the executions to pull: no", "nothing can be done"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := dialWith(t, server, tt.method, tt.fault)
			dir := t.TempDir()
			summary, err := pull.Histories(t.Context(), pull.Options{Client: c, Dir: dir, Concurrency: 1, Query: "WorkflowType = 'markers'"})
			require.Equal(t, tt.summary, summary, tt.why)
			require.Len(t, filesBelow(t, dir), summary.Files())
			if tt.want == "" {
				require.NoError(t, err)
				return
			}
			require.Error(t, err)
			require.Equal(t, tt.want, uuid.ReplaceAllString(err.Error(), "RUN"), tt.why)
		})
	}
	t.Run("no such type", func(t *testing.T) {
		t.Parallel()
		_, err := pull.Histories(t.Context(), pull.Options{Client: plain, Dir: t.TempDir(), WorkflowType: "Ordr"})
		require.ErrorIs(t, err, pull.ErrNothingFound)
		require.EqualError(t, err, `no execution matches WorkflowType = 'Ordr'; check it with: temporal workflow list --query 'WorkflowType = '\''Ordr'\'''`)
	})
	t.Run("no such namespace", func(t *testing.T) {
		t.Parallel()
		c, err := client.Dial(client.Options{HostPort: server.Address(), Namespace: "nobodys"})
		require.NoError(t, err)
		defer c.Close()
		_, err = pull.Histories(t.Context(), pull.Options{Client: c, Dir: t.TempDir(), Executions: []pull.Execution{{WorkflowID: "a"}}})
		var namespace *serviceerror.NamespaceNotFound
		require.ErrorAs(t, err, &namespace)
	})
	t.Run("Ctrl-C", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		dir := t.TempDir()
		summary, err := pull.Histories(ctx, pull.Options{Client: plain, Dir: dir, Concurrency: 1, Progress: func(pull.Run) { cancel() }})
		require.ErrorIs(t, err, context.Canceled)
		require.Zero(t, summary.Failed, "it was interrupted, and has not failed")
		require.Len(t, filesBelow(t, dir), summary.Pulled)
	})
}

var uuid = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// dialWith connects with faults between the client and the service: the SDK and the service are the real ones.
func dialWith(t *testing.T, server *Server, method string, fault func(id string, call int64) error) client.Client {
	t.Helper()
	var calls atomic.Int64
	between := func(ctx context.Context, full string, request, reply any, cc *grpc.ClientConn, invoke grpc.UnaryInvoker, o ...grpc.CallOption) error {
		if strings.HasSuffix(full, "/"+method) {
			id := ""
			if r, ok := request.(*workflowservice.GetWorkflowExecutionHistoryRequest); ok {
				id = r.GetExecution().GetWorkflowId()
			}
			if err := fault(id, calls.Add(1)); err != nil {
				return serviceerror.ToStatus(err).Err()
			}
		}
		return invoke(ctx, full, request, reply, cc, o...)
	}
	c, err := client.Dial(client.Options{HostPort: server.Address(), Namespace: server.Namespace(),
		ConnectionOptions: client.ConnectionOptions{DialOptions: []grpc.DialOption{grpc.WithChainUnaryInterceptor(between)}}})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c
}
