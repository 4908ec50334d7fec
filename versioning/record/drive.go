package record

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.temporal.io/sdk/client"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"

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
	// The service knows the deadline too, and can be the first to say that it has passed.
	var passed *serviceerror.DeadlineExceeded
	if deadline, _ := ctx.Deadline(); errors.As(err, &passed) && time.Until(deadline) < time.Second {
		<-ctx.Done()
	}
	if cause := context.Cause(ctx); err != nil && cause != nil && !errors.Is(err, cause) {
		err = fmt.Errorf("%w (%w)", cause, err)
	}
	return rec, err
}

// workflowID is that of the execution, and its task queue too.
func (r *recorder) workflowID(e execution) string { return r.family.Name + "/" + e.name() }

func (r *recorder) run(ctx context.Context, e execution) (*history.Recording, error) {
	x, err := r.begin(ctx, r.workflowID(e), e)
	if err != nil {
		return nil, err
	}
	defer x.end(ctx)
	for i, t := range e.turns {
		if i > 0 {
			if err := x.swap(ctx, t.stage, e.activities(t)); err != nil {
				return nil, err
			}
		}
		if t.drive == nil {
			continue
		}
		if err := x.awaitRest(ctx, e, t); err != nil {
			return nil, err
		}
		if err := t.drive(ctx, x.driver(), x.run); err != nil {
			return nil, fmt.Errorf("driving the scenario: %w", err)
		}
		if t.newRun {
			if err := x.follow(ctx); err != nil {
				return nil, err
			}
		}
		switch {
		case t.fails:
			err = x.awaitFailedTask(ctx)
		case i < len(e.turns)-1, t.newRun:
			err = x.awaitTaskOf(ctx, t.stage)
		}
		if err != nil {
			return nil, err
		}
	}
	if e.lastRun {
		if err := x.followLastRun(ctx); err != nil {
			return nil, err
		}
	}
	if err := x.awaitEnding(ctx, e.scenario); err != nil {
		return nil, err
	}
	if err := x.leaveUnattended(ctx, e.withoutWorker); err != nil {
		return nil, err
	}

	rec := r.recording(e, x.run)
	if rec.History, err = x.history(ctx); err != nil {
		return nil, err
	}
	scrub(rec.History)
	return rec, r.verifyBuilds(e, rec)
}

// begin starts a worker of the first stage and the execution, and returns when
// the first workflow task has completed. The name makes the task queue its own,
// so that no other worker of the service can take a task of this execution.
func (r *recorder) begin(ctx context.Context, name string, e execution) (*observed, error) {
	x := &observed{recorder: r, taskQueue: name, prefer: e.prefer}
	if err := x.startWorkers(ctx, e); err != nil {
		return nil, err
	}
	options := client.StartWorkflowOptions{
		WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING,
	}
	if e.scenario.Start != nil {
		e.scenario.Start(&options)
	}
	options.ID, options.TaskQueue = name, name
	run, err := r.Client.ExecuteWorkflow(ctx, options, r.family.TypeOf(e.scenario), e.scenario.Input...)
	if err != nil {
		x.stop()
		return nil, fmt.Errorf("starting the execution: %w", err)
	}
	x.run = run
	if err := x.awaitFirstTask(ctx); err != nil {
		x.end(ctx)
		return nil, err
	}
	return x, nil
}

// swap stops the worker and starts one of the stage. In a family with builds
// it then sets the stage's version current, as an operator does; while the
// workers of all stages run, there is nothing to swap.
func (x *observed) swap(ctx context.Context, s versioning.Stage, activities registerActivities) error {
	if _, all := x.worker.(fleet); all {
		return nil
	}
	x.stop()
	if err := x.resetSticky(ctx); err != nil {
		return err
	}
	if err := x.startWorker(s, activities); err != nil {
		return err
	}
	return x.setCurrent(ctx, s)
}

// leaveUnattended stops the worker and lets the scenario act without one, if it does. It
// waits until the service has forgotten the worker, so that the next one gets the
// workflow task at once.
func (x *observed) leaveUnattended(ctx context.Context, act versioning.Drive) error {
	if act == nil {
		return nil
	}
	x.stop()
	if err := x.resetSticky(ctx); err != nil {
		return err
	}
	if err := act(ctx, x.driver(), x.run); err != nil {
		return fmt.Errorf("driving the scenario without a worker: %w", err)
	}
	return nil
}

// stop stops the worker, once.
func (x *observed) stop() {
	if x.worker != nil {
		x.worker.Stop()
		x.worker = nil
	}
}

// end stops the worker and leaves nothing open on the service, also after
// Ctrl-C. The execution may have closed already, so the error says nothing of
// interest.
func (x *observed) end(ctx context.Context) {
	x.stop()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_ = x.Client.TerminateWorkflow(ctx, x.run.GetID(), "", "its history is recorded")
}
