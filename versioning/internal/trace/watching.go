package trace

import (
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"
)

// watching is what stands between the code and the SDK at every level.
type watching struct {
	interceptor.WorkflowOutboundInterceptorBase
	recorder *Recorder
}

// Go starts every coroutine of the workflow, including the main function.
func (out *watching) Go(ctx workflow.Context, name string, f func(workflow.Context)) workflow.Context {
	if name != "root" || out.recorder.rooted {
		if !out.recorder.signaled {
			return out.Next.Go(ctx, name, f)
		}
		return out.Next.Go(ctx, name, func(ctx workflow.Context) {
			defer out.recorder.left()
			f(ctx)
		})
	}
	out.recorder.rooted = true
	root := out.Next.Go(ctx, name, f)
	if out.recorder.signaled {
		out.watchSignals(ctx)
	}
	return root
}

// watchSignals polls each time that the dispatcher has given all coroutines their turn:
// the condition of an Await is asked then.
func (out *watching) watchSignals(ctx workflow.Context) {
	ctx, _ = workflow.NewDisconnectedContext(ctx)
	out.Next.Go(ctx, "signals", func(ctx workflow.Context) {
		_ = out.Next.Await(ctx, func() bool {
			out.recorder.mu.Lock()
			defer out.recorder.mu.Unlock()
			out.recorder.poll()
			return false
		})
	})
}

func (out *watching) GetSignalChannel(ctx workflow.Context, name string) workflow.ReceiveChannel {
	out.recorder.askedFor(name)
	return out.Next.GetSignalChannel(ctx, name)
}

func (out *watching) GetSignalChannelWithOptions(ctx workflow.Context, name string,
	options workflow.SignalChannelOptions) workflow.ReceiveChannel {
	out.recorder.askedFor(name)
	return out.Next.GetSignalChannelWithOptions(ctx, name, options)
}

func (r *Recorder) askedFor(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.sealed && !r.signals.asked.has(name) {
		r.signals.asked = append(r.signals.asked, Ask{Name: name, Task: r.now(), place: here(r.interceptors)})
	}
}

func (out *watching) SetUpdateHandler(ctx workflow.Context, name string, handler any,
	options workflow.UpdateHandlerOptions) error {
	err := out.Next.SetUpdateHandler(ctx, name, handler, options)
	if err == nil {
		r := out.recorder
		r.mu.Lock()
		defer r.mu.Unlock()
		r.updates.fill()
		if !r.sealed && !r.updates.handlers.has(name) {
			r.updates.handlers = append(r.updates.handlers, Ask{Name: name, Task: r.now()})
		}
	}
	return err
}
