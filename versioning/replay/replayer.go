package replay

import (
	"cmp"
	"context"
	"errors"
	"slices"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/foreign"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/pinning"
	"github.com/replaymatrix/replaymatrix/versioning/internal/private"
	"github.com/replaymatrix/replaymatrix/versioning/internal/registry"
)

// A Replayer judges cells one after another on a goroutine that it keeps. A
// replay needs a deep stack, and growing one anew for each cell takes about as
// long as the replay of a small history: see BenchmarkJudge. The zero value is
// ready to use, by one caller at a time; Close ends its goroutine.
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
}

// JudgeAll judges the recording on each of the stages, as the function Judge
// does, and returns the results in their order. The stages share a copy of those
// events that no replay writes into.
// When ctx is cancelled, the results that are there are kept and the others are
// Unjudged.
func (r *Replayer) JudgeAll(ctx context.Context, stages []versioning.Stage, recording *history.Recording, opts Options) []Result {
	if r.routine == nil {
		r.routine = &routine{jobs: make(chan func()), mute: map[string]bool{}}
		go r.routine.serve()
	}
	done := make(chan judged, len(stages))
	running := r.routine
	running.jobs <- func() {
		recording := private.EndedAsCode(recording)
		events := recording.History.GetEvents()
		c := &cell{routine: running, recording: recording, opts: opts, refused: cmp.Or(opts.Validate(), foreign.Check(events)), pinned: pinning.Of(events), tasks: completedTasks(events),
			private: private.Of(events, opts.Replayer)}
		for _, i := range c.first(stages) {
			c.stage = stages[i]
			done <- judged{i, c.judge(ctx)}
		}
	}
	results := make([]Result, len(stages))
	for range stages {
		select {
		case one := <-done:
			results[one.stage] = one.Result
		case <-ctx.Done():
			// The goroutine is busy until its replay ends; another one takes over.
			r.Close()
			for i := range results {
				if results[i].Verdict == "" {
					results[i] = unjudged(context.Cause(ctx))
				}
			}
			return results
		}
	}
	return results
}

// judged is the result of the stage at that place.
type judged struct {
	stage int
	Result
}

// Close lets the goroutine end when its replay does. The Replayer can be used
// again.
func (r *Replayer) Close() {
	if r.routine != nil {
		close(r.routine.jobs)
		r.routine = nil
	}
}

func (r *routine) serve() {
	for job := range r.jobs {
		job()
	}
}

// cell is one recording and the stage that judges it now.
type cell struct {
	routine *routine
	// asking is whether a replay is to ask the query handlers.
	asking    bool
	recording *history.Recording
	opts      Options
	// refused is why no stage can judge the recording, nil if there is no reason.
	refused error
	// pinned is what keeps the execution on one build, nil if nothing does.
	pinned *pinning.Pin
	// tasks are those that the execution completed.
	tasks []task
	stage versioning.Stage
	// outcomes are those of the stage's replays up to the ends of tasks, by the
	// number of events.
	outcomes map[int]outcome
	private  *private.Events
	// ref is what the code did that ran the execution, and referred whether that was
	// looked for.
	ref      *reference
	referred bool
	// replays are those that steady looks at, and repeating is whether it makes them.
	replays   []*replayed
	repeating bool
}

// judge replays also what cannot happen: whoever thinks of moving a pinned
// execution asks how that would end.
func (c *cell) judge(ctx context.Context) Result {
	result := c.judgeHere(ctx)
	result.Cause.withoutRunID(c.recording.RunID)
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
	return c.steady(ctx, c.judgeStarted(ctx))
}

// judgeStarted replays the recording up to the end of its last workflow task
// and, if that fails, finds out where. The events after that end are no reason to
// reject the code, and can keep the SDK from comparing: see completedTasks.
func (c *cell) judgeStarted(ctx context.Context) Result {
	end := c.tasks[len(c.tasks)-1].end
	c.asking = !c.routine.mute[c.stage.Name]
	seen, no := c.replay(ctx, end)
	if no == nil {
		c.routine.mute[c.stage.Name] = !seen.HasHandlers()
		if !c.asking && seen.HasHandlers() {
			// It sets them in some executions only, and this one was not asked.
			c.asking = true
			seen, no = c.replay(ctx, end)
		}
	}
	c.outcomes = map[int]outcome{}
	if no == nil || c.panicsAgain(ctx, no) {
		result := c.accepted(ctx, seen)
		result.Versions = versionCalls(seen)
		c.tellNamespace(&result, seen)
		if result.Verdict == Safe {
			return result
		}
		c.asking = false
		c.outcomes[end] = outcome{verdict: result.Verdict, seen: seen}
		if result.Park = c.replayPark(ctx, result.Divergence.Event, nil); ctx.Err() != nil {
			return unjudged(context.Cause(ctx))
		}
		return result
	}
	c.asking = false
	whole := outcome{verdict: no.verdict, seen: seen, no: no}
	if whole.verdict == Unjudged {
		return unjudged(no.Err)
	}
	c.outcomes = map[int]outcome{end: whole}
	result := c.diverge(ctx, whole)
	result.Park = c.replayPark(ctx, result.Divergence.Event, no)
	if ctx.Err() != nil {
		return unjudged(context.Cause(ctx)) // what is above ended early
	}
	c.tellNamespace(&result, seen)
	result.Versions, result.Offers = versionCalls(seen), offersOf(seen, seen.Recorder.Intake(), nil)
	return result
}

// shadowed reports whether the stage runs another function for the recording's
// workflow type than the one that it registers for it.
func (c *cell) shadowed() bool {
	registered, err := registry.OfWorkflows(c.stage.Register)
	workflowType := c.recording.WorkflowType()
	return err == nil && !c.opts.Replayer.DisableRegistrationAliasing &&
		slices.Contains(registered.Names, workflowType) && slices.Contains(registered.Aliases, workflowType)
}

// transition says whether the stage is the one that ran the execution last, a
// newer or an older one, as far as lineage and order of release are known.
func (c *cell) transition() (own, deploy, rollback bool) {
	from := slices.IndexFunc(c.opts.Stages, c.ranLast)
	to := slices.IndexFunc(c.opts.Stages, func(s versioning.Stage) bool { return s.Name == c.stage.Name })
	return c.ranLast(c.stage), from >= 0 && from < to, to >= 0 && to < from
}

// replay replays the first n events. What it returns beside the observer is why the SDK
// rejects them, nil if it does not.
func (c *cell) replay(ctx context.Context, n int) (*observer.Observer, *rejection) {
	seen, no := c.attempt(ctx, func() *historypb.History { return c.private.Prefix(n) })
	c.remember(n, seen, no)
	return seen, no
}

// attempt replays the events, once more if that deadlocks. The SDK gives a workflow one
// second of wall-clock time to yield, which on a loaded machine can hit innocent code, so
// a deadlock is taken for true only if it happens again.
func (c *cell) attempt(ctx context.Context, events func() *historypb.History) (*observer.Observer, *rejection) {
	seen := observer.New(observer.Config{Asking: c.asking, Namespace: c.namespace()})
	no := read(c.run(events(), seen))
	if no.deadlocked() && ctx.Err() == nil {
		// The deadlocked coroutine can come back while another stage replays.
		c.private.Drop()
		seen = observer.New(observer.Config{Goroutines: true, Asking: c.asking, Namespace: c.namespace()})
		no = read(c.run(events(), seen))
		c.private.Drop()
	}
	return seen, no
}
