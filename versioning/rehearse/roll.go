package rehearse

import (
	"context"
	"slices"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// roll says what a Worker of the stage that ran the execution does with it after the first task under
// this stage: while a deploy rolls, both have Workers. It is nil if that is not known.
//
// A replay that finds nothing is enough. What else it finds is not what a Worker does: old code that
// ends where the new code goes on closes the execution, and nobody compares.
func (q Request) roll(ctx context.Context, r *Rehearser, after []*historypb.HistoryEvent) *Roll {
	if q.Reference == nil || q.own() || len(after) == 0 {
		return nil
	}
	rolled := *q.Recording
	rolled.History = &historypb.History{Events: after}
	config := r.options.Config
	config.Level, config.Allow = compare.Commands, nil
	result := replay.Judge(ctx, *q.Reference, &rolled, &replay.Options{Config: config})
	switch result.Verdict {
	case replay.Unjudged:
		return nil
	case replay.Safe, replay.Drift, replay.Unstarted, replay.NotApplicable:
		return &Roll{Stage: q.Reference.Name}
	}
	x, err := r.rehearsal(*q.Reference, &rolled)
	if err != nil {
		return nil
	}
	back, _, err := x.visit(ctx, len(x.tasks), nil, false)
	if err != nil || back.Kind == Unknown {
		return nil
	}
	roll := &Roll{Stage: q.Reference.Name, Ending: back.Ending}
	if back.Kind == Stuck {
		roll.Stuck, roll.Checked, roll.Cause = true, back.Checked, string(result.Verdict)
	}
	return roll
}

// rolls is the history after the first task of the visit, nil where it is the recorded one, where the
// task fails, and where it closes the execution.
func (v *visit) rolls(r *reply, made []*historypb.HistoryEvent) []*historypb.HistoryEvent {
	if v.rolled || closing(made) != nil {
		return nil
	}
	v.rolled = true
	if v.at < len(v.tasks) && len(versionsIn(r, v.decoderOf())) == 0 && sameCommands(made, v.recorded()) {
		return nil
	}
	return slices.Concat(r.events, r.outcome.Events[:1], made)
}

// sameCommands reports whether the SDK would take one for the other.
func sameCommands(a, b []*historypb.HistoryEvent) bool { return slices.EqualFunc(a, b, alike) }
