package replay

import (
	"context"
	"errors"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/caught"
)

// A Replayer judges cells one after another, all on the same goroutine. A replay needs a deep
// stack. To grow a new stack for each cell takes about as long as the replay of a small history:
// see BenchmarkJudge. The zero value is ready to use, by one caller at a time. Close ends the
// goroutine.
type Replayer struct {
	routine *routine
}

// routine is the goroutine of a Replayer, with what only that goroutine uses: one that
// a cancelled call has left behind goes on with what is its own.
type routine struct {
	jobs chan func()
	// mute has the stages that have set no query handler in the last replay: to
	// ask costs a twentieth of a small one.
	mute map[string]bool
	// ended is closed when the goroutine ends, which code that it calls can bring about: see caught.Ended.
	ended chan struct{}
}

// JudgeAll judges the recording on each of the stages, as the function Judge does. It returns the
// results in the order of the stages. The stages share one copy of the events that no replay writes
// into. When ctx is cancelled, JudgeAll keeps the results that are ready, and the other results are
// Unjudged.
func (r *Replayer) JudgeAll(
	ctx context.Context, stages []versioning.Stage, recording *history.Recording, opts *Options,
) []Result {
	if opts == nil {
		opts = &Options{}
	}
	if r.routine == nil {
		r.routine = &routine{jobs: make(chan func()), mute: map[string]bool{}, ended: make(chan struct{})}
		go r.routine.serve()
	}
	asked := *opts // the goroutine can outlast this call, and opts is the caller's
	results, done := make([]Result, len(stages)), make(chan int, len(stages))
	running := r.routine
	running.jobs <- func() {
		judgeEach(ctx, stages, recording, asked, running.mute, func(i int, result Result) {
			results[i] = result
			done <- i
		})
	}
	there := make([]bool, len(stages))
	for range stages {
		select {
		case i := <-done:
			there[i] = true
		case <-ctx.Done():
			// The goroutine is busy until its replay ends, and then writes its result;
			// another one takes over.
			r.Close()
			return asFarAsThere(results, there, context.Cause(ctx))
		case <-running.ended:
			r.routine = nil
			for range len(done) {
				there[<-done] = true
			}
			return asFarAsThere(results, there, caught.Ended("judging "+recording.Name))
		}
	}
	return results
}

// judgeEach judges the stages in the order in which they need each other. A panic outside of the workflow costs one
// stage: that of a converter, a plugin or a method of a value, and our own at a history that no service has written.
func judgeEach(ctx context.Context, stages []versioning.Stage, recording *history.Recording, opts Options, mute map[string]bool,
	judged func(int, Result)) {
	var c *cell
	var order []int
	if err := caught.Do("reading "+recording.Name, func() {
		c = newCell(recording, opts, mute)
		order = c.first(stages)
	}); err != nil {
		for i := range stages {
			judged(i, unjudged(err))
		}
		return
	}
	for _, i := range order {
		var result Result
		err := caught.Do("judging "+recording.Name+"@"+stages[i].Name, func() {
			if c == nil {
				c = newCell(recording, opts, mute)
			}
			c.stage = stages[i]
			result = c.judge(ctx)
		})
		if err != nil {
			result, c = unjudged(err), nil // it may be half done
		}
		judged(i, result)
	}
}

// asFarAsThere copies the results that are there; the others are Unjudged.
func asFarAsThere(results []Result, there []bool, why error) []Result {
	kept := make([]Result, len(results))
	for i := range kept {
		if kept[i] = unjudged(why); there[i] {
			kept[i] = results[i]
		}
	}
	return kept
}

// Close lets the goroutine end as soon as the current replay ends. The Replayer can be used again
// after Close.
func (r *Replayer) Close() {
	if r.routine != nil {
		close(r.routine.jobs)
		r.routine = nil
	}
}

func (r *routine) serve() {
	defer close(r.ended)
	for job := range r.jobs {
		job()
	}
}

