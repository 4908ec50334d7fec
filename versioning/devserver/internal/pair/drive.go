package pair

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/serviceerror"
	updatepb "go.temporal.io/api/update/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

// furthest is the last Workflow Task after which the Worker is swapped.
const furthest = 6

// errClosed reports that the execution has closed before its waiting point.
var errClosed = errors.New("the execution has closed")

// An execution is one of an old program.
type execution struct {
	*Bench
	// ctx ends with the execution.
	ctx context.Context
	old *program.Program
	run client.WorkflowRun
	// updates is the number of updates that were sent; answered is closed for each that has an
	// answer.
	updates  int
	answered []chan struct{}
	// request is the last update that was sent.
	request *updatepb.Request
	// news are those of the last Workflow Task, and last is what brought the last of them.
	news []News
	last act
	// waiting is the number of the last event of a completed Workflow Task at the waiting point.
	waiting int
}

// Run runs the pair. The error is one of the oracle, not of the pair: ErrNothing where the program
// has no waiting point, ErrRaced where the service has not done one thing after the other.
func (b *Bench) Run(ctx context.Context, p Pair) (*Swapped, error) {
	r := p.random(streamOfRuns)
	stop := 1 + r.IntN(furthest)
	for attempt := 0; ; attempt++ {
		swapped, reached, err := b.swap(ctx, p, r, stop, attempt)
		if late := (*serviceerror.DeadlineExceeded)(nil); errors.As(err, &late) && ctx.Err() == nil {
			return nil, fmt.Errorf("%w: %w", ErrRaced, err) // the machine is busy
		}
		if !errors.Is(err, errClosed) {
			return swapped, err
		}
		if reached <= 1 {
			return nil, ErrNothing
		}
		stop = 1 + r.IntN(reached-1)
	}
}

// ErrNothing reports that the old program never waits.
var ErrNothing = errors.New("the program does not wait")

// ErrRaced reports that something came while a Workflow Task was under way, or that a task was lost.
var ErrRaced = errors.New("something came while the Workflow Task was under way")

// swap has the execution reach the waiting point after that many Workflow Tasks, and swaps its
// Worker there. Reached is the number of Workflow Tasks if it closes before.
func (b *Bench) swap(ctx context.Context, p Pair, r *rand.Rand, stop, attempt int) (_ *Swapped, reached int, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	x := &execution{Bench: b, ctx: ctx, old: p.Old}
	queue := fmt.Sprintf("pair/%d/%d/%d", p.Seed, p.Number, attempt)
	b.valve.open(queue)
	defer b.valve.close(queue)
	stopOld, err := startWorker(b.gated, queue, program.Stage("old", p.Old))
	if err != nil {
		return nil, 0, err
	}
	defer stopOld()
	x.run, err = b.client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: queue, TaskQueue: queue}, program.Type, "begin")
	if err != nil {
		return nil, 0, fmt.Errorf("starting the execution: %w", err)
	}
	defer x.terminate()
	if reached, err = x.reach(ctx, r, queue, stop); err != nil {
		return nil, reached, err
	}
	stopOld()
	if err := x.bringNews(ctx, r); err != nil {
		return nil, 0, err
	}
	swapped, err := x.hand(ctx, queue, "new", p.New)
	if err == nil && swapped.Outcome == GoesOn && !swapped.Untold {
		swapped.Back, err = x.takeBack(ctx, r, queue, swapped)
	}
	return swapped, 0, err
}

// hand gives a Worker of the program the one Workflow Task that is there, and tells what comes of it.
func (x *execution) hand(ctx context.Context, queue, stage string, p *program.Program) (*Swapped, error) {
	var seen ran
	x.valve.open(queue)
	stop, err := startWorker(x.gated, queue, program.Stage(stage, &program.Program{Steps: p.Steps, Ran: seen.add}))
	if err != nil {
		return nil, err
	}
	defer stop()
	// What the history has of a task that fails says more than the error.
	if err := x.valve.one(ctx, queue); errors.Is(err, ErrRaced) {
		return nil, err
	}
	swapped, err := x.watch(ctx)
	if err == nil {
		stop()
		swapped.Ran = seen.kinds // the Worker has had no other task
	}
	return swapped, err
}

// ran has what ran outside of workflow code.
type ran struct {
	mutex sync.Mutex
	kinds []program.Kind
}

func (r *ran) add(kind program.Kind) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.kinds = append(r.kinds, kind)
}

