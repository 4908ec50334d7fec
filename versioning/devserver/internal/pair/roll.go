package pair

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// takeBack gives the execution to a Worker of the old program again, after the first Workflow Task of
// the new one. So it goes while a deploy rolls.
func (x *execution) takeBack(ctx context.Context, r *rand.Rand, queue string, first *Swapped) (*Swapped, error) {
	x.waiting = len(first.Recording.History.GetEvents()) + len(first.answer)
	if err := x.bringAnother(ctx, r); err != nil {
		return nil, err
	}
	return x.hand(ctx, queue, "old", x.old)
}

// bringAnother brings news for the Workflow Task of the Worker that takes the execution back. In half
// of the executions it is news that no program knows of.
func (x *execution) bringAnother(ctx context.Context, r *rand.Rand) error {
	s, err := x.settle(ctx)
	if err != nil {
		return err
	}
	x.news = []News{ByService}
	if !s.scheduled {
		a := x.choose(r, s)
		for a.news == Update { // what becomes of it shows only in the task after it
			a = x.choose(r, s)
		}
		if r.IntN(2) == 0 {
			a = x.nothing("yes")
		}
		x.news = nil
		if err := x.bring(ctx, a); err != nil {
			return err
		}
	}
	if _, err := x.settle(ctx); err != nil {
		return err
	}
	return x.awaitTask(ctx)
}

// A Return is what was said of an execution that a Worker of the old program takes back, beside what
// happened.
type Return struct {
	// Said is the Roll of the rehearsal of the new program, nil if it says nothing.
	Said *rehearse.Roll
	// Next is what a rehearsal of the old program says of what its Worker got.
	Next rehearse.Effect
}

// String is what was said, in a word.
func (r *Return) String() string {
	switch {
	case r.Said == nil:
		return "nothing is said"
	case r.Said.Ending != "":
		return "closes"
	case r.Said.Checked:
		return "stuck unless it closes"
	case r.Said.Stuck:
		return "stuck"
	}
	return "taken back"
}

// is reports whether what happened is what the roll says. It is said of a task without news: news may
// have the old code end the execution, and a mismatch is not noticed then.
func (s *Swapped) is(roll rehearse.Roll) bool {
	unnoticed := s.Outcome == Closes && s.News[0] != OtherSignal
	switch {
	case roll.Ending != "":
		return s.Outcome == Closes && s.Ending == roll.Ending
	case roll.Stuck:
		return s.Outcome == Stuck || roll.Checked && unnoticed
	}
	return s.Outcome == GoesOn || unnoticed
}

// compareRoll holds what was said of Workers of the old program, while a deploy rolls, against what one
// has done.
func (s *Swapped) compareRoll(ctx context.Context, r *rehearse.Rehearser, stages []versioning.Stage, c *Comparison) error {
	if s.Back == nil {
		return nil
	}
	c.Return = &Return{}
	recording := s.Recording
	if s.update != nil {
		recording = s.withUpdate()
	}
	said := r.Rehearse(ctx, rehearse.Request{Stage: stages[1], Recording: recording, Reference: &stages[0], Scope: rehearse.All})
	if said.Failed != "" {
		return fmt.Errorf("rehearsing the roll: %s", said.Failed)
	}
	for _, e := range said.List {
		if e.Point == s.point() && !e.MadeUp() {
			c.Return.Said = e.Roll
		}
	}
	if roll := c.Return.Said; roll != nil && !s.Back.is(*roll) {
		c.Disagreements = append(c.Disagreements, fmt.Sprintf("the roll says: %+v\nhappened: %s", *roll, s.Back.told()))
	}
	var err error
	if c.Return.Next, err = r.Next(ctx, stages[0], s.Back.Recording); err != nil {
		return fmt.Errorf("rehearsing the old program on what the new one has done: %w", err)
	}
	if s.Back.ExcusedBy() == "" || c.Return.Next.Kind != rehearse.Unknown {
		c.disagree("the rehearsal of the way back", c.Return.Next, text(c.Return.Next), s.Back.told())
	}
	return nil
}

func (s *Swapped) reportBack(b *strings.Builder, c *Comparison) {
	if s.Back == nil {
		return
	}
	fmt.Fprintf(b, "--- back on the old program, with news: %q\n", s.Back.News)
	list := s.Back.Recording.History.GetEvents()
	for _, e := range slices.Concat(list[min(len(list), len(s.Recording.History.GetEvents())+len(s.answer)):], s.Back.answer) {
		fmt.Fprintf(b, "%3d %s\n", e.GetEventId(), Describe(e))
	}
	fmt.Fprintf(b, "--- happened: %s\n", strings.TrimSpace(s.Back.told()+" "+s.Back.Message))
	fmt.Fprintf(b, "ran outside of workflow code: %q\n", s.Back.Ran)
	fmt.Fprintf(b, "--- roll: %+v\n--- rehearsal of the way back: %+v\n\n", c.Return.Said, c.Return.Next)
}
