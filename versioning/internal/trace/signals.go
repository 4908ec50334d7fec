package trace

import (
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"
)

// signals follows each signal from the history to the code. A channel of signals
// cannot be wrapped: a selector takes none but the SDK's (AddReceive in
// internal/internal_workflow.go). What has been taken from it shows in its length,
// which is looked at with every call of the code and each time that all coroutines have
// run, so also at the end of each Workflow Task; and in what the data converter
// decodes, which tells the line.
type signals struct {
	// delivered are those that the history has brought so far, in its order.
	delivered []*signal
	// byArg are those that brought something, by what they brought.
	byArg map[*commonpb.Payloads]*signal
	// waiting are those that nobody has taken, by name.
	waiting map[string][]*signal
	// asked are the names of which the code has asked for the channel.
	asked map[string]bool
	// channels are the channels of the names in waiting.
	channels map[string]workflow.ReceiveChannel
}

// fill makes the maps, which most executions have no use for.
func (s *signals) fill() {
	if s.waiting == nil {
		s.byArg = map[*commonpb.Payloads]*signal{}
		s.waiting, s.channels = map[string][]*signal{}, map[string]workflow.ReceiveChannel{}
	}
}

// signal is one that the workflow was given.
type signal struct {
	name string
	arg  *commonpb.Payloads
	// taken is the ID of the WorkflowTaskStarted event of the task in which the code took
	// it, 0 if it has not.
	taken int64
	// call is it among the calls of the code.
	call *Call
}

func (s *signals) brought(from any) *signal {
	arg, _ := from.(*commonpb.Payloads)
	return s.byArg[arg]
}

// take notes that the code takes the signal now, with r.mu held.
func (r *Recorder) take(s *signal) {
	s.taken = r.now()
	s.call = &Call{Kind: Signal, Name: s.name, Task: s.taken, late: r.over}
	if !r.light {
		r.calls = append(r.calls, s.call)
	}
}

// poll takes the signals that are in no channel any more, with r.mu held.
func (r *Recorder) poll() {
	if r.sealed {
		return
	}
	for name, waiting := range r.signals.waiting {
		for len(waiting) > 0 && (waiting[0].taken != 0 || len(waiting) > r.signals.channels[name].Len()) {
			if waiting[0].taken == 0 {
				r.take(waiting[0])
			}
			waiting = waiting[1:]
		}
		if r.signals.waiting[name] = waiting; len(waiting) == 0 {
			delete(r.signals.waiting, name)
		}
	}
}

// watching is what stands between the code and the SDK at every level.
type watching struct {
	interceptor.WorkflowOutboundInterceptorBase
	recorder *Recorder
}

// Go starts every coroutine of the workflow, its main function too.
func (out *watching) Go(ctx workflow.Context, name string, f func(workflow.Context)) workflow.Context {
	if name != "root" || out.recorder.rooted {
		return out.Next.Go(ctx, name, f)
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

func (in *inbound) HandleSignal(ctx workflow.Context, input *interceptor.HandleSignalInput) error {
	r := in.recorder
	channel := in.sdk.GetSignalChannel(ctx, input.SignalName)
	err := in.Next.HandleSignal(ctx, input)
	r.mu.Lock()
	defer r.mu.Unlock()
	s := &signal{name: input.SignalName, arg: input.Arg}
	r.signals.fill()
	r.signals.delivered = append(r.signals.delivered, s)
	if s.arg != nil && r.signals.byArg[s.arg] == nil {
		r.signals.byArg[s.arg] = s
	}
	// A coroutine that waits for it has it already, and goes on when the next Workflow
	// Task starts. What an interceptor keeps for itself counts as taken too.
	r.signals.channels[s.name] = channel
	r.signals.waiting[s.name] = append(r.signals.waiting[s.name], s)
	return err
}

func (out *watching) GetSignalChannel(ctx workflow.Context, name string) workflow.ReceiveChannel {
	out.recorder.askedFor(name)
	return out.Next.GetSignalChannel(ctx, name)
}

func (out *watching) GetSignalChannelWithOptions(ctx workflow.Context, name string, options workflow.SignalChannelOptions) workflow.ReceiveChannel {
	out.recorder.askedFor(name)
	return out.Next.GetSignalChannelWithOptions(ctx, name, options)
}

func (r *Recorder) askedFor(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.signals.asked == nil {
		r.signals.asked = map[string]bool{}
	}
	if !r.sealed {
		r.signals.asked[name] = true
	}
}
