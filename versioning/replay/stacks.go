package replay

import (
	"context"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// Stacks are the lines of workflow code near a Place, the innermost first, in two stages: Now in the
// one that judges, and Was in one that goes on with the execution. Stage names that one.
// Earlier are the other stages that were released before this one, none in a catalogue.
type Stacks struct {
	Now, Was []trace.Line
	Stage    string
	Earlier  []string
}

// stacks finds the code that goes on with the execution, for a cell whose code does not.
func (c *cell) stacks(ctx context.Context, result *Result) *Stacks {
	now := result.parted()
	if now == nil {
		return nil
	}
	for _, s := range c.goesOn() {
		of := c.by(s)
		of.opts.Explain = true // for its calls
		judged := of.steady(ctx, of.judgeStarted(ctx))
		if was := nearest(judged.Near(*result), result.stacksAt(), now.Coroutine); was != nil {
			return &Stacks{Now: now.Lines, Was: was.Lines, Stage: s.Name, Earlier: c.earlier(s)}
		}
	}
	return nil
}

// goesOn are the stages that may go on with the execution, the best first. In a lineage that is the
// stage before the one that judges: its code also knows the branches of executions that others ran. In
// a catalogue each stage is a change of the one that ran the execution.
func (c *cell) goesOn() (stages []versioning.Stage) {
	at := func(name string) int {
		return slices.IndexFunc(c.opts.Stages, func(s versioning.Stage) bool { return s.Name == name })
	}
	own := at(c.stage.Name)
	if own < 0 {
		own = len(c.opts.Stages)
	}
	if !c.opts.Catalogue {
		stages = slices.Clone(c.opts.Stages[:own])
		slices.Reverse(stages)
		return stages
	}
	// Code that was released later is not what executions are to go on with.
	if s, ok := c.referenceStage(); ok && at(s.Name) < own {
		stages = append(stages, s)
	}
	return stages
}

// earlier are the stages that were released before the one that judges, without s. A catalogue has none.
func (c *cell) earlier(s versioning.Stage) (names []string) {
	for _, other := range c.opts.Stages {
		if c.opts.Catalogue || other.Name == c.stage.Name {
			return names
		}
		if other.Name != s.Name {
			names = append(names, other.Name)
		}
	}
	return nil
}
