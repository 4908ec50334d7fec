package replay

import (
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// An Explanation shows a replay: the commands in the history beside the calls of
// the code, and where they part.
type Explanation struct {
	// Tasks are the Workflow Tasks of the history, in order, as far as the code
	// was replayed.
	Tasks []compare.TaskRows
	// First is the row at which history and code part first, nil if they do not.
	First *compare.Row
	// Parted are the event and the call of First, nil where the code needs no branch.
	Parted *Parted
	// Retired are the markers whose GetVersion calls are gone.
	Retired []RetiredMarker
	// Apart is what two replays of the same code did where their calls or values differ,
	// nil where they do not.
	Apart *Apart
	// Level is how much was compared.
	Level compare.Level
	// Trace is what all of it was read from.
	Trace *compare.SideBySide
}

// Parted is where a GetVersion call has to branch: the event in the history, and the call of
// the code that stands in its place. With the branch both old and new executions go on. One of
// the two can be nil.
type Parted struct {
	Kind  CauseKind
	Event *historypb.HistoryEvent
	Call  *compare.Call
	// Recorded is Event, and Now is Call, as in Parting, and Difference the first between them.
	Recorded, Now *compare.Side
	Difference    *compare.Difference
}

// Apart is what two replays of the same code did: another value of a path, or another
// call. One that is empty is none.
type Apart struct {
	Values, Calls [2]string
}

// RetiredMarker is a marker that no GetVersion call of the code asks for. That is no
// divergence in Go.
type RetiredMarker struct {
	ChangeID string
	Event    int64
}

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
