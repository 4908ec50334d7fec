package replay

import (
	"context"
	"fmt"
	"slices"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/private"
	"github.com/replaymatrix/replaymatrix/versioning/internal/registry"
)

// judgeUnstarted judges an execution of which no Workflow Task has completed: a stage
// that knows its type and can read its input can begin it, and nothing is proven by
// that. The SDK's replayer runs none of its code, and with an event or two it gives an
// error; so the first Workflow Task is made up.
func (c *cell) judgeUnstarted(ctx context.Context) Result {
	registered, err := registry.OfWorkflows(c.stage.Register)
	if err != nil {
		return unjudged(fmt.Errorf("stage %s %w", c.stage.Name, err))
	}
	workflowType := c.recording.WorkflowType()
	if !registered.Has(workflowType) &&
		(c.opts.Worker.DisableRegistrationAliasing || !slices.Contains(registered.Aliases, workflowType)) {
		_, _, rollback := c.transition()
		return Result{Verdict: Unregistered, Place: atStart(), Cause: cause.Cause{
			Kind: cause.TypeNotRegistered, Notice: cause.NoticedAtOnce,
			Type:    &cause.UnknownType{Name: workflowType, Registered: slices.Sorted(slices.Values(registered.Names))},
			Decided: cause.Decision{Way: versions{rollback: rollback}.way()},
		}}
	}
	seen, no := c.begin(ctx)
	if ctx.Err() != nil {
		return unjudged(context.Cause(ctx))
	}
	// A first task that is made up is replayed: GetVersion gives DefaultVersion in it, and
	// what panics on that branch need not panic on the one that a Worker takes.
	run, believed := seen.Ran(), len(seen.VersionCalls()) == 0
	panics := no != nil && no.verdict == Panic
	input, unread := inputUnreadable(seen.Recorder.Intake(), run)
	switch {
	case run.Reached && panics && believed:
		result := c.panicsAtStart(no)
		result.Place.at(no.source(seen))
		result.Cause.Failure.FirstTask = true
		return result
	case run.Reached:
		return Result{Verdict: Unstarted, Cause: cause.Cause{Kind: cause.NotBegun}}
	case unread:
		result := undecodable(input, versions{events: c.recording.History.GetEvents()}).Result
		result.SDKErr = input.Err
		return result
	case panics:
		return c.panicsAtStart(no)
	case no != nil:
		return unjudged(no.Err)
	default:
		return unjudged(fmt.Errorf("the SDK did not begin the workflow function %s with the input of the execution",
			workflowType))
	}
}

func (c *cell) panicsAtStart(no *rejection) Result {
	why := no.causeOfText(nil, versions{})
	why.Notice = no.notice()
	return Result{Verdict: Panic, Place: atStart(), Cause: why, Evidence: Evidence{SDKErr: no.Err}}
}

func atStart() Place {
	return Place{Event: 1, EventType: "WorkflowExecutionStarted"}
}

// begin runs the code in a made-up first Workflow Task, on a copy of the events, and
// gives what the SDK says. It finds commands that have no event, if the code makes
// any: that is no fault. As in every replay, no function of a SideEffect and no local
// activity runs.
func (c *cell) begin(ctx context.Context) (*observer.Observer, *rejection) {
	return c.attempt(ctx, func() *historypb.History { return private.WithFirstTask(c.recording.History) })
}
