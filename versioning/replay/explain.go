package replay

import (
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// An Explanation shows a replay: the commands in the history beside the calls of the code, and the
// point where history and code part.
type Explanation struct {
	// Tasks are the Workflow Tasks of the history, in order, as far as the code was replayed.
	Tasks []compare.TaskRows
	// First is the first row at which history and code part. It is nil if they do not part.
	First *compare.Entry
	// Parted has the event and the call of First. It is nil where the code needs no branch.
	Parted *Parted
	// Retired are the markers that no GetVersion call of the code asks for.
	Retired []RetiredMarker
	// Apart is what two replays of the same code did, where their calls or values differ. It is nil
	// where they do not differ.
	Apart *Apart
	// Stacks are the code at the Place, and that of a stage that goes on with the execution. It is nil
	// where no such stage is at hand.
	Stacks *Stacks
	// Level is Config.Level, so empty if Config.Level is empty. It is also empty where the SDK
	// rejects the replay: then the SDK says what it found first. It is empty too where the verdict
	// is Unstable, and where no code ran.
	Level compare.Level
	// Trace is the source of the whole Explanation. It is nil where no code ran.
	Trace *compare.SideBySide
}

// Parted is where a GetVersion call has to branch. Event is the event in the history, and Call is
// the call of the code in the place of the event. With the branch, both old and new executions go
// on. Either Event or Call can be nil.
type Parted struct {
	Kind  cause.Kind
	Event *historypb.HistoryEvent
	Call  *compare.Call
	// Recorded is Event and Now is Call, both as in cause.Parting. Difference is the first
	// difference between them.
	Recorded, Now *compare.Side
	Difference    *compare.Difference
	// Elsewhere is the other half of a call that was moved, or what both sides have at the other end of
	// a swap. Its event or its call can be nil. It is nil for other kinds.
	Elsewhere *Parted
}

// Apart is what two replays of the same code did. Values are their two values of the same path, and
// Calls are their two calls. An empty string means no value, or no call.
type Apart struct {
	Values, Calls [2]string
}

// RetiredMarker is a marker that no GetVersion call of the code asks for. In Go, such a marker is
// no divergence.
type RetiredMarker struct {
	ChangeID string
	Event    int64
}
