package main

import (
	"context"
	"testing"
	"time"

	"github.com/nexus-rpc/sdk-go/nexus"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"
	nexuspb "go.temporal.io/api/nexus/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

var (
	version   = worker.WorkerDeploymentVersion{DeploymentName: "greeter", BuildID: "1"}
	versioned = worker.Options{DeploymentOptions: worker.DeploymentOptions{
		UseVersioning:             true,
		Version:                   version,
		DefaultVersioningBehavior: workflow.VersioningBehaviorPinned,
	}}
)

// TestServiceRunsWorkflows drives, through a client and a worker of the SDK, what recordings are made of.
func TestServiceRunsWorkflows(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	type step func(context.Context, *testing.T, client.Client)
	none := func(context.Context, *testing.T, client.Client) {}
	for _, tt := range []struct {
		name          string
		workflow      any
		args          []any
		options       worker.Options
		before, after step
		why           string
	}{
		{"activity", greetByActivity, []any{"you"}, worker.Options{}, none, none, "the least that a workflow does"},
		{"nexus", greetByNexus, []any{"you"}, worker.Options{}, createEndpoint, none, "needs the HTTP port"},
		{"update", greetByUpdate, nil, worker.Options{}, none, sendUpdate, "could be switched off"},
		{"deployment", greetByActivity, []any{"you"}, versioned, setCurrent, expectPinned, "could be switched off"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			startWorker(t, c, tt.name, tt.options)
			tt.before(ctx, t, c)

			began := time.Now()
			run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: tt.name, TaskQueue: tt.name},
				tt.workflow, tt.args...)
			require.NoError(t, err, tt.why)
			tt.after(ctx, t, c)
			var greeting string
			require.NoError(t, run.Get(ctx, &greeting), tt.why)
			require.Equal(t, "hello you", greeting)
			t.Logf("ran in %v", time.Since(began))
		})
	}
}

func startWorker(t *testing.T, c client.Client, taskQueue string, o worker.Options) {
	t.Helper()
	w := worker.New(c, taskQueue, o)
	w.RegisterWorkflow(greetByActivity)
	w.RegisterWorkflow(greetByNexus)
	w.RegisterWorkflow(greetByUpdate)
	w.RegisterActivity(greet)
	service := nexus.NewService("greeter")
	require.NoError(t, service.Register(hello))
	w.RegisterNexusService(service)
	require.NoError(t, w.Start())
	t.Cleanup(w.Stop)
}

func createEndpoint(ctx context.Context, t *testing.T, c client.Client) {
	_, err := c.OperatorService().CreateNexusEndpoint(ctx, &operatorservice.CreateNexusEndpointRequest{
		Spec: &nexuspb.EndpointSpec{Name: "greetings", Target: &nexuspb.EndpointTarget{
			Variant: &nexuspb.EndpointTarget_Worker_{Worker: &nexuspb.EndpointTarget_Worker{
				Namespace: DefaultNamespace, TaskQueue: "nexus",
			}},
		}},
	})
	require.NoError(t, err)
}

func sendUpdate(ctx context.Context, t *testing.T, c client.Client) {
	update, err := c.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		WorkflowID: "update", UpdateName: "greet", Args: []any{"you"}, WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	require.NoError(t, err)
	require.NoError(t, update.Get(ctx, nil))
}

// setCurrent tries again until the service has learned of the version from the polls of the worker.
func setCurrent(ctx context.Context, t *testing.T, c client.Client) {
	began := time.Now()
	handle := c.WorkerDeploymentClient().GetHandle(version.DeploymentName)
	require.EventuallyWithT(t, func(t *assert.CollectT) {
		_, err := handle.SetCurrentVersion(ctx, client.WorkerDeploymentSetCurrentVersionOptions{BuildID: version.BuildID})
		assert.NoError(t, err)
	}, patience, 50*time.Millisecond)
	t.Logf("version current after %v", time.Since(began))
}

func expectPinned(ctx context.Context, t *testing.T, c client.Client) {
	require.NoError(t, c.GetWorkflow(ctx, "deployment", "").Get(ctx, nil))
	description, err := c.DescribeWorkflowExecution(ctx, "deployment", "")
	require.NoError(t, err)
	info := description.GetWorkflowExecutionInfo().GetVersioningInfo()
	require.Equal(t, version.BuildID, info.GetDeploymentVersion().GetBuildId())
	require.Equal(t, enums.VERSIONING_BEHAVIOR_PINNED, info.GetBehavior())
}
