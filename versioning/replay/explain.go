package replay

import (
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// An Explanation shows a replay: the commands in the history beside the calls of
// the code, and where they part.
type Explanation struct {
	// Tasks are the Workflow Tasks of the history, in order, as far as the code
	// was replayed.
	Tasks []compare.TaskRows
	// First is the row at which history and code part first, nil if they do not.
	First *compare.Entry
	// Parted are the event and the call of First, nil where the code needs no branch.
	Parted *Parted
	// Retired are the markers whose GetVersion calls are gone.
	Retired []RetiredMarker
	// Apart is what two replays of the same code did where their calls or values differ,
	// nil where they do not.
	Apart *Apart
	// Level is how much was compared, empty where the SDK rejects the replay: it says then
	// what it found first.
	Level compare.Level
	// Trace is what all of it was read from, nil where no code ran.
	Trace *compare.SideBySide
}

// Parted is where a GetVersion call has to branch: the event in the history, and the call of
// the code that stands in its place. With the branch both old and new executions go on. One of
// the two can be nil.
type Parted struct {
	Kind  cause.Kind
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
