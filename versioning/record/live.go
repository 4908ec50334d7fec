package record

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"golang.org/x/sync/errgroup"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// observers is the number of executions observed at a time. They wait for the
// service most of the time.
const observers = 8

// Live observes what live Workers do with executions that are open when the code changes. It uses
// each scenario whose Plan is versioning.Observed, and each pair of stages with a transition
// between them, deploys and rollbacks alike. With Control it also pairs each stage with itself. The
// first stage leaves the execution open, and its Worker is swapped for the Worker of the second
// stage. Then the execution gets a Workflow Task. One observation has a Workflow Task that closes
// the workflow, another has one that does not. Live does not use Options.Stages, Dir or Accept.
// Progress gets the name of each observation.
//
// Live writes no file. Write its result with history.WriteLive, as the file history.LiveFile beside
// the recordings. The command finds the file there.
//
// The observations are in the order of scenarios and stages. An error names the observation. If the
// context is cancelled, all observations stop.
func Live(ctx context.Context, f *versioning.Family, opts Options) (*history.Live, error) {
	r, err := newRecorder(ctx, f, opts)
	if err != nil {
		return nil, err
	}
	planned := planLive(f)
	live := &history.Live{SDKVersion: temporal.SDKVersion, ServerVersion: r.serverVersion,
		Observations: make([]history.Observation, len(planned))}
	var reporting sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(observers)
	for i, p := range planned {
		group.Go(func() error {
			o, seen, err := r.observe(ctx, p)
			for again := 0; errors.Is(err, errTaskLost) && again < 2; again++ {
				o, seen, err = r.observe(ctx, p)
			}
			if err != nil {
				return fmt.Errorf("observing %s/%s: %w", f.Name, p.name(), err)
			}
			live.Observations[i] = o
			reporting.Lock()
			defer reporting.Unlock()
			if opts.Observed != nil {
				opts.Observed(o, seen)
			}
			if opts.Progress != nil {
				opts.Progress(Attempt{Name: p.name()})
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return live, nil
}

// A swap is one observation to be made.
type swap struct {
	execution // of the first stage
	finish    versioning.Drive
	to        versioning.Stage
	task      history.TaskKind
}

func (s swap) name() string {
	return fmt.Sprintf("%s+%s.%s.%s-task", s.first().Name, s.to.Name, s.scenario.Name, s.task)
}

func planLive(f *versioning.Family) (swaps []swap) {
	for _, sc := range f.Scenarios {
		plan, ok := sc.Plan.(versioning.Observed)
		if !ok {
			continue
		}
		for _, e := range executionsOf(f, sc) {
			from := e.first().Name
			for _, to := range f.Stages {
				if from == to.Name && !plan.Control || !f.Transition(from, to.Name) {
					continue
				}
				for _, task := range []history.TaskKind{history.ClosingTask, history.OtherTask} {
					swaps = append(swaps, swap{e, plan.Finish, to, task})
				}
			}
		}
	}
	return swaps
}

// unknownSignal makes a workflow task in which the workflow has nothing to do.
const unknownSignal = "a signal that the workflow does not wait for"

func (r *recorder) observe(ctx context.Context, s swap) (history.Observation, *history.Recording, error) {
	o := history.Observation{Scenario: s.scenario.Name, From: s.first().Name, To: s.to.Name, Task: s.task}
	ctx, cancel := context.WithTimeoutCause(ctx, r.Timeout,
		fmt.Errorf("the observation was not done within %v", r.Timeout))
	defer cancel()

	x, err := r.begin(ctx, r.family.Name+"/"+s.name(), s.execution)
	if err != nil {
		return o, nil, err
	}
	defer x.end(ctx)
	if drive := s.turns[0].drive; drive != nil {
		if err := drive(ctx, x.driver(), x.run); err != nil {
			return o, nil, fmt.Errorf("driving the scenario: %w", err)
		}
	}
	if err := x.awaitEnding(ctx, s.scenario); err != nil {
		return o, nil, err
	}
	if err := x.leaveUnattended(ctx, s.withoutWorker); err != nil {
		return o, nil, err
	}
	before, err := x.history(ctx)
	if err != nil {
		return o, nil, err
	}

	activities, act := s.activities(s.turns[0]), versioning.Drive(sendUnknownSignal)
	if s.withoutWorker != nil {
		act = nil
	}
	if s.task == history.ClosingTask {
		act = s.finish
		if act == nil {
			activities = s.to.RegisterActivities
		}
	}
	if err := x.swap(ctx, s.to, activities); err != nil {
		return o, nil, err
	}
	if act != nil {
		if err := act(ctx, x.driver(), x.run); err != nil {
			return o, nil, fmt.Errorf("giving the execution a workflow task: %w", err)
		}
	}
	if err := x.awaitOutcome(ctx, int64(len(before.GetEvents())), &o); err != nil {
		return o, nil, err
	}
	seen := r.recording(s.execution, x.run)
	seen.Lineage = append(slices.Clip(seen.Lineage), s.to.Name)
	seen.History, err = x.history(ctx)
	scrub(seen.History)
	return o, seen, err
}

func sendUnknownSignal(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	return c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), unknownSignal, nil)
}
