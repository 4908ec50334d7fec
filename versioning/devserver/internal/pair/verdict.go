package pair

import (
	"context"
	"fmt"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// compareVerdict settles the verdict as package matrix does, and holds it against what happened: a
// cell that is not incompatible must not break the execution.
func (s *Swapped) compareVerdict(ctx context.Context, r *rehearse.Rehearser, stages []versioning.Stage, c *Comparison) {
	effects := r.Rehearse(ctx, rehearse.Request{
		Stage: stages[1], Recording: s.Recording, Reference: &stages[0],
		Unsafe: c.Replay.Verdict.Incompatible(), Event: c.Replay.Place.Event,
	})
	c.Settled = effects.Settle(c.Replay, s.Recording)
	broken := s.breaks(c)
	if broken == "" || c.Settled.Verdict.Incompatible() || s.ExcusedBy() != "" {
		return
	}
	c.Disagreements = append(c.Disagreements, fmt.Sprintf("the verdict says: %s\nhappened: %s, and the old program %s",
		c.Settled.Verdict, broken, text(c.Before)))
}

// breaks says how the execution is broken, "" if it is not, or if nobody knows what it should do, or
// if a new version may be meant to do it.
func (s *Swapped) breaks(c *Comparison) string {
	if s.Outcome == Stuck {
		return s.told()
	}
	var before bool
	switch c.Before.Kind {
	case rehearse.Closes:
		before = true
	case rehearse.Otherwise, rehearse.Waits:
	default:
		return ""
	}
	// An update is not among the events that a verdict can be of.
	if s.update != nil || len(c.Next.Versions) > 0 {
		return ""
	}
	if now := s.Outcome == Closes; now != before {
		return s.told()
	}
	left := stateOf(slices.Concat(s.Recording.History.GetEvents(), s.answer))
	if s.Outcome == GoesOn && c.Before.Now != "" && len(s.Events) == 0 && left.idle() {
		return "it hangs"
	}
	return ""
}
