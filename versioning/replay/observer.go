package replay

import (
	"os"
	"runtime"
	"strings"
	"sync"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// observer notes what the SDK's errors do not tell, or not reliably: in which
// workflow task and on which line GetVersion was called, and where workflow code
// panicked. The SDK prints every stack trace of a process into one buffer
// (stackBuf in internal/internal_workflow.go), so with replays side by side an
// error can hold the stack of another one [measured]. One replay uses one value.
type observer struct {
	interceptor.WorkerInterceptorBase
	// mu is for a coroutine that the SDK has given up as deadlocked: it can come
	// back while the result is made.
	mu sync.Mutex
	// versions has the last call for each change ID.
	versions map[string]versionCall
	run      functionRun
	// calls are the different GetVersion calls, and places where they stand there.
	calls  []VersionCall
	places map[VersionCall]int
	// panicked is the line of the last panic that passed through.
	panicked trace.Line
	// goroutinesWanted makes the observer note goroutines, which costs as much as
	// a tenth of the replay of a small history.
	goroutinesWanted bool
	// goroutines are those that run the workflow's coroutines, as the runtime
	// prints them: "goroutine 18 [".
	goroutines []string
	// asking makes the replay call the query handlers when it is done.
	asking bool
	// handlers are those of queries without arguments, and answers what they
	// have answered when the channel answered is closed.
	handlers []queryHandler
	// takeArguments are the queries whose handlers cannot be called without arguments.
	takeArguments map[string]bool
	// activities are the names of those that the code has called.
	activities map[string]bool
	answers    []Answer
	answered   chan struct{}
	// aliases are the registered names of activities, by those of their functions.
	aliases map[string]string
	// namespace is that of the execution, "" if nobody knows, and info what the SDK
	// keeps of the execution. asksInfo is the first line of code that asks for it
	// where the namespace is not known.
	namespace string
	info      *workflow.Info
	asksInfo  trace.Line
	// recorder notes the calls, nil if nobody asks for them.
	recorder *trace.Recorder
	// converter is that of the workers, after all plugins and for the execution, nil
	// for the default one.
	converter converter.DataConverter
}

// functionRun is what became of the workflow function.
type functionRun struct {
	// reached is whether it was called: the SDK decodes its input before.
	reached bool
	// ended is whether it returned, with err if that is not nil, and started the ID of
	// the WorkflowTaskStarted event of the task in which it did.
	ended   bool
	err     error
	started int64
}

type versionCall struct {
	// taskStarted is the ID of the WorkflowTaskStarted event.
	taskStarted int64
	source      trace.Line
	// firstStarted and firstSource are those of the first call for the change ID,
	// which decides what all later ones give.
	firstStarted int64
	firstSource  trace.Line
}

func (o *observer) InterceptWorkflow(ctx workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	o.name(workflow.GetInfo(ctx)) // the first interceptor that is asked
	in := &observedInbound{observer: o}
	in.Next = next
	return in
}

type observedInbound struct {
	interceptor.WorkflowInboundInterceptorBase
	observer *observer
}

func (in *observedInbound) Init(outbound interceptor.WorkflowOutboundInterceptor) error {
	out := &observedOutbound{observer: in.observer}
	out.Next = outbound
	return in.Next.Init(out)
}

type observedOutbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	observer *observer
}

// Go starts every coroutine of the workflow, its main function too.
func (out *observedOutbound) Go(ctx workflow.Context, name string, f func(workflow.Context)) workflow.Context {
	if name == "root" && out.observer.asking {
		out.ask(ctx)
	}
	return out.Next.Go(ctx, name, func(ctx workflow.Context) {
		growStack()
		if out.observer.goroutinesWanted {
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

func (out *observedOutbound) GetVersion(ctx workflow.Context, changeID string, minSupported, maxSupported workflow.Version) workflow.Version {
	call := versionCall{
		taskStarted: out.observer.now(),
		source:      trace.CallerLine(),
	}
	var place int
	out.observer.note(func(o *observer) {
		if o.versions == nil {
			o.versions = map[string]versionCall{}
		}
		if earlier, asked := o.versions[changeID]; asked {
			call.firstStarted, call.firstSource = earlier.firstStarted, earlier.firstSource
		} else {
			call.firstStarted, call.firstSource = call.taskStarted, call.source
		}
		o.versions[changeID] = call
		place = o.placeOf(VersionCall{ChangeID: changeID, Min: int(minSupported), Max: int(maxSupported), Source: call.source.String()})
	})
	version := out.Next.GetVersion(ctx, changeID, minSupported, maxSupported)
	out.observer.note(func(o *observer) { o.calls[place].Taken, o.calls[place].Version = true, int(version) })
	return version
}

// now is the ID of the WorkflowTaskStarted event of the current task: the SDK counts the
// history up to there.
func (o *observer) now() int64 { return int64(o.info.GetCurrentHistoryLength()) }

// ran is what became of the workflow function until now.
func (o *observer) ran() (run functionRun) {
	o.note(func(o *observer) { run = o.run })
	return run
}

func (o *observer) note(what func(*observer)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	what(o)
}

func (o *observer) noteGoroutine() {
	var header [64]byte
	printed := string(header[:runtime.Stack(header[:], false)])
	if i := strings.IndexByte(printed, '['); i > 0 {
		o.note(func(o *observer) { o.goroutines = append(o.goroutines, printed[:i+1]) })
	}
}

// notePanic is deferred. It panics again, so that the SDK sees what it would
// have seen; a coroutine that the SDK ends has no panic to recover.
func (o *observer) notePanic() {
	if p := recover(); p != nil {
		if line := trace.CallerLine(); !trace.TakenDown() {
			o.note(func(o *observer) { o.panicked = line })
		}
		panic(p)
	}
}
