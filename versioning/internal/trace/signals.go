package trace

import (
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/workflow"
)

// signals follows each signal from the history to the code. A channel of signals
// cannot be wrapped: a selector takes none but the SDK's (AddReceive in
// internal/internal_workflow.go). What has been taken from it shows in its length,
// which is looked at with every call of the code, where code returns or panics, and each
// time that all coroutines have run, so also at the end of each Workflow Task; and in
// what the data converter decodes, which tells the line.
type signals struct {
	// delivered are those that the history has brought so far, in its order.
	delivered []*signal
	// byArg are those that brought something, by what they brought.
	byArg map[*commonpb.Payloads]*signal
	// waiting are those that nobody has taken, by name.
	waiting map[string][]*signal
	// asked are the names of which the code has asked for the channel.
	asked asks
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

// left is deferred by what runs workflow code. After a panic no coroutine gets another turn, and what
// the code has taken before shows in no later call.
func (r *Recorder) left() {
	if !r.signaled || TakenDown() {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.poll()
}
