package deployments

import (
	"context"
	"fmt"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// signal sends the signal, which makes a Workflow Task.
func signal(name string) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		return c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), name, nil)
	}
}

// setCurrent makes the build the Current Version, as a deploy or a rollback does.
func setCurrent(build string) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		name, err := deployment(ctx, c, run)
		if err != nil {
			return err
		}
		_, err = c.WorkerDeploymentClient().GetHandle(name).SetCurrentVersion(ctx,
			client.WorkerDeploymentSetCurrentVersionOptions{BuildID: build})
		return err
	}
}

// ramp sends the percentage of executions to the build; an empty build and zero
// end the ramp.
func ramp(build string, percentage float32) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		name, err := deployment(ctx, c, run)
		if err != nil {
			return err
		}
		_, err = c.WorkerDeploymentClient().GetHandle(name).SetRampingVersion(ctx,
			client.WorkerDeploymentSetRampingVersionOptions{BuildID: build, Percentage: percentage})
		return err
	}
}

// pin sets an override that pins the execution to the build until it is removed.
func pin(build string) versioning.Drive {
	return override(func(v worker.WorkerDeploymentVersion) client.VersioningOverride {
		return &client.PinnedVersioningOverride{Version: v}
	}, build)
}

// moveOnce sets an override that ends with the next Workflow Task on the build.
func moveOnce(build string) versioning.Drive {
	return override(func(v worker.WorkerDeploymentVersion) client.VersioningOverride {
		return &client.OneTimeVersioningOverride{TargetVersion: v}
	}, build)
}

// unpin removes the override.
func unpin(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	return updateOptions(ctx, c, run, nil)
}

func override(to func(worker.WorkerDeploymentVersion) client.VersioningOverride, build string) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		name, err := deployment(ctx, c, run)
		if err != nil {
			return err
		}
		return updateOptions(ctx, c, run, to(worker.WorkerDeploymentVersion{DeploymentName: name, BuildID: build}))
	}
}

func updateOptions(ctx context.Context, c client.Client, run client.WorkflowRun, override client.VersioningOverride) error {
	_, err := c.UpdateWorkflowExecutionOptions(ctx, client.UpdateWorkflowExecutionOptionsRequest{
		WorkflowId: run.GetID(),
		RunId:      run.GetRunID(),
		WorkflowExecutionOptionsChanges: client.WorkflowExecutionOptionsChanges{
			VersioningOverride: &client.VersioningOverrideChange{Value: override},
		},
	})
	return err
}

// drains waits until the service says that the build only finishes what is
// pinned to it.
func drains(build string) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		name, err := deployment(ctx, c, run)
		if err != nil {
			return err
		}
		for {
			version, err := c.WorkerDeploymentClient().GetHandle(name).DescribeVersion(ctx,
				client.WorkerDeploymentDescribeVersionOptions{BuildID: build})
			if err != nil {
				return err
			}
			if d := version.Info.DrainageInfo; d != nil && d.DrainageStatus == client.WorkerDeploymentVersionDrainageStatusDraining {
				return nil
			}
			select {
			case <-ctx.Done():
				return fmt.Errorf("build %s does not drain: %w", build, ctx.Err())
			case <-time.After(50 * time.Millisecond):
			}
		}
	}
}

// deployment returns the name of the Worker Deployment that runs the execution.
func deployment(ctx context.Context, c client.Client, run client.WorkflowRun) (string, error) {
	d, err := c.DescribeWorkflowExecution(ctx, run.GetID(), run.GetRunID())
	return d.GetWorkflowExecutionInfo().GetWorkerDeploymentName(), err
}
