package trace

import (
	"runtime"

	"go.temporal.io/sdk/workflow"
)

// A Cancel is the cancellation of a timer or an activity, as the SDK tells it in its log, or of a Child Workflow.
type Cancel struct {
	// Command is the SDK's name for it: "RequestCancelTimer 5", "RequestCancelActivity 7". After
	// "RequestCancelChildWorkflow" comes the Workflow ID.
	Command string
	// Task is the ID of the WorkflowTaskStarted event of the Workflow Task in which the code cancelled,
	// and After is the number of calls that the code had made by then.
	Task  int64
	After int

	place place
}

// Call is the cancellation as a call that sends its command. The name says what it cancels.
func (c Cancel) Call(name string) *Call {
	return &Call{Kind: Cancellation, Name: name, Task: c.Task, Command: Command{Made: true}, place: c.place}
}

// cancels notes a cancellation, with r.mu held. The cancel function runs what cancels a timer before
// it returns, so the code that called it is on the stack.
func (r *Recorder) cancels(command string) {
	r.canceled[command] = true
	if r.sealed || r.over {
		return
	}
	var pcs [48]uintptr
	n := runtime.Callers(3, pcs[:])
	r.canceledAt = append(r.canceledAt, Cancel{Command: command, Task: r.now(), After: len(r.calls),
		place: append(place(nil), pcs[:n]...)})
}

// A cancelWatch is the context of a Child Workflow. The SDK logs nothing when it cancels one that has started, but
// asks the context then whether it was cancelled (ExecuteChildWorkflow in internal/workflow.go). Nothing but the SDK
// gets this context: the recorder's interceptor is the innermost.
type cancelWatch struct {
	workflow.Context
	recorder *Recorder
	// child is the call, nil until it has returned: before, the SDK asks whether to begin it at all.
	child *Call
}

func (w *cancelWatch) Err() error {
	err := w.Context.Err()
	if w.child != nil && err != nil {
		w.recorder.mu.Lock()
		defer w.recorder.mu.Unlock()
		w.recorder.cancels(CancelsChild + " " + w.child.ID)
	}
	return err
}

// CancelsChild is what the Command of a Cancel of a Child Workflow begins with. The Workflow ID follows.
const CancelsChild = "RequestCancelChildWorkflow"
