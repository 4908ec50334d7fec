package cause

// Notice is when a live Worker notices what a replay shows: see the four layers in
// docs/live.md.
type Notice string

// The notices.
const (
	// NoticedAtOnce fails the first Workflow Task that reaches it.
	NoticedAtOnce Notice = "at once"
	// NoticedUnlessClosing fails a Workflow Task, unless it is the one that closes
	// the execution: that one is completed without a comparison.
	NoticedUnlessClosing Notice = "unless the Workflow Task closes the execution"
	// NeverNoticed is what only this comparison sees.
	NeverNoticed Notice = "never"
	// ClosesUnnoticed closes the execution, and no SDK says a word.
	ClosesUnnoticed Notice = "never: the execution closes"
	// FailsExecution fails the execution for good, in its next Workflow Task.
	FailsExecution Notice = "the execution fails"
	// WaitsUnnoticed drops the signal, and leaves what waits for it waiting.
	WaitsUnnoticed Notice = "never: the execution waits"
	// LeftUnnoticed leaves the signal where it is.
	LeftUnnoticed Notice = "never: the signal is left"
	// ErrorInCode gives the code an error where there was a value, and what comes of that
	// is the code's own.
	ErrorInCode Notice = "the code gets an error"
	// NoticedByChance fails a Workflow Task whenever the code happens to do something
	// else than it did the last time, and the SDK compares that.
	NoticedByChance Notice = "by chance"
)