// startWorker starts a Worker without activities. The function stops it, once.
func startWorker(c client.Client, queue string, s versioning.Stage) (stop func(), err error) {
	w := worker.New(c, queue, worker.Options{LocalActivityWorkerOnly: true, MaxConcurrentWorkflowTaskPollers: 2,
		DeadlockDetectionTimeout: unhurried})
	s.Register(w)
	s.RegisterActivities(w)
	if err := w.Start(); err != nil {
		return nil, fmt.Errorf("starting the Worker of stage %s: %w", s.Name, err)
	}
	stopped := false
	return func() {
		if !stopped {
			w.Stop()
		}
		stopped = true
	}, nil
}

// reach gives the old Worker one Workflow Task after the other, until that many have completed.
func (x *execution) reach(ctx context.Context, r *rand.Rand, queue string, stop int) (reached int, err error) {
	for {
		if err := x.valve.one(ctx, queue); err != nil {
			return 0, fmt.Errorf("the old code: %w", err)
		}
		if err := x.awaitAnswers(ctx); err != nil {
			return 0, err
		}
		events, err := x.history(ctx)
		if err != nil {
			return 0, err
		}
		s := stateOf(events)
		x.waiting = len(events)
		switch {
		case s.closed:
			return s.completed, errClosed
		case s.completed >= stop:
			return s.completed, nil
		case s.scheduled || s.restless():
			continue
		}
		x.news = nil
		if err := x.bring(ctx, x.choose(r, s)); err != nil {
			return 0, err
		}
	}
}

func (x *execution) bring(ctx context.Context, a act) error {
	x.news, x.last = append(x.news, a.news), a
	if err := a.do(ctx); err != nil {
		return fmt.Errorf("bringing news (%s): %w", a.news, err)
	}
	return nil
}

// awaitAnswers waits until all updates have an answer. All Workflow Tasks have been answered.
func (x *execution) awaitAnswers(ctx context.Context) error {
	for _, answered := range x.answered {
		select {
		case <-answered:
		case <-ctx.Done():
			return fmt.Errorf("an update has no answer: %w", context.Cause(ctx))
		}
	}
	return nil
}

// bringNews brings what the next Workflow Task is about, while there is no Worker. What the service
// does by itself is waited for, so that it does not come during that task.
func (x *execution) bringNews(ctx context.Context, r *rand.Rand) error {
	x.news = nil
	s, err := x.settle(ctx)
	if err != nil {
		return err
	}
	more := 1
	if s.scheduled {
		x.news = []News{ByService}
		more = 0
	}
	// A child that has just started is mostly all that there is of children.
	if r.IntN(5) == 0 || s.scheduled && len(s.children) > 0 && r.IntN(3) == 0 {
		more++
	}
	for range more {
		a := x.choose(r, s)
		for len(x.news) > 0 && a.news == Update {
			a = x.choose(r, s) // nothing tells when it has joined the Workflow Task that is there
		}
		if err := x.bring(ctx, a); err != nil {
			return err
		}
		if s, err = x.settle(ctx); err != nil {
			return err
		}
	}
	return x.awaitTask(ctx)
}

// settle waits until the service does nothing by itself.
func (x *execution) settle(ctx context.Context) (state, error) {
	var p patience
	for {
		events, err := x.history(ctx)
		if err != nil {
			return state{}, err
		}
		s := stateOf(events)
		if !s.restless() {
			return s, nil
		}
		if err := p.wait(ctx); err != nil {
			return s, fmt.Errorf("the service does not come to rest: %w", err)
		}
	}
}

// awaitTask waits until there is a Workflow Task.
func (x *execution) awaitTask(ctx context.Context) error {
	var p patience
	for {
		d, err := x.client.DescribeWorkflowExecution(ctx, x.run.GetID(), x.run.GetRunID())
		if err != nil || d.GetPendingWorkflowTask() != nil {
			return err
		}
		if err := p.wait(ctx); err != nil {
			return fmt.Errorf("no Workflow Task for %q: %w", x.news, err)
		}
	}
}

func (x *execution) history(ctx context.Context) (events []*historypb.HistoryEvent, err error) {
	pages := x.client.GetWorkflowHistory(ctx, x.run.GetID(), x.run.GetRunID(), false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for pages.HasNext() {
		e, err := pages.Next()
		if err != nil {
			return nil, fmt.Errorf("reading the event history: %w", err)
		}
		events = append(events, e)
	}
	return events, nil
}

// terminate leaves nothing open on the service, whatever run of the execution is.
func (x *execution) terminate() {
	_ = x.client.TerminateWorkflow(context.WithoutCancel(x.ctx), x.run.GetID(), "", "the pair is done")
}

// unhurried is how long a coroutine may take: no program deadlocks, but a busy machine can keep one
// waiting for over a second.
const unhurried = time.Minute
