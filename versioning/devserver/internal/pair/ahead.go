package pair

import (
	"context"
	"fmt"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// compareAhead rehearses what the recording has at the waiting point, before the news: a rehearsal
// makes up news that can come. If what came is among them, it has said what happens.
func (s *Swapped) compareAhead(ctx context.Context, r *rehearse.Rehearser, stage versioning.Stage, c *Comparison) error {
	if len(s.News) != 1 {
		return nil
	}
	input, err := converter.GetDefaultDataConverter().ToPayloads(s.last.value)
	if err != nil {
		return fmt.Errorf("encoding %q: %w", s.last.value, err)
	}
	waiting := *s.Recording
	waiting.History = &historypb.History{Events: s.Recording.History.GetEvents()[:s.Waiting]}
	said := r.Rehearse(ctx, rehearse.Request{Stage: stage, Recording: &waiting,
		Argument: func(news rehearse.News) (*commonpb.Payloads, bool) { return input, news.Name == s.last.name }})
	if said.Failed != "" {
		return fmt.Errorf("rehearsing the waiting point: %s", said.Failed)
	}
	for _, e := range said.List {
		if e.News != s.madeUp(rehearse.ArgumentsOf(&waiting), input) {
			continue
		}
		c.Ahead = &e
		if s.ExcusedBy() == "" || e.Kind != rehearse.Unknown {
			c.disagree("the rehearsal before the news", e, text(e), s.told())
		}
		return nil
	}
	return nil
}

// madeUp is what came as a rehearsal would name it, if it makes up the same. Of a signal or update
// that the recording has, it takes the value from there.
func (s *Swapped) madeUp(recorded rehearse.Arguments, input *commonpb.Payloads) rehearse.News {
	same := func(arguments map[string]*commonpb.Payloads) bool {
		was := arguments[s.last.name]
		return was == nil || proto.Equal(was, input)
	}
	switch s.News[0] {
	case Signal:
		if same(recorded.Signals) {
			return rehearse.News{Kind: rehearse.SignalCame, Name: s.last.name}
		}
	case Update:
		if same(recorded.Updates) {
			return rehearse.News{Kind: rehearse.UpdateCame, Name: s.last.name}
		}
	case Cancel:
		return rehearse.News{Kind: rehearse.CancelRequested}
	case ByService:
		// A timer alone, without a start of a child or the like beside it.
		events := s.Recording.History.GetEvents()[s.Waiting:]
		if fired := events[0].GetTimerFiredEventAttributes(); len(events) == 3 && fired != nil {
			return rehearse.News{Kind: rehearse.TimerFired, Name: fired.GetTimerId()}
		}
	}
	return rehearse.News{}
}
