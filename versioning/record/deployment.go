package record

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// BuildError reports that other builds completed the workflow tasks of a
// recording than those of its lineage: the routing did not lead there.
type BuildError struct{ Want, Got []string }

func (e *BuildError) Error() string {
	return fmt.Sprintf("its workflow tasks were completed by build %s, the scenario says %s",
		strings.Join(e.Got, ", "), strings.Join(e.Want, ", "))
}

// verifyBuilds compares the builds in the events with those of the lineage.
func (r *recorder) verifyBuilds(e execution, rec *history.Recording) error {
	if !r.family.HasBuilds() {
		return nil
	}
	var want []string
	for _, name := range e.lineage() {
		s, _ := r.family.Stage(name)
		want = append(want, s.BuildID)
	}
	if got := rec.Builds(); !slices.Equal(want, got) {
		return &BuildError{Want: want, Got: got}
	}
	return nil
}

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

// startWorkers starts what runs the execution in its first turn. In a scenario
// with turns of a family with builds that is the workers of all stages, since a
// version can only be set current, ramped or moved to when it has workers.
func (x *observed) startWorkers(ctx context.Context, e execution) error {
	if !x.family.HasBuilds() || len(e.scenario.Turns) == 0 {
		if err := x.startWorker(e.stages[0], e.activities(0)); err != nil {
			return err
		}
	} else if err := x.startFleet(e); err != nil {
		return err
	}
	err := x.setCurrent(ctx, e.stages[0])
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
		same := execution{stages: []versioning.Stage{s}, scenario: e.scenario}
		if err := x.startWorker(s, same.activities(0)); err != nil {
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

// atOnce is the number of executions to record at a time. With builds most of
// the time is spent waiting for the routing, which the service writes for many
// task queues in one batch.
func atOnce(f *versioning.Family) int {
	if f.HasBuilds() {
		return 4
	}
	return 1
}

// inBackground starts the function and returns how to wait for what it gives.
func inBackground(do func() (Outcome, error)) func() (Outcome, error) {
	var outcome Outcome
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		outcome, err = do()
	}()
	return func() (Outcome, error) {
		<-done
		return outcome, err
	}
}

func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(20 * time.Millisecond):
		return nil
	}
}

// continueAsNewInterval is how long a run must last for the service to begin the
// next one at once: its setting history.workflowIdReuseMinimalInterval.
const continueAsNewInterval = time.Second

// awaitRest waits, in a family with builds, until the execution has done what it
// can do by itself. What comes while it is busy would meet it now on one side of
// a change of the routing, now on the other.
func (x *observed) awaitRest(ctx context.Context, e execution, turn int) error {
	if !x.family.HasBuilds() {
		return nil
	}
	if err := x.awaitQuiet(ctx, !e.scenario.WithoutActivities); err != nil {
		return err
	}
	d, err := x.Client.DescribeWorkflowExecution(ctx, x.run.GetID(), x.run.GetRunID())
	if err != nil {
		return fmt.Errorf("describing the execution: %w", err)
	}
	x.rest = d.GetWorkflowExecutionInfo().GetHistoryLength()
	// The service lets the first task of a new run wait if the old one has not
	// lasted that long, and writes the time into the history.
	age := time.Since(d.GetWorkflowExecutionInfo().GetStartTime().AsTime())
	if e.newRun(turn) && age < continueAsNewInterval {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(continueAsNewInterval - age):
		}
	}
	return nil
}

// follow waits until the execution continues as new, and goes on with the new
// run.
func (x *observed) follow(ctx context.Context) error {
	var newRun string
	var got versioning.Ending
	err := x.await(ctx, func(e *historypb.HistoryEvent) (closed bool) {
		newRun = e.GetWorkflowExecutionContinuedAsNewEventAttributes().GetNewExecutionRunId()
		got, closed = endings[e.GetEventType()]
		return closed
	})
	if err != nil {
		return err
	}
	if newRun == "" {
		return &EndingError{Want: versioning.ContinuedAsNew, Got: got}
	}
	x.run, x.events, x.rest = x.Client.GetWorkflow(ctx, x.run.GetID(), newRun), nil, 0
	return nil
}
