package replay

import (
	"context"
	"fmt"
	"slices"

	historypb "go.temporal.io/api/history/v1"

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
	if !registered.Has(workflowType) && (c.opts.Replayer.DisableRegistrationAliasing || !slices.Contains(registered.Aliases, workflowType)) {
		_, _, rollback := c.transition()
		return Result{Verdict: Unregistered, Divergence: atStart(), Detail: unregisteredDetail(workflowType, registered.Names, rollback)}
	}
	seen, err := c.begin(ctx)
	if ctx.Err() != nil {
		return unjudged(context.Cause(ctx))
	}
	// A first task that is made up is replayed: GetVersion gives DefaultVersion in it, and
	// what panics on that branch need not panic on the one that a Worker takes.
	run, believed := seen.ran(), len(seen.versionCalls()) == 0
	reading := classify(err)
	input, unread := inputUnreadable(seen.recorder.Intake(), run)
	switch {
	case run.reached && reading.verdict == Panic && believed:
		d := atStart()
		d.at(seen.source(reading))
		return Result{Verdict: Panic, Divergence: d, Err: err,
			Detail: "in its first Workflow Task, which no Worker has completed yet: " + detail(reading, nil, versions{run: run}, err)}
	case run.reached:
		return Result{Verdict: Unstarted, Detail: "no Workflow Task has completed; the code can begin it, and that proves nothing"}
	case unread:
		result := undecodable(input, c.recording.History.GetEvents()).Result
		result.Err = input.Err
		return result
	case reading.verdict == Panic:
		return Result{Verdict: Panic, Divergence: atStart(), Detail: detail(reading, nil, versions{run: run}, err), Err: err}
	case err != nil:
		return unjudged(err)
	default:
		return unjudged(fmt.Errorf("the SDK did not begin the workflow function %s with the input of the execution", workflowType))
	}
}

func atStart() Divergence {
	return Divergence{Event: 1, EventType: "WorkflowExecutionStarted"}
}

// begin runs the code in a made-up first Workflow Task, on a copy of the events, and
// gives what the SDK says. It finds commands that have no event, if the code makes
// any: that is no fault. As in every replay, no function of a SideEffect and no local
// activity runs.
func (c *cell) begin(ctx context.Context) (*observer, error) {
	return c.attempt(ctx, func() *historypb.History { return withFirstTask(c.recording.History) })
}
