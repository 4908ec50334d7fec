package replay

import (
	"context"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// refersTo keeps what the stage has done that judges, if it is the one that ran the
// execution: others then need no replay of it.
func (c *cell) refersTo(seen *observer.Observer, in *trace.Intake, result Result) {
	if !c.ranLast(c.stage) || c.referred || result.Verdict != Safe && result.Verdict != Drift {
		return
	}
	c.ref, c.referred = &reference{intake: in, queries: seen.Queries()}, true
}

// first puts the stage that ran the execution before the others, so that it is replayed
// once.
func (c *cell) first(stages []versioning.Stage) []int {
	order := make([]int, 0, len(stages))
	for i, s := range stages {
		if c.ranLast(s) {
			order = append(order, i)
		}
	}
	for i := range stages {
		if !slices.Contains(order, i) {
			order = append(order, i)
		}
	}
	return order
}

// reference replays the recording by the stage that ran it last, once for all stages
// that ask. It is nil where that is not known or not at hand, where it is the stage that
// asks, and where that stage does not replay what it is said to have run.
func (c *cell) reference(ctx context.Context) *reference {
	stage, ok := c.referenceStage()
	if !ok || ctx.Err() != nil {
		return nil
	}
	if !c.referred {
		c.referred = true
		of := c.by(stage)
		of.opts.Level = compare.Commands
		last := len(c.tasks) - 1
		seen, no := of.replay(ctx, c.tasks[last].End)
		if of.accepts(ctx, no) {
			if _, early := of.endsEarly(ctx, seen.Ran(), last); !early {
				c.ref = &reference{intake: seen.Recorder.Intake(), queries: seen.Queries()}
			}
		}
	}
	return c.ref
}

func (c *cell) referenceStage() (versioning.Stage, bool) {
	i := slices.IndexFunc(c.opts.Stages, c.ranLast)
	if i < 0 || c.ranLast(c.stage) {
		return versioning.Stage{}, false
	}
	return c.opts.Stages[i], true
}

// couldNot reports whether the reference could not read the value either.
func (r *reference) couldNot(u trace.Unreadable) bool {
	return slices.ContainsFunc(r.intake.Unreadable, func(other trace.Unreadable) bool {
		return other.Event.GetEventId() == u.Event.GetEventId() && other.Field == u.Field && other.Item == u.Item
	})
}

// took reports whether the reference had taken the signal of the event by the Workflow
// Task that began with the event started.
func (r *reference) took(event, started int64) bool {
	for _, s := range r.intake.Signals {
		if s.Event.GetEventId() == event {
			return s.Taken != 0 && s.Taken <= started
		}
	}
	return false
}
