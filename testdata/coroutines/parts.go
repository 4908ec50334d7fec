package coroutines

import (
	"errors"
	"time"

	"go.temporal.io/sdk/workflow"
)

// charge waits for the activity.
func charge(ctx workflow.Context, amount int) (charged int) {
	must(workflow.ExecuteActivity(ctx, Charge, amount).Get(ctx, &charged))
	return charged
}

// inTheMiddle is the amount that stages change.
func (v values) inTheMiddle(i int) int {
	if i == 1 {
		return v.middle
	}
	return 10 * i
}

// coroutines makes calls of all kinds in three coroutines.
func (v values) coroutines(ctx workflow.Context) (results []any) {
	group := workflow.NewWaitGroup(ctx)
	for _, i := range v.order {
		group.Add(1)
		workflow.GoNamed(ctx, "charger", func(ctx workflow.Context) {
			defer group.Done()
			results = append(results, charge(ctx, v.inTheMiddle(i)))
			must(workflow.Sleep(ctx, v.moment))
			var locally, drawn int
			must(workflow.ExecuteLocalActivity(ctx, Charge, v.inTheMiddle(i)).Get(ctx, &locally))
			must(workflow.SideEffect(ctx, func(workflow.Context) any { return i }).Get(&drawn))
			results = append(results, locally, drawn)
		})
	}
	group.Wait(ctx)
	return results
}

// selector starts another activity for each of the first three that completes.
func (v values) selector(ctx workflow.Context) (results []any) {
	s := workflow.NewSelector(ctx)
	for _, i := range v.order {
		s.AddFuture(workflow.ExecuteActivity(ctx, Charge, v.inTheMiddle(i)), func(workflow.Future) {
			results = append(results, charge(ctx, 100+v.inTheMiddle(i)))
		})
	}
	s.AddReceive(workflow.GetSignalChannel(ctx, "never"), func(workflow.ReceiveChannel, bool) {})
	for range v.order {
		s.Select(ctx)
	}
	return results
}

// mutex makes two calls in each coroutine while it holds the mutex.
func (v values) mutex(ctx workflow.Context) (results []any) {
	mutex, group := workflow.NewMutex(ctx), workflow.NewWaitGroup(ctx)
	for _, i := range v.order {
		group.Add(1)
		workflow.Go(ctx, func(ctx workflow.Context) {
			defer group.Done()
			must(mutex.Lock(ctx))
			defer mutex.Unlock()
			results = append(results, charge(ctx, v.inTheMiddle(i)))
			must(workflow.Sleep(ctx, v.moment))
		})
	}
	group.Wait(ctx)
	return results
}

// semaphore lets two coroutines run at a time.
func (v values) semaphore(ctx workflow.Context) (results []any) {
	semaphore, group := workflow.NewSemaphore(ctx, 2), workflow.NewWaitGroup(ctx)
	for _, i := range v.order {
		group.Add(1)
		workflow.Go(ctx, func(ctx workflow.Context) {
			defer group.Done()
			must(semaphore.Acquire(ctx, 1))
			defer semaphore.Release(1)
			results = append(results, charge(ctx, v.inTheMiddle(i)))
		})
	}
	group.Wait(ctx)
	return results
}

// await waits for what another coroutine does, for what is so already, and for
// what never will be. The timers of the first two are cancelled.
func (v values) await(ctx workflow.Context) []any {
	charged := 0
	workflow.Go(ctx, func(ctx workflow.Context) { charged = charge(ctx, v.middle) })
	first, err := workflow.AwaitWithTimeout(ctx, v.patience, func() bool { return charged > 0 })
	must(err)
	second, err := workflow.AwaitWithTimeout(ctx, v.patience, func() bool { return true })
	must(err)
	third, err := workflow.AwaitWithTimeout(ctx, v.moment, func() bool { return false })
	must(err)
	must(workflow.Await(ctx, func() bool { return charged > 0 }))
	return []any{first, second, third, charge(ctx, charged)}
}

// cancelledBefore makes calls with a context that is cancelled already. A timer
// and an activity have their events nevertheless, and behind each that of its
// cancellation; a local activity has its marker. Only the child has none.
func (v values) cancelledBefore(ctx workflow.Context) []any {
	first := charge(ctx, 10)
	doomed, cancel := workflow.WithCancel(ctx)
	cancel()
	timer := workflow.NewTimer(doomed, time.Duration(v.before)*time.Hour)
	activity := workflow.ExecuteActivity(doomed, Charge, v.before)
	local := workflow.ExecuteLocalActivity(doomed, Charge, v.before)
	child := workflow.ExecuteChildWorkflow(doomed, Child, v.before)
	second := charge(ctx, v.middle)
	return []any{first, second, failed(ctx, timer), failed(ctx, activity), failed(ctx, local), failed(ctx, child)}
}

