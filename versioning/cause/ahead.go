package cause

import "strings"

// An Ahead is what a live Worker does with the next Workflow Task of an execution, where no event of
// the history shows it. Package rehearse finds it out.
type Ahead struct {
	// Effect is the kind of effect: "stuck", "closes" or "hangs".
	Effect string `json:"effect"`
	// News is what brings the task: "signal paid", "timer 5", "none".
	News string `json:"news"`
	// After is what came before the news, and made no difference. Task is the ID of the
	// WorkflowTaskCompleted event of a task that the history has. It is 0 where the task is to come.
	After []string `json:"after,omitempty"`
	Task  int64    `json:"task,omitempty"`
	// Ending is how the code closes the execution, as Temporal names the status. It is empty where
	// the code does not close it. Result is the result as JSON, or the first argument of the next
	// run.
	Ending string `json:"ending,omitempty"`
	Result string `json:"result,omitempty"`
	// Failure is the cause of the failed Workflow Task, and Text what the Worker or the service says
	// of it.
	Failure string `json:"failure,omitempty"`
	Text    string `json:"text,omitempty"`
	// Refused is whether the service refuses an answer that the Worker takes for right.
	Refused bool `json:"refused,omitempty"`
	// Recorded is what the code that ran the execution does in that task, and Now what this code
	// does. Either is empty where it does nothing.
	Recorded string `json:"recorded,omitempty"`
	Now      string `json:"now,omitempty"`
	// Awaits are the signals and updates that the code still waits for, of an effect "hangs": "signal
	// paid". It waits for ever if there are none.
	Awaits []string `json:"awaits,omitempty"`
	// Untold is why nobody knows what the next Workflow Task does that no news brings: "runs local
	// activity Charge". It is empty if that is known, or if that task is the one that is told of.
	Untold string `json:"untold,omitempty"`
}

// String returns the news, what the code that ran the execution does, an arrow, and what this code
// does.
func (a *Ahead) String() string {
	now := strings.TrimSpace(a.Ending + " " + a.Failure)
	if now == "" {
		now = a.Now
	}
	return strings.Join(strings.Fields("("+a.News+") "+a.Recorded+" → "+now), " ")
}
