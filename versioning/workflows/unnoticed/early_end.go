package unnoticed

import (
	"context"
	"errors"
	"time"

	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

var earlyEnds = []*versioning.Family{EarlyEnd, Entity, RepeatedActivity, RepeatedTimer, RepeatedChild}

// EarlyEnd ends an order where the history goes on.
var EarlyEnd = catalogue("early-end", "EarlyEnd",
	"An order that waits twice ends before it has come so far.",
	[]versioning.Scenario{
		{
			Name: "approval", Doc: "Charged; left open, waiting to be approved.",
			Plan: versioning.Observed{
				Stages: []string{"base", "returns-once-shipped"},
				Drive:  until("100 charged"),
				Finish: approveAndDeliver,
			},
		},
		{
			Name: "delivery", Doc: "Charged, approved and shipped; left open, waiting to be delivered.",
			Plan: versioning.Observed{
				Stages: []string{"base"},
				Drive:  versioning.InOrder(until("100 charged"), approve, until("shipped")),
				Finish: deliver,
			},
		},
		{
			Name: "terminated", Doc: "Terminated where it waits to be approved.",
			Plan: versioning.EachStage{
				Stages: []string{"base"},
				Drive:  versioning.InOrder(until("100 charged"), terminate),
				Ends:   versioning.Terminated,
			},
		},
		{
			Name: "timed-out", Doc: "Timed out where it waits to be approved.",
			Start: timesOut,
			Plan:  versioning.EachStage{Stages: []string{"base"}, Ends: versioning.TimedOut},
		},
		{
			Name: "ended", Doc: "Charged, approved, shipped and delivered, as far as the stage goes.",
			Plan: versioning.EachStage{
				Drive: versioning.InOrder(later, approve, later, deliver),
				Ends:  versioning.Closed,
			},
		},
	},
	stage{name: "base", doc: "Charges, waits to be approved, ships, waits to be delivered, sends a receipt.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, 100))
		waitFor(ctx, "approved")
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, "a book"))
		waitFor(ctx, "delivered")
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), SendReceipt))
		return *state, nil
	}},
	stage{name: "returns", doc: "Completes once it is charged.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, 100))
		return *state, nil
	}},
	stage{name: "fails", doc: "Fails once it is charged.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, 100))
		return "", errors.New("no more orders are taken")
	}},
	stage{name: "cancels", doc: "Ends as cancelled once it is charged.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, 100))
		return "", temporal.NewCanceledError("no more orders are taken")
	}},
	stage{name: "continues-as-new", doc: "Continues as new once it is charged.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, 100))
		return "", workflow.NewContinueAsNewError(ctx, "EarlyEnd")
	}},
	stage{name: "returns-at-once", doc: "Completes before it is charged.", workflow: func(ctx workflow.Context) (string, error) {
		answering(ctx)
		return "no more orders are taken", nil
	}},
	stage{name: "returns-once-shipped", doc: "Completes once it is shipped.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, 100))
		waitFor(ctx, "approved")
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, "a book"))
		return *state, nil
	}},
	stage{name: "does-not-wait", doc: "Completes if it is not approved by the time it is charged.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, 100))
		if !workflow.GetSignalChannel(ctx, "approved").ReceiveAsync(nil) {
			return "not approved", nil
		}
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, "a book"))
		waitFor(ctx, "delivered")
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), SendReceipt))
		return *state, nil
	}},
	stage{name: "returns-on-a-busy-worker", doc: "Completes once it is charged, on a Worker that takes a while for each task.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, 100))
		return *state, nil
	}, worker: func(o *worker.Options) { o.Interceptors = append(o.Interceptors, &busy{}) }},
	stage{name: "notes-and-returns", doc: "Takes a note in a local activity and completes, once it is charged.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, 100))
		*state = outcome(ctx, workflow.ExecuteLocalActivity(withActivities(ctx), Note, *state))
		return *state, nil
	}},
)

var (
	approve           = send("approved", nil)
	deliver           = send("delivered", nil)
	approveAndDeliver = versioning.InOrder(approve, later, deliver)
)

// Note is a local activity. It returns what it has noted.
func Note(_ context.Context, text string) (string, error) { return "noted: " + text, nil }

// busy lets every Workflow Task take a while that begins a workflow or replays it.
type busy struct {
	interceptor.WorkerInterceptorBase
}

func (*busy) InterceptWorkflow(_ workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	return &busyInbound{interceptor.WorkflowInboundInterceptorBase{Next: next}}
}

type busyInbound struct {
	interceptor.WorkflowInboundInterceptorBase
}

func (b *busyInbound) ExecuteWorkflow(ctx workflow.Context, in *interceptor.ExecuteWorkflowInput) (any, error) {
	time.Sleep(400 * time.Millisecond)
	return b.Next.ExecuteWorkflow(ctx, in)
}
