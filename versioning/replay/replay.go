// Package replay judges one recording against one stage: it replays the
// recorded event history with the SDK's own replayer and turns what the SDK
// says into a Verdict.
//
//	result := replay.Judge(ctx, stage, recording, nil)
//	if result.Verdict.Incompatible() { … result.Place.Event … result.Cause … }
//
// The SDK compares little more than the kinds of commands and events. What it
// accepts is compared again, up to Options.Level: which arguments an activity gets,
// how long a timer runs, what the workflow returns. Where that is not what the
// history says, the verdict is Drift. docs/verdicts.md lists the fields.
//
// It needs no service and no activities.
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
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/registry"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// A Result is what a replay has shown.
type Result struct {
	Verdict Verdict

	// Place is where history and code part. It is zero where the
	// verdict is Safe, NotApplicable or Unjudged.
	Place Place

	// Cause is why, as data. It is zero where there is nothing to say.
	Cause Cause

	// Moved is, where the verdict is NotApplicable, the verdict that the execution
	// would get if somebody moved it to the stage. It is empty otherwise.
	Moved Verdict

	Evidence

	// Err is why the verdict, or Moved, is Unjudged, nil where it is another one.
	Err error
}

// Judge replays the recording on the stage, with its original workflow ID and
// run ID and on a private copy of its events, so a recording can be judged by
// many goroutines at once.
//
// A panic that the SDK lets out of a replay gives Unjudged: the history is not
// readable to the SDK, or an option panics outside of the workflow. The SDK
// catches what panics while workflow code runs, also in a data converter or an
// interceptor that it calls: that is Panic. Cancelling ctx gives Unjudged with
// the context's error; the SDK cannot stop a replay, so it ends in the
// background.
func Judge(ctx context.Context, stage versioning.Stage, r *history.Recording, opts *Options) Result {
	var replayer Replayer
	defer replayer.Close()
	return replayer.JudgeAll(ctx, []versioning.Stage{stage}, r, opts)[0]
}

func unjudged(err error) Result {
	return Result{Verdict: Unjudged, Err: err}
}

// run replays a private history and returns what the SDK says.
func (c *cell) run(private *historypb.History, seen *observer) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &escapedPanic{value: p, stack: debug.Stack()}
		}
	}()
	replayerOptions := c.opts.Worker
	replayerOptions.Plugins = append(slices.Clip(replayerOptions.Plugins), &observing{observer: seen})
	logger := c.opts.Logger
	if logger == nil {
		logger = silent
	}
	if c.tracing() || c.opts.Twice || c.repeating {
		seen.recorder = trace.NewRecorder(replayerOptions)
	} else {
		seen.recorder = trace.NewIntakeRecorder(replayerOptions)
	}
	replayerOptions = seen.recorder.Options()
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
		seen.aliases = registered.Aliases
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

// escapedPanic is a panic that came out of the SDK's replayer.
type escapedPanic struct {
	value any
	stack []byte
}

func (e *escapedPanic) Error() string {
	return fmt.Sprintf("the SDK's replayer panicked: %v", e.value)
}

// StackTrace is where it panicked, as the SDK's own panic errors have it.
func (e *escapedPanic) StackTrace() string { return string(e.stack) }