// judge replays also what cannot happen: whoever thinks of moving a pinned
// execution asks how that would end.
func (c *cell) judge(ctx context.Context) Result {
	result := c.judgeHere(ctx)
	result.Cause.WithoutRunID(c.recording.RunID)
	c.tellRegistration(&result.Cause)
	if c.opts.Explain && result.Verdict == Unregistered {
		result.Explanation = &Explanation{} // no code ran
	}
	if c.pinned == nil || c.stage.BuildID == "" || c.pinned.Build == c.stage.BuildID || ctx.Err() != nil {
		return result
	}
	return keep(c.pinned, c.recording.Closed(), c.stage.BuildID, result)
}

func (c *cell) judgeHere(ctx context.Context) Result {
	c.replays = nil
	if ctx.Err() != nil {
		return unjudged(context.Cause(ctx))
	}
	if c.refused != nil {
		return unjudged(c.refused)
	}
	if len(c.recording.History.GetEvents()) == 0 {
		return unjudged(errors.New("the recording has no events"))
	}
	if len(c.tasks) == 0 {
		return c.judgeUnstarted(ctx)
	}
	result := c.steady(ctx, c.judgeStarted(ctx))
	if c.opts.Explain && result.Explanation != nil {
		result.Explanation.Stacks = c.stacks(ctx, &result)
	}
	return result
}

// judgeStarted replays the recording up to the end of its last workflow task
// and, if that fails, finds out where. The events after that end are no reason to
// reject the code, and can keep the SDK from comparing: see completedTasks.
func (c *cell) judgeStarted(ctx context.Context) Result {
	end := c.tasks[len(c.tasks)-1].End
	c.asking = !c.mute[c.stage.Name]
	c.prefixes = map[int]prefix{}
	seen, no := c.replay(ctx, end)
	accepts := c.accepts(ctx, no)
	if accepts {
		c.mute[c.stage.Name] = !seen.HasHandlers()
		if !c.asking && seen.HasHandlers() {
			// It sets them in some executions only, and this one was not asked.
			c.asking = true
			seen, no = c.replay(ctx, end)
			accepts = c.accepts(ctx, no)
		}
	}
	if accepts {
		result := c.accepted(ctx, seen)
		result.Versions = versionCalls(seen)
		c.tellNamespace(&result, seen)
		c.blame(ctx, &result, seen)
		c.tellUnreached(&result, seen)
		result.point()
		if result.Verdict == Safe {
			return result
		}
		c.asking = false
		c.prefixes[end] = prefix{verdict: result.Verdict, seen: seen}
		if result.Park = c.replayPark(ctx, result.Place.Event, nil); ctx.Err() != nil {
			return unjudged(context.Cause(ctx))
		}
		return result
	}
	c.asking = false
	whole := prefix{verdict: no.verdict, seen: seen, no: no}
	if whole.verdict == Unjudged {
		return unjudged(no.Err)
	}
	c.prefixes = map[int]prefix{end: whole}
	result := c.diverge(ctx, whole)
	result.Park = c.replayPark(ctx, result.Place.Event, no)
	if ctx.Err() != nil {
		return unjudged(context.Cause(ctx)) // what is above ended early
	}
	c.tellNamespace(&result, seen)
	c.blame(ctx, &result, seen)
	c.tellUnreached(&result, seen)
	result.point()
	result.Versions, result.Offers = versionCalls(seen), offersOf(seen, seen.Recorder.Intake(), nil)
	return result
}

// Judge replays the recording on the stage. The replay has the original workflow ID and run ID, and
// a private copy of the events. Many goroutines can judge the same recording at once.
//
// If a panic escapes from the SDK, the verdict is Unjudged: the SDK cannot read the history, or an
// option panics outside of the workflow. The SDK catches a panic while workflow code runs, also in
// a data converter or an interceptor that the SDK calls. Then the verdict is Panic. If ctx is
// cancelled, the verdict is Unjudged with the error of the context. The SDK cannot stop a replay,
// so the replay ends in the background.
func Judge(ctx context.Context, stage versioning.Stage, r *history.Recording, opts *Options) Result {
	var replayer Replayer
	defer replayer.Close()
	return replayer.JudgeAll(ctx, []versioning.Stage{stage}, r, opts)[0]
}
