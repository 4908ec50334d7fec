package runtimechecks

import (
	"context"
	"fmt"
	"time"

	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning"
)

var (
	open = versioning.Scenario{
		Name: "open",
		Doc:  "All calls are made and answered; left open, waiting for the signal \"finish\".",
		Plan: versioning.Observed{Drive: settle, Finish: finish},
	}
	closed = versioning.Scenario{
		Name: "closed",
		Doc:  "All calls are made and answered, then the signal \"finish\" completes the workflow.",
		Plan: versioning.EachStage{Drive: versioning.InOrder(settle, finish)},
	}
	ended = versioning.Scenario{
		Name: "ended",
		Doc:  "The call is made and answered, then the signal \"finish\" makes the workflow end in the stage's way.",
		Plan: versioning.EachStage{Drive: versioning.InOrder(settle, finish), Ends: versioning.Closed},
	}
	cancelled = versioning.Scenario{
		Name: "cancelled",
		Doc:  "The call is made and answered, then a request to cancel makes the workflow end in the stage's way.",
		Plan: versioning.EachStage{Drive: versioning.InOrder(settle, cancel), Ends: versioning.Closed},
	}
)

// openAfterUpdate and closedAfterUpdate are open and closed with an update before the
// workflow is told to finish. A refusal is an answer too.
var (
	openAfterUpdate = versioning.Scenario{
		Name: open.Name,
		Doc:  "The update \"discount\" is sent. " + open.Doc,
		Plan: versioning.Observed{Drive: settledUpdate, Finish: finish},
	}
	closedAfterUpdate = versioning.Scenario{
		Name: closed.Name,
		Doc:  "The update \"discount\" is sent. " + closed.Doc,
		Plan: versioning.EachStage{Drive: versioning.InOrder(settledUpdate, finish)},
	}
)

// endedWith is the scenario ended for workflows with input.
func endedWith(input ...any) versioning.Scenario {
	sc := ended
	sc.Input = input
	return sc
}

var settledUpdate = versioning.InOrder(settle, versioning.Update("discount-1", "discount", 20), settle)

func cancel(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	return c.CancelWorkflow(ctx, run.GetID(), run.GetRunID())
}

func finish(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	return c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), "finish", nil)
}

// settle waits until the workflow has made its calls, and until those that it
// does not wait for are answered too: the events are then in the same order
// every time.
var settle = versioning.InOrder(
	versioning.UntilQuery("result", func(result string) bool { return result != "" }),
	untilAnswered,
)

func untilAnswered(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		n, err := unanswered(ctx, c, run)
		if n == 0 || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// answers says which events of a history ask for another one, and which are
// that other one. A timer is not among them: one that the workflow does not wait
// for is outstanding for good.
var answers = map[string]int{
	"WorkflowTaskScheduled":                           +1,
	"WorkflowTaskCompleted":                           -1,
	"ActivityTaskScheduled":                           +1,
	"ActivityTaskCompleted":                           -1,
	"ActivityTaskTimedOut":                            -1,
	"StartChildWorkflowExecutionInitiated":            +1,
	"ChildWorkflowExecutionStarted":                   -1,
	"SignalExternalWorkflowExecutionInitiated":        +1,
	"SignalExternalWorkflowExecutionFailed":           -1,
	"ExternalWorkflowExecutionSignaled":               -1,
	"RequestCancelExternalWorkflowExecutionInitiated": +1,
	"RequestCancelExternalWorkflowExecutionFailed":    -1,
}

func unanswered(ctx context.Context, c client.Client, run client.WorkflowRun) (n int, err error) {
	const allEvents = 1
	events := c.GetWorkflowHistory(ctx, run.GetID(), run.GetRunID(), false, allEvents)
	for events.HasNext() {
		event, err := events.Next()
		if err != nil {
			return 0, fmt.Errorf("reading the event history: %w", err)
		}
		n += answers[event.GetEventType().String()]
	}
	return n, nil
}
