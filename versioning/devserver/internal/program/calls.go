package program

import (
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

const (
	// ActivityQueue is the task queue of all activities. No Worker polls it: the driver completes
	// them by their IDs.
	ActivityQueue = "activities"
	// ChildQueue is the task queue of all child workflows.
	ChildQueue = "children"
	// patience is a timeout that nothing reaches.
	patience = time.Hour
)

func (r *run) activity(ctx workflow.Context, s *Step, name, argument string) getter {
	r.called(ctx, s, Call{Does: CallsActivity, Name: name, Value: argument})
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		TaskQueue:           ActivityQueue,
		StartToCloseTimeout: patience,
		RetryPolicy:         &temporal.RetryPolicy{MaximumAttempts: 1},
	})
	return getter{ctx, workflow.ExecuteActivity(ctx, name, argument)}
}

func (r *run) local(ctx workflow.Context, s *Step) getter {
	r.ran(ctx, s)
	r.called(ctx, s, Call{Does: CallsLocalActivity, Name: s.Name, Value: r.value(s)})
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
		StartToCloseTimeout: patience,
		RetryPolicy:         &temporal.RetryPolicy{MaximumAttempts: 1},
	})
	return getter{ctx, workflow.ExecuteLocalActivity(ctx, s.Name, r.value(s))}
}

func (r *run) child(ctx workflow.Context, s *Step, onClose enumspb.ParentClosePolicy) getter {
	options := workflow.ChildWorkflowOptions{TaskQueue: ChildQueue, ParentClosePolicy: onClose}
	if s.Flag {
		options.WorkflowID = workflow.GetInfo(ctx).WorkflowExecution.ID + "/" + s.Name
	}
	ctx = workflow.WithChildOptions(ctx, options)
	child := workflow.ExecuteChildWorkflow(ctx, s.Name, r.value(s))
	r.called(ctx, s, Call{Does: CallsChild, Name: s.Name, Value: r.value(s), Option: fmt.Sprint(onClose, s.Flag), Refused: child.IsReady()})
	return getter{ctx, child}
}

// handle sets the handler of an update. The handler returns the last value.
func (r *run) handle(ctx workflow.Context, s *Step) error {
	r.called(ctx, s, Call{Does: Handles, Name: s.Name})
	return workflow.SetUpdateHandler(ctx, s.Name, func(ctx workflow.Context, argument string) (string, error) {
		ctx = beside(ctx)
		r.called(ctx, s, Call{Does: Accepts, Name: s.Name})
		r.got(argument)
		err := r.steps(ctx, s.Blocks[0])
		r.updates++
		r.ended = nil
		if err == errReturn {
			err = nil
		}
		r.called(ctx, s, Call{Does: Answers, Name: s.Name, Value: r.last, Option: fmt.Sprint(err)})
		return r.last, err
	})
}

// choose waits for the first case of a Select.
func (r *run) choose(ctx workflow.Context, s *Step) error {
	selector := workflow.NewSelector(ctx)
	stop := func() {}
	chosen := -1
	if s.Duration > 0 {
		timerCtx := ctx
		cancel := workflow.CancelFunc(func() {})
		if s.Flag {
			timerCtx, cancel = workflow.WithCancel(ctx)
		}
		r.called(ctx, s, Call{Does: StartsTimer, Value: s.Duration.String()})
		timer := workflow.NewTimer(timerCtx, s.Duration)
		stop = func() {
			if s.Flag {
				r.cancels(ctx, s, CancelsTimer, timer)
			}
			cancel()
		}
		selector.AddFuture(timer, func(f workflow.Future) {
			chosen = 0
			r.note("timed out", f.Get(ctx, nil))
		})
	}
	if s.Name != "" {
		selector.AddReceive(workflow.GetSignalChannel(ctx, s.Name), func(c workflow.ReceiveChannel, _ bool) {
			chosen = 1
			r.take(s, func(to any) { c.Receive(ctx, to) })
		})
	}
	if s.Value != "" {
		running := r.activity(ctx, s, s.Value, r.last)
		selector.AddFuture(running.future, func(workflow.Future) {
			chosen = 2
			r.get(s, running)
		})
	}
	r.called(ctx, s, Call{Does: Asks, Name: s.Name})
	selector.Select(ctx)
	if chosen != 0 {
		stop()
	}
	return r.steps(ctx, s.Blocks[chosen])
}

// fork runs each block in a coroutine, and waits for all.
func (r *run) fork(ctx workflow.Context, s *Step) {
	r.called(ctx, s, Call{Does: Asks})
	if !s.Flag {
		wg := workflow.NewWaitGroup(ctx)
		for _, block := range s.Blocks {
			wg.Add(1)
			workflow.Go(ctx, func(ctx workflow.Context) {
				defer wg.Done()
				r.branch(ctx, block)
			})
		}
		wg.Wait(ctx)
		return
	}
	done := workflow.NewChannel(ctx)
	for i, block := range s.Blocks {
		workflow.Go(ctx, func(ctx workflow.Context) {
			r.branch(ctx, block)
			done.Send(ctx, i)
		})
	}
	for range s.Blocks {
		done.Receive(ctx, nil)
	}
}

// branch runs a block whose error ends the block alone.
func (r *run) branch(ctx workflow.Context, block []Step) {
	if err := r.steps(beside(ctx), block); err != nil {
		r.ended = nil
		r.taken = append(r.taken, "ended")
	}
}

// cancelled runs a block beside something that is cancelled after it.
func (r *run) cancelled(ctx workflow.Context, s *Step) error {
	scope, cancel := workflow.WithCancel(ctx)
	var started workflow.Future
	if s.Name == "" {
		r.called(scope, s, Call{Does: StartsTimer, Value: s.Duration.String()})
		started = workflow.NewTimer(scope, s.Duration)
	} else {
		started = r.activity(scope, s, s.Name, r.value(s)).future
	}
	err := r.steps(ctx, s.Blocks[0])
	if s.Name == "" {
		r.cancels(scope, s, CancelsTimer, started)
	} else {
		r.cancels(scope, s, CancelsActivity, started)
	}
	cancel()
	if err == nil {
		r.note("finished", started.Get(ctx, nil))
	}
	return err
}
