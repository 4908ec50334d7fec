package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	deploymentpb "go.temporal.io/api/deployment/v1"
	"go.temporal.io/api/enums/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"google.golang.org/protobuf/types/known/fieldmaskpb"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/record"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/deployments"
)

// TestRecordDeployments makes the recordings in the repository anew: whatever the routing does, and however fast, their
// events are the same.
func TestRecordDeployments(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	outcomes, err := record.Family(t.Context(), deployments.Family, record.Options{Client: c, Dir: t.TempDir(), Accept: replaysSafely, Timeout: patience})
	require.NoError(t, err)
	got := masked(t, outcomes)
	sources, err := history.Dir(os.DirFS("../../histories/deployments"), ".")
	require.NoError(t, err)
	want := map[string]string{}
	for _, source := range sources {
		data, err := os.ReadFile(filepath.Join("../../histories/deployments", source.Path))
		require.NoError(t, err)
		want[source.Name] = mask(string(data))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the recordings differ from new ones: go test . -record=deployments (-committed +new):\n%s", diff)
	}
}

// TestClosedPinned is about what docs/deployments.md says of an execution that has closed on a build that drains.
func TestClosedPinned(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	const name = "orders"
	for _, stage := range deployments.Family.Stages {
		startVersion(t, c, name, stage)
	}
	deployment := c.WorkerDeploymentClient().GetHandle(name)
	routeTo := func(build string) {
		require.EventuallyWithT(t, func(check *assert.CollectT) {
			_, err := deployment.SetCurrentVersion(ctx, client.WorkerDeploymentSetCurrentVersionOptions{BuildID: build})
			require.NoError(check, err)
			q, err := c.WorkflowService().DescribeTaskQueue(ctx, &workflowservice.DescribeTaskQueueRequest{
				Namespace: DefaultNamespace, TaskQueue: &taskqueuepb.TaskQueue{Name: name}, TaskQueueType: enums.TASK_QUEUE_TYPE_WORKFLOW})
			require.NoError(check, err)
			require.Equal(check, build, q.GetVersioningInfo().GetCurrentDeploymentVersion().GetBuildId())
		}, patience, 50*time.Millisecond)
	}
	routeTo("1.0")
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: name, TaskQueue: name}, deployments.PinnedOrder)
	require.NoError(t, err)
	require.Eventually(t, func() bool { return queryResult(ctx, t, c, name) == "reserved" }, patience, 20*time.Millisecond)
	require.NoError(t, c.SignalWorkflow(ctx, name, "", "ship", nil))
	require.NoError(t, run.Get(ctx, nil))
	routeTo("2.0")

	require.Equal(t, "reserved", queryResult(ctx, t, c, name), "1.0 answers; 2.0 would have checked and charged first")

	_, err = c.UpdateWorkflowExecutionOptions(ctx, client.UpdateWorkflowExecutionOptionsRequest{
		WorkflowId: name,
		WorkflowExecutionOptionsChanges: client.WorkflowExecutionOptionsChanges{
			VersioningOverride: &client.VersioningOverrideChange{Value: &client.AutoUpgradeVersioningOverride{}}},
	})
	require.ErrorContains(t, err, "workflow execution already completed", "no override gets it off 1.0")

	require.Equal(t, "1.0", buildAfterReset(ctx, t, c, run), "a reset stays on the build")
	require.Equal(t, "1.1", buildAfterReset(ctx, t, c, run, moveTo(name, "1.1")), "unless it brings an override")

	require.NoError(t, c.TerminateWorkflow(ctx, name, "", "the build shall drain"))
	require.Eventually(t, func() bool {
		v, err := deployment.DescribeVersion(ctx, client.WorkerDeploymentDescribeVersionOptions{BuildID: "1.0"})
		return err == nil && v.Info.DrainageInfo != nil && v.Info.DrainageInfo.DrainageStatus == client.WorkerDeploymentVersionDrainageStatusDrained
	}, patience, 100*time.Millisecond, "with the settings of a cluster it takes three minutes and more")
}

// buildAfterReset resets the run to before its last workflow task, and returns the build that completes the next one.
func buildAfterReset(ctx context.Context, t *testing.T, c client.Client, run client.WorkflowRun, after ...*workflowpb.PostResetOperation) (build string) {
	t.Helper()
	const lastTaskBeforeTheSignal = 10
	reset, err := c.ResetWorkflowExecution(ctx, &workflowservice.ResetWorkflowExecutionRequest{
		Namespace:                 DefaultNamespace,
		WorkflowExecution:         &commonpb.WorkflowExecution{WorkflowId: run.GetID(), RunId: run.GetRunID()},
		WorkflowTaskFinishEventId: lastTaskBeforeTheSignal,
		RequestId:                 fmt.Sprint(time.Now().UnixNano()),
		ResetReapplyExcludeTypes:  []enums.ResetReapplyExcludeType{enums.RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL},
		PostResetOperations:       after,
	})
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		events := c.GetWorkflowHistory(ctx, run.GetID(), reset.GetRunId(), false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
		build = ""
		for events.HasNext() {
			e, err := events.Next()
			if err != nil {
				return false
			}
			if e.GetEventId() > lastTaskBeforeTheSignal {
				build += e.GetWorkflowTaskCompletedEventAttributes().GetDeploymentVersion().GetBuildId()
			}
		}
		return build != ""
	}, patience, 20*time.Millisecond)
	return build
}

func moveTo(deployment, build string) *workflowpb.PostResetOperation {
	pinned := &workflowpb.VersioningOverride_PinnedOverride{
		Behavior: workflowpb.VersioningOverride_PINNED_OVERRIDE_BEHAVIOR_PINNED,
		Version:  &deploymentpb.WorkerDeploymentVersion{DeploymentName: deployment, BuildId: build},
	}
	return &workflowpb.PostResetOperation{Variant: &workflowpb.PostResetOperation_UpdateWorkflowOptions_{
		UpdateWorkflowOptions: &workflowpb.PostResetOperation_UpdateWorkflowOptions{
			WorkflowExecutionOptions: &workflowpb.WorkflowExecutionOptions{
				VersioningOverride: &workflowpb.VersioningOverride{Override: &workflowpb.VersioningOverride_Pinned{Pinned: pinned}}},
			UpdateMask: &fieldmaskpb.FieldMask{Paths: []string{"versioning_override"}},
		}}}
}

func startVersion(t *testing.T, c client.Client, name string, stage versioning.Stage) {
	t.Helper()
	w := worker.New(c, name, worker.Options{DeploymentOptions: worker.DeploymentOptions{
		UseVersioning: true,
		Version:       worker.WorkerDeploymentVersion{DeploymentName: name, BuildID: stage.BuildID},
	}})
	stage.Register(w)
	stage.RegisterActivities(w)
	require.NoError(t, w.Start())
	t.Cleanup(w.Stop)
}
