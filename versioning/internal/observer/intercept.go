package observer

import (
	"os"
	"runtime"
	"strings"

	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

func (o *Observer) InterceptWorkflow(ctx workflow.Context,
	next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	o.name(workflow.GetInfo(ctx)) // the first interceptor that is asked
	in := &observedInbound{observer: o}
	in.Next = next
	return in
}

type observedInbound struct {
	interceptor.WorkflowInboundInterceptorBase
	observer *Observer
}

func (in *observedInbound) Init(outbound interceptor.WorkflowOutboundInterceptor) error {
	out := &observedOutbound{observer: in.observer}
	out.Next = outbound
	return in.Next.Init(out)
}

// Go starts every coroutine of the workflow, including the main function.
func (out *observedOutbound) Go(ctx workflow.Context, name string, f func(workflow.Context)) workflow.Context {
	if name == "root" && out.observer.Asking {
		out.ask(ctx)
	}
	return out.Next.Go(ctx, name, func(ctx workflow.Context) {
		growStack()
		if out.observer.Goroutines {
			out.observer.noteGoroutine()
		}
		defer out.observer.notePanic()
		f(ctx)
	})
}

// growStack makes the stack of a new goroutine as large as a replay needs while
// there is nothing on it to copy. The runtime would grow it in four steps, the
// last ones with all frames of SDK and workflow on it: a sixth of the time that
// the replay of a small history takes.
//
//go:noinline
func growStack() byte {
	var frame [16 << 10]byte
	return frame[len(os.Args)%len(frame)]
}

func (out *observedOutbound) GetVersion(ctx workflow.Context, changeID string, minSupported,
	maxSupported workflow.Version) workflow.Version {
	call := Asked{
		TaskStarted: out.observer.now(),
		Source:      trace.CallerLine(),
	}
	var place int
	out.observer.note(func(o *Observer) {
		if o.versions == nil {
			o.versions = map[string]Asked{}
		}
		if earlier, asked := o.versions[changeID]; asked {
			call.FirstStarted, call.FirstSource = earlier.FirstStarted, earlier.FirstSource
		} else {
			call.FirstStarted, call.FirstSource = call.TaskStarted, call.Source
		}
		o.versions[changeID] = call
		place = o.placeOf(VersionCall{ChangeID: changeID, Min: int(minSupported), Max: int(maxSupported),
			Source: call.Source.String()})
	})
	version := out.Next.GetVersion(ctx, changeID, minSupported, maxSupported)
	out.observer.note(func(o *Observer) { o.calls[place].Taken, o.calls[place].Version = true, int(version) })
	return version
}

func (o *Observer) noteGoroutine() {
	var header [64]byte
	printed := string(header[:runtime.Stack(header[:], false)])
	if i := strings.IndexByte(printed, '['); i > 0 {
		o.note(func(o *Observer) { o.goroutines = append(o.goroutines, printed[:i+1]) })
	}
}

// notePanic is deferred. It panics again, so that the SDK sees what it would
// have seen; a coroutine that the SDK ends has no panic to recover.
func (o *Observer) notePanic() {
	if p := recover(); p != nil {
		if line := trace.CallerLine(); !trace.TakenDown() {
			o.note(func(o *Observer) { o.panicked = line })
		}
		panic(p)
	}
}
