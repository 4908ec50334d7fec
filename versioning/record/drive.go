package record

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	enumspb "go.temporal.io/api/enums/v1"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// drive runs one execution under its stages and returns its history. When time
// is up or the caller has cancelled, the error says so before it says what was
// being done.
func (r *recorder) drive(ctx context.Context, e execution) (*history.Recording, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, r.Timeout,
		fmt.Errorf("the execution did not get where its scenario leaves it within %v", r.Timeout))
	defer cancel()
	rec, err := r.run(ctx, e)
	if cause := context.Cause(ctx); err != nil && cause != nil && !errors.Is(err, cause) {
		err = fmt.Errorf("%w (%w)", cause, err)
	}
	return rec, err
}

func (r *recorder) run(ctx context.Context, e execution) (*history.Recording, error) {
	// The name of the recording makes the task queue its own, so that no other
	// worker of the service can take a task of this execution.
	name := r.family.Name + "/" + e.name()

	w, err := r.startWorker(name, e.stages[0], e.scenario, e.isJourney())
	if err != nil {
		return nil, err
	}
	defer func() { w.Stop() }()

	run, err := r.Client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:                       name,
		TaskQueue:                name,
		WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING,
	}, typeOf(r.family, e.scenario), e.scenario.Input...)
	if err != nil {
		return nil, fmt.Errorf("starting the execution: %w", err)
	}
	defer r.terminate(ctx, run)

	x := &observed{client: r.Client, run: run}
	if err := x.awaitFirstTask(ctx); err != nil {
		return nil, err
	}
	for i, s := range e.stages[1:] {
		w.Stop()
		if err := x.resetSticky(ctx, r.Namespace); err != nil {
			return nil, err
		}
		lastStage := i == len(e.stages)-2
		if w, err = r.startWorker(name, s, e.scenario, !lastStage); err != nil {
			return nil, err
		}
	}
	if e.scenario.Drive != nil {
		if err := e.scenario.Drive(ctx, r.Client, run); err != nil {
			return nil, fmt.Errorf("driving the scenario: %w", err)
		}
	}
	if err := x.awaitEnding(ctx, e.scenario); err != nil {
		return nil, err
	}

	rec := r.recording(e, run)
	if rec.History, err = x.history(ctx); err != nil {
		return nil, err
	}
	scrub(rec.History)
	return rec, nil
}

// startWorker starts a live worker of the stage. The build ID is the stage's
// name, so that the history says which stage completed which workflow task.
func (r *recorder) startWorker(taskQueue string, s versioning.Stage, sc versioning.Scenario, parked bool) (worker.Worker, error) {
	activities := s.RegisterActivities
	switch {
	case parked || sc.WithoutActivities:
		activities = nil
	case sc.Activities != nil:
		activities = sc.Activities
	}
	w := worker.New(r.Client, taskQueue, worker.Options{
		Identity:                identity,
		LocalActivityWorkerOnly: activities == nil,
		DeploymentOptions: worker.DeploymentOptions{
			Version: worker.WorkerDeploymentVersion{DeploymentName: r.family.Name, BuildID: s.Name},
		},
	})
	s.Register(w)
	if activities != nil {
		activities(w)
	}
	if err := w.Start(); err != nil {
		return nil, fmt.Errorf("starting the worker of stage %s: %w", s.Name, err)
	}
	return w, nil
}

// terminate leaves nothing open on the service, also after Ctrl-C. The
// execution may have closed already, so the error says nothing of interest.
func (r *recorder) terminate(ctx context.Context, run client.WorkflowRun) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_ = r.Client.TerminateWorkflow(ctx, run.GetID(), "", "its history is recorded")
}
