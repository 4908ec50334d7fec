package record

import (
	"context"
	"errors"
	"fmt"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

// driver is the client that a Drive gets: in a family with builds one that
// returns from a change of the routing when tasks are routed by it. The service
// answers earlier: without waiting, 19 of 40 tasks went by the old routing.
func (x *observed) driver() client.Client {
	if x.family.HasBuilds() {
		return routingClient{x.Client, x}
	}
	return x.Client
}

type routingClient struct {
	client.Client
	x *observed
}

func (c routingClient) WorkerDeploymentClient() client.WorkerDeploymentClient {
	return routingDeployments{c.Client.WorkerDeploymentClient(), c.x}
}

type routingDeployments struct {
	client.WorkerDeploymentClient
	x *observed
}

func (c routingDeployments) GetHandle(name string) client.WorkerDeploymentHandle {
	return routingHandle{c.WorkerDeploymentClient.GetHandle(name), c.x}
}

type routingHandle struct {
	client.WorkerDeploymentHandle
	x *observed
}

func (h routingHandle) SetCurrentVersion(ctx context.Context,
	options client.WorkerDeploymentSetCurrentVersionOptions) (client.WorkerDeploymentSetCurrentVersionResponse, error) {
	for {
		response, err := h.WorkerDeploymentHandle.SetCurrentVersion(ctx, options)
		switch {
		case err == nil:
			return response, h.awaitRouting(ctx)
		case !isSlow(ctx, err):
			return response, err
		}
	}
}

func (h routingHandle) SetRampingVersion(ctx context.Context,
	options client.WorkerDeploymentSetRampingVersionOptions) (client.WorkerDeploymentSetRampingVersionResponse, error) {
	for {
		response, err := h.WorkerDeploymentHandle.SetRampingVersion(ctx, options)
		switch {
		case err == nil:
			return response, h.awaitRouting(ctx)
		case !isSlow(ctx, err):
			return response, err
		}
	}
}

// isSlow reports whether a call alone ran out of time. The service changes the
// routing after it has registered every worker of the deployment, one after the
// other, and on a busy machine that takes longer than the SDK lets a call wait.
func isSlow(ctx context.Context, err error) bool {
	var slow *serviceerror.DeadlineExceeded
	return ctx.Err() == nil && (errors.Is(err, context.DeadlineExceeded) || errors.As(err, &slow))
}

// awaitRouting waits until the execution's task queue has the routing of the
// deployment, which takes half a second: the service writes it in batches
// (userDataBatcherOptions in the server's service/matching/matching_engine.go).
// The state that DescribeWorkerDeployment tells is no help: it can stay
// ROUTING_CONFIG_UPDATE_STATE_IN_PROGRESS for good, when the signal that ends it
// comes while the deployment's own workflow continues as new.
func (h routingHandle) awaitRouting(ctx context.Context) error {
	for {
		d, err := h.Describe(ctx, client.WorkerDeploymentDescribeOptions{})
		if err != nil {
			return fmt.Errorf("describing the Worker Deployment: %w", err)
		}
		q, err := h.x.Client.WorkflowService().DescribeTaskQueue(ctx, &workflowservice.DescribeTaskQueueRequest{
			Namespace:     h.x.Namespace,
			TaskQueue:     &taskqueuepb.TaskQueue{Name: h.x.taskQueue},
			TaskQueueType: enumspb.TASK_QUEUE_TYPE_WORKFLOW,
		})
		if err != nil {
			return fmt.Errorf("describing the task queue: %w", err)
		}
		has, want := q.GetVersioningInfo(), d.Info.RoutingConfig
		if has.GetCurrentDeploymentVersion().GetBuildId() == buildID(want.CurrentVersion) &&
			has.GetRampingDeploymentVersion().GetBuildId() == buildID(want.RampingVersion) &&
			has.GetRampingVersionPercentage() == want.RampingVersionPercentage {
			return nil
		}
		if err := pause(ctx); err != nil {
			return fmt.Errorf("waiting for the routing to reach the task queue: %w", err)
		}
	}
}

func buildID(v *worker.WorkerDeploymentVersion) string {
	if v == nil {
		return ""
	}
	return v.BuildID
}
