package replay

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"

	historypb "go.temporal.io/api/history/v1"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/registry"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

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

// run replays a private history and returns what the SDK says.
func (c *cell) run(private *historypb.History, seen *observer.Observer) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &escapedPanic{value: p, stack: debug.Stack()}
		}
	}()
	replayerOptions := c.opts.Worker
	replayerOptions.Plugins = append(slices.Clip(replayerOptions.Plugins), seen.Plugin())
	logger := c.opts.Logger
	if logger == nil {
		logger = silent
	}
	if c.tracing() || c.opts.Twice || c.repeating {
		seen.Recorder = trace.NewRecorder(replayerOptions)
	} else {
		seen.Recorder = trace.NewIntakeRecorder(replayerOptions)
	}
	replayerOptions = seen.Recorder.Options()
	replayer, err := worker.NewWorkflowReplayerWithOptions(replayerOptions)
	if err != nil {
		return fmt.Errorf("setting up the replayer: %w", err)
	}
	if err := register(c.stage, replayer); err != nil {
		return err
	}
	// A worker without aliases calls an activity by its function's name too
	// (newRegistryWithOptions in the SDK's internal/internal_worker.go).
	if !c.opts.Worker.DisableRegistrationAliasing {
		registered, err := registry.OfActivities(c.stage.RegisterActivities)
		if err != nil {
			return fmt.Errorf("stage %s %w", c.stage.Name, err)
		}
		seen.Aliases = registered.Aliases
	}
	return replayer.ReplayWorkflowHistoryWithOptions(logger, private, worker.ReplayWorkflowHistoryOptions{
		OriginalExecution: workflow.Execution{ID: c.recording.WorkflowID, RunID: c.runID()},
	})
}

// register reports a panic in Register in the words of versioning.Validate.
func register(stage versioning.Stage, r worker.WorkflowRegistry) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("stage %s panics in Register: %v", stage.Name, p)
		}
	}()
	stage.Register(r)
	return nil
}

var silent = sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))

// remember keeps a replay for steady: all replays of one cell are of the same code on
// the same events, as far as they go.
func (c *cell) remember(events int, seen *observer.Observer, no *rejection) {
	if !seen.Recorder.NotesCalls() {
		return
	}
	r := &replayed{stage: c.stage.Name, events: events, seen: seen, rejected: no != nil}
	if r.rejected {
		r.reading = no.reading
	}
	if r.reading.verdict != Unjudged {
		c.replays = append(c.replays, r)
	}
}

// replayTo replays the history up to the end of a task, once. It reports false where ctx is
// cancelled before.
func (c *cell) replayTo(ctx context.Context, t task) (prefix, bool) {
	o, ok := c.prefixes[t.End]
	if ok || ctx.Err() != nil {
		return o, ok // the caller looks at ctx
	}
	o.seen, o.no = c.replay(ctx, t.End)
	c.prefixes[t.End] = o
	return o, true
}