// cancelledUnsent cancels calls in the Workflow Task in which they are made.
// Their commands are sent all the same, and those that cancel them behind the
// calls that were made in between.
func (v values) cancelledUnsent(ctx workflow.Context) []any {
	before := workflow.ExecuteActivity(ctx, Charge, 10)
	doomed, cancel := workflow.WithCancel(ctx)
	timer := workflow.NewTimer(doomed, time.Duration(v.unsent)*time.Hour)
	activity := workflow.ExecuteActivity(doomed, Charge, v.unsent)
	local := workflow.ExecuteLocalActivity(doomed, Charge, v.unsent)
	child := workflow.ExecuteChildWorkflow(doomed, Child, v.unsent)
	signal := workflow.SignalExternalWorkflow(doomed, "nobody", "", "hello", v.unsent)
	between := workflow.ExecuteActivity(ctx, Charge, v.middle)
	cancel()
	after := workflow.ExecuteActivity(ctx, Charge, 30)

	var amounts [3]int
	must(before.Get(ctx, &amounts[0]))
	must(between.Get(ctx, &amounts[1]))
	must(after.Get(ctx, &amounts[2]))
	return []any{amounts, failed(ctx, timer), failed(ctx, activity), failed(ctx, local), failed(ctx, child), failed(ctx, signal)}
}

// cancelledLater cancels calls when they have events: a timer, an activity that
// no worker takes, and a child.
func (v values) cancelledLater(ctx workflow.Context) []any {
	doomed, cancel := workflow.WithCancel(ctx)
	timer := workflow.NewTimer(doomed, time.Duration(v.cancelled)*time.Hour)
	activity := workflow.ExecuteActivity(workflow.WithTaskQueue(doomed, "nobody"), Charge, v.cancelled)
	child := workflow.ExecuteChildWorkflow(doomed, Child, v.cancelled)
	must(child.GetChildWorkflowExecution().Get(ctx, nil))
	first := charge(ctx, v.middle)
	cancel()
	second := charge(ctx, 20)
	return []any{first, second, failed(ctx, timer), failed(ctx, activity), failed(ctx, child)}
}

// loop charges again and again: only the place tells the calls apart.
func (v values) loop(ctx workflow.Context) (results []any) {
	for i := range 20 {
		amount := i
		if i == 10 {
			amount = v.middle
		}
		results = append(results, charge(ctx, amount))
	}
	return results
}

// session runs its activities in the Task Queue of one worker, whose name is in
// the signal that begins the session.
func (v values) session(ctx workflow.Context) []any {
	session, err := workflow.CreateSession(ctx, &workflow.SessionOptions{
		CreationTimeout:  time.Minute,
		ExecutionTimeout: time.Minute,
	})
	must(err)
	defer workflow.CompleteSession(session)
	return []any{charge(session, 10), charge(session, v.middle)}
}

// alike makes calls that nothing but their values and their places tell apart.
func (v values) alike(ctx workflow.Context) (results []any) {
	draw := func(i int) {
		var drawn int
		must(workflow.SideEffect(ctx, func(workflow.Context) any { return i }).Get(&drawn))
		results = append(results, drawn)
	}
	if v.without != "side effect" {
		draw(1)
	}
	charge(ctx, 10)
	draw(2)
	charge(ctx, v.middle)
	var charged workflow.Future
	if v.lastFirst {
		charged = workflow.ExecuteActivity(ctx, Charge, 30)
	}
	for i := range 3 {
		if (i != 1 || v.without != "timer") && !(i == 0 && v.lastFirst) {
			workflow.NewTimer(ctx, time.Duration(1+i)*time.Hour)
		}
		if i != 1 || v.without != "memo" {
			must(workflow.UpsertMemo(ctx, map[string]any{"number": i}))
		}
	}
	draw(3)
	if !v.lastFirst {
		return append(results, charge(ctx, 30))
	}
	workflow.NewTimer(ctx, time.Hour)
	var amount int
	must(charged.Get(ctx, &amount))
	return append(results, amount)
}

// handlers makes calls for each signal and each update.
func (v values) handlers(ctx workflow.Context) (results []any) {
	must(workflow.SetUpdateHandler(ctx, "charge", func(ctx workflow.Context, i int) (int, error) {
		ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
		must(workflow.Sleep(ctx, v.moment))
		return charge(ctx, v.inTheMiddle(i)), nil
	}))
	amounts, group := workflow.GetSignalChannel(ctx, "amount"), workflow.NewWaitGroup(ctx)
	group.Add(1)
	workflow.Go(ctx, func(ctx workflow.Context) {
		defer group.Done()
		for range v.order {
			var i int
			amounts.Receive(ctx, &i)
			group.Add(1)
			workflow.Go(ctx, func(ctx workflow.Context) {
				defer group.Done()
				results = append(results, charge(ctx, 100+v.inTheMiddle(i)))
			})
		}
	})
	workflow.GetSignalChannel(ctx, "finish").Receive(ctx, nil)
	group.Wait(ctx)
	must(workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) }))
	return results
}

// failed reports whether the call has failed, as one that is cancelled does.
func failed(ctx workflow.Context, call workflow.Future) bool { return call.Get(ctx, nil) != nil }

func must(err error) {
	if err != nil {
		panic(errors.Join(errors.New("a call that cannot fail"), err))
	}
}
