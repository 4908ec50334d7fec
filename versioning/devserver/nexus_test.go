package main

import (
	"context"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"testing"

	sdknexus "github.com/nexus-rpc/sdk-go/nexus"
	"github.com/stretchr/testify/require"
	nexuspb "go.temporal.io/api/nexus/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporalnexus"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/testdata/nexus"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/record"
)

var recordNexus = flag.Bool("record", false, "write the recordings of testdata/nexus anew")

// TestRecordNexus records the fixtures of Nexus operations: their handlers need a
// package that the root module does without. With -record it writes them, and
// without it compares their events with those that are stored.
func TestRecordNexus(t *testing.T) {
	t.Parallel()
	const stored = "../../testdata/histories"
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	handleOperations(t, c)

	dir := t.TempDir()
	if *recordNexus {
		dir = stored
	}
	outcomes, err := record.Family(t.Context(), nexus.Family, record.Options{
		Client: c, Dir: dir, Stages: nexus.Recorded, Accept: replaysSafely, Timeout: patience,
	})
	require.NoError(t, err)
	require.Len(t, outcomes, len(nexus.Recorded)*len(nexus.Family.Scenarios))
	for _, o := range outcomes {
		want, got := eventsIn(t, filepath.Join(stored, "nexus"), o.Name), eventsIn(t, filepath.Join(dir, "nexus"), o.Name)
		require.Equal(t, want, got, "go test -run TestRecordNexus -record writes %s anew", o.Name)
	}
}

// eventsIn counts the events of each type, without those whose number is a matter of chance: what
// happens at the same time is in one Workflow Task or in two, and an operation may have been canceled
// before the answer to the request for that is there, which the history then has no event for.
func eventsIn(t *testing.T, dir, name string) map[string]int {
	t.Helper()
	r, err := history.ReadFile(os.DirFS(dir), name+".json")
	require.NoError(t, err)
	counts := map[string]int{}
	for _, e := range r.History.GetEvents() {
		counts[e.GetEventType().String()]++
	}
	maps.DeleteFunc(counts, func(kind string, _ int) bool {
		switch kind {
		case "WorkflowTaskScheduled", "WorkflowTaskStarted", "WorkflowTaskCompleted", "NexusOperationCancelRequestCompleted":
			return true
		}
		return false
	})
	return counts
}

// handleOperations creates the endpoints and starts a worker for them.
func handleOperations(t *testing.T, c client.Client) {
	t.Helper()
	const taskQueue = "operations"
	for _, name := range []string{nexus.Endpoint, nexus.OtherEndpoint} {
		_, err := c.OperatorService().CreateNexusEndpoint(t.Context(), &operatorservice.CreateNexusEndpointRequest{
			Spec: &nexuspb.EndpointSpec{Name: name, Target: &nexuspb.EndpointTarget{
				Variant: &nexuspb.EndpointTarget_Worker_{Worker: &nexuspb.EndpointTarget_Worker{
					Namespace: DefaultNamespace, TaskQueue: taskQueue,
				}},
			}},
		})
		require.NoError(t, err)
	}
	service := sdknexus.NewService(nexus.Service)
	require.NoError(t, service.Register(
		sdknexus.NewSyncOperation(nexus.Charge, answer), sdknexus.NewSyncOperation(nexus.Refund, answer),
		temporalnexus.NewWorkflowRunOperation(nexus.Deliver, delivery, startOptions),
		temporalnexus.NewWorkflowRunOperation(nexus.Wait, untilCancelled, startOptions),
	))
	w := worker.New(c, taskQueue, worker.Options{})
	w.RegisterNexusService(service)
	w.RegisterWorkflow(delivery)
	w.RegisterWorkflow(untilCancelled)
	require.NoError(t, w.Start())
	t.Cleanup(w.Stop)
}

func answer(_ context.Context, input string, _ sdknexus.StartOperationOptions) (string, error) {
	return "charged for " + input, nil
}

func startOptions(_ context.Context, _ string, o sdknexus.StartOperationOptions) (client.StartWorkflowOptions, error) {
	return client.StartWorkflowOptions{ID: "operation-" + o.RequestID}, nil
}

func delivery(_ workflow.Context, input string) (string, error) { return "delivered: " + input, nil }

func untilCancelled(ctx workflow.Context, _ string) (string, error) {
	ctx.Done().Receive(ctx, nil)
	return "", ctx.Err()
}
