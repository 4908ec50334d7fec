package trace

import (
	"strconv"
	"time"

	"go.temporal.io/sdk/workflow"
)

// Go starts every coroutine of the workflow. These include the main function, and the coroutines in
// which the SDK runs local activities.
func (out *outbound) Go(ctx workflow.Context, name string, f func(workflow.Context)) workflow.Context {
	r := out.recorder
	r.mu.Lock()
	local := r.current
	if local != nil && local.Kind != LocalActivity {
		local = nil
	}
	label := name
	switch {
	case local != nil:
		label = coroutine(ctx)
	case name == "root":
		// The SDK walks the stack at every step, so a frame more costs time.
		r.mu.Unlock()
		return out.watching.Go(ctx, name, f)
	case name == "":
		r.coroutines++
		label = strconv.Itoa(r.coroutines)
	}
	r.mu.Unlock()
	if local == nil {
		r.ask(ctx, Starting, label)
	}
	return out.Next.Go(ctx, name, func(ctx workflow.Context) {
		defer r.left()
		ctx = workflow.WithValue(ctx, coroutineKey, label)
		if local != nil {
			ctx = workflow.WithValue(ctx, localKey, local)
			r.attempt(local)
		}
		f(ctx)
	})
}

// attempt gives the local activity the number that the SDK gives it when its
// coroutine schedules it (getNextLocalActivityID in
// internal/internal_event_handlers.go).
func (r *Recorder) attempt(c *Call) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.locals++
	c.ID = strconv.Itoa(r.locals)
	c.Attempts = append(c.Attempts, c.ID)
	c.Made = true
}

// Sleep is called by workflow code. The SDK also calls Sleep between the attempts of a local
// activity.
func (out *outbound) Sleep(ctx workflow.Context, d time.Duration) error {
	err := out.Next.Sleep(ctx, d)
	if local, ok := ctx.Value(localKey).(*Call); ok {
		out.recorder.attempt(local)
	}
	return err
}
