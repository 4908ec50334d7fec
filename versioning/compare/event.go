package compare

import (
	"slices"

	"google.golang.org/protobuf/proto"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// Events returns what differs between a recorded event and the one that a service would write of a
// command that code makes now. Both are of one type. started is the first event of the history.
// Fields that are named in except are not compared.
func Events(recorded, now, started *historypb.HistoryEvent, d payload.Decoder, how Comparison,
	except ...string) (differences []Difference) {
	unseen := map[string]bool{}
	for _, field := range except {
		unseen[field] = true
	}
	c := &Call{Event: recorded, alignment: aligned, Call: &trace.Call{Kind: trace.KindOf(now), Command: trace.Command{
		Made: true, Attributes: proto.CloneOf(events.Attributes(now).Interface()), Unseen: unseen,
	}}}
	s := &SideBySide{Calls: []*Call{c}, Events: []*historypb.HistoryEvent{started}, index: &index{}, converter: d}
	differences, _ = s.Compare(how)
	return slices.DeleteFunc(differences, func(d Difference) bool { return d.Open })
}
