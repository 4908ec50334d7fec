package cause

// Notice says when somebody notices: see docs/live.md. It comes from what live Workers do next, the
// worst of it where waiting points differ. Where nothing was rehearsed it comes from the replay.
type Notice string

// The notices.
const (
	// NoticedAtOnce fails the first Workflow Task that reaches the problem.
	NoticedAtOnce Notice = "at once"
	// NoticedUnlessClosing fails a Workflow Task, unless the Workflow Task closes the execution. A
	// closing Workflow Task completes without a comparison.
	NoticedUnlessClosing Notice = "unless the Workflow Task closes the execution"
	// NeverNoticed means that no live Worker notices. Only the comparison of package replay shows
	// the problem.
	NeverNoticed Notice = "never"
	// ClosesUnnoticed closes the execution, and no SDK reports anything.
	ClosesUnnoticed Notice = "never: the execution closes"
	// FailsExecution fails the execution for good, in its next Workflow Task.
	FailsExecution Notice = "the execution fails"
	// WaitsUnnoticed lets the execution wait for what never comes, such as a signal that the SDK
	// drops.
	WaitsUnnoticed Notice = "never: the execution waits"
	// LeftUnnoticed leaves the signal where it is.
	LeftUnnoticed Notice = "never: the signal is left"
	// ErrorInCode gives the code an error where there was a value. What happens then depends on the
	// code.
	ErrorInCode Notice = "the code gets an error"
	// ZeroInCode gives the code a zero value where the history has none, and no error.
	ZeroInCode Notice = "never: the code gets a zero value"
	// NoticedByChance fails a Workflow Task if two things come together: the code happens to do
	// something else than the last time, and the SDK compares what the code does.
	NoticedByChance Notice = "by chance"
)
