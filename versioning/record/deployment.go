package record

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// buildOf is the build ID that the stage's workers tell the service.
func buildOf(s versioning.Stage) string {
	if s.BuildID != "" {
		return s.BuildID
	}
	return s.Name
}

func (x *observed) deploymentOptions(s versioning.Stage) worker.DeploymentOptions {
	name := x.family.Name
	if s.BuildID != "" {
		name = x.deployment()
	}
	return worker.DeploymentOptions{
		UseVersioning: s.BuildID != "",
		Version:       worker.WorkerDeploymentVersion{DeploymentName: name, BuildID: buildOf(s)},
	}
}

// deployment is the name of the Worker Deployment of this execution alone, so
// that no other one is routed by what its scenario does. A name holds no dot and
// no colon (ValidateDeploymentVersionFields in the server's
// common/worker_versioning/worker_versioning.go).
func (x *observed) deployment() string {
	return strings.NewReplacer(".", "/", ":", "/").Replace(x.taskQueue)
}

// A fleet is the workers of all stages, which stop together.
type fleet struct {
	worker.Worker
	others []worker.Worker
}

func (f fleet) Stop() {
	for _, w := range append(f.others, f.Worker) {
		w.Stop()
	}
}

// startWorkers starts what runs the execution in its first turn. Where stages of a
// family with builds execute it in turn that is the workers of all stages, since a
// version can only be set current, ramped or moved to when it has workers.
func (x *observed) startWorkers(ctx context.Context, e execution) error {
	if !x.family.HasBuilds() || !e.inTurn {
		if err := x.startWorker(e.first(), e.activities(e.turns[0])); err != nil {
			return err
		}
	} else if err := x.startFleet(e); err != nil {
		return err
	}
	err := x.setCurrent(ctx, e.first())
	if _, all := x.worker.(fleet); all && err == nil {
		err = x.awaitVersions(ctx)
	}
	if err != nil {
		x.worker.Stop()
	}
	return err
}

// awaitVersions waits until the service knows the versions of all stages.
func (x *observed) awaitVersions(ctx context.Context) error {
	handle := x.Client.WorkerDeploymentClient().GetHandle(x.deployment())
	for _, s := range x.family.Stages {
		for {
			_, err := handle.DescribeVersion(ctx, client.WorkerDeploymentDescribeVersionOptions{BuildID: s.BuildID})
			if err == nil {
				break
			}
			if !isUnknown(err) || pause(ctx) != nil {
				return fmt.Errorf("describing build %s: %w", s.BuildID, err)
			}
		}
	}
	return nil
}

// isUnknown reports whether the service has not heard of a version yet, which
// it does from the polls of its workers.
func isUnknown(err error) bool {
	var notFound *serviceerror.NotFound
	var precondition *serviceerror.FailedPrecondition
	return errors.As(err, &notFound) || errors.As(err, &precondition)
}

func (x *observed) startFleet(e execution) error {
	var all fleet
	for _, s := range x.family.Stages {
		if err := x.startWorker(s, e.activities(turn{stage: s})); err != nil {
			if all.Worker != nil {
				all.Stop()
			}
			return err
		}
		if all.Worker != nil {
			all.others = append(all.others, all.Worker)
		}
		all.Worker = x.worker
	}
	x.worker = all
	return nil
}

// setCurrent makes the stage's version the current one, with no ramp beside it,
// and returns when the tasks of the execution are routed so. In a family without
// builds there is nothing to do.
func (x *observed) setCurrent(ctx context.Context, s versioning.Stage) error {
	if s.BuildID == "" {
		return nil
	}
	handle := x.driver().WorkerDeploymentClient().GetHandle(x.deployment())
	for {
		_, err := handle.SetCurrentVersion(ctx, client.WorkerDeploymentSetCurrentVersionOptions{BuildID: s.BuildID})
		if err == nil {
			break
		}
		if !isUnknown(err) || pause(ctx) != nil {
			return fmt.Errorf("setting build %s current: %w", s.BuildID, err)
		}
	}
	d, err := handle.Describe(ctx, client.WorkerDeploymentDescribeOptions{})
	if err != nil {
		return fmt.Errorf("describing the Worker Deployment: %w", err)
	}
	if d.Info.RoutingConfig.RampingVersion == nil {
		return nil
	}
	// Left by an earlier recording of this execution on the same service.
	if _, err := handle.SetRampingVersion(ctx, client.WorkerDeploymentSetRampingVersionOptions{}); err != nil {
		return fmt.Errorf("ending the ramp: %w", err)
	}
	return nil
}

func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(20 * time.Millisecond):
		return nil
	}
}
