package unnoticed

import (
	"context"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

var unread = []*versioning.Family{UnreadSignal, UnreadSelector}

// stillPaid are the stages that wait for the signal "paid".
var stillPaid = []string{"base", "taken-later", "takes-both"}

// UnreadSignal does not take a signal that has come, or takes it later.
var UnreadSignal = catalogue("unread-signal", "UnreadSignal",
	"A workflow that waits to be paid and to be approved does not take the one signal any more.",
	[]versioning.Scenario{
		{
			Name: "charged", Doc: "Left open, waiting to be paid.",
			Plan: versioning.Observed{
				Stages: []string{"base", "renamed"},
				Drive:  until("charged"),
				Finish: payApproveAndDeliver,
			},
		},
		{
			Name: "noted", Doc: "A note has come, which no stage asks for; left open, waiting to be paid.",
			Plan: versioning.Observed{
				Stages: []string{"base"},
				Drive:  versioning.InOrder(until("charged"), send("note", "a gift"), later),
				Finish: payApproveAndDeliver,
			},
		},
		{
			Name: "paid", Doc: "Paid; left open, waiting to be approved.",
			Plan: versioning.Observed{
				Stages: []string{"base", "takes-both"},
				Drive:  versioning.InOrder(until("charged"), payText, until("paid")),
				Finish: approveAndDeliver,
			},
		},
		{
			Name: "approved", Doc: "Approved before it is paid; left open, waiting to be paid.",
			Plan: versioning.Observed{
				Stages: []string{"base", "taken-later"},
				Drive:  versioning.InOrder(until("charged"), approve, later),
				Finish: versioning.InOrder(payText, later, deliver),
			},
		},
		{
			Name: "shipped", Doc: "Paid, approved and shipped; left open, waiting to be delivered.",
			Plan: versioning.Observed{
				Stages: []string{"base"},
				Drive:  versioning.InOrder(until("charged"), payText, later, approve, until("shipped")),
				Finish: deliver,
			},
		},
		{
			Name: "paid-unattended", Doc: "Paid while no Worker runs; left open, with a Workflow Task that is to take it.",
			Plan: versioning.Observed{
				Stages:        []string{"base", "takes-both"},
				Drive:         until("charged"),
				WithoutWorker: payText,
				Finish:        approveAndDeliver,
			},
		},
		{
			Name: "ended", Doc: "Paid, approved, shipped and delivered.",
			Plan: versioning.EachStage{
				Stages: append([]string{"not-asked-for"}, stillPaid...),
				Drive:  versioning.InOrder(later, payApproveAndDeliver),
			},
		},
		{
			Name: "ended-renamed", Doc: "Paid with the renamed signal, approved, shipped and delivered.",
			Plan: versioning.EachStage{
				Stages: []string{"renamed", "takes-both"},
				Drive:  versioning.InOrder(later, send("order-paid", "order 17"), later, approve, later, deliver),
			},
		},
	},
	stage{name: "base", doc: "Waits to be paid and then to be approved, ships, waits to be delivered.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = "charged"
		waitFor(ctx, "paid")
		*state = "paid"
		waitFor(ctx, "approved")
		return ship(ctx, state)
	}},
	stage{name: "renamed", doc: "Waits to be paid by another signal.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = "charged"
		waitFor(ctx, "order-paid")
		*state = "paid"
		waitFor(ctx, "approved")
		return ship(ctx, state)
	}},
	stage{name: "takes-both", doc: "Waits to be paid by either signal.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = "charged"
		take := func(c workflow.ReceiveChannel, _ bool) { c.Receive(ctx, nil) }
		workflow.NewSelector(ctx).
			AddReceive(workflow.GetSignalChannel(ctx, "order-paid"), take).
			AddReceive(workflow.GetSignalChannel(ctx, "paid"), take).
			Select(ctx)
		*state = "paid"
		waitFor(ctx, "approved")
		return ship(ctx, state)
	}},
	stage{name: "taken-later", doc: "Waits to be approved and then to be paid.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = "charged"
		waitFor(ctx, "approved")
		*state = "approved"
		waitFor(ctx, "paid")
		return ship(ctx, state)
	}},
	stage{name: "not-asked-for", doc: "Does not wait to be paid.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		*state = "charged"
		waitFor(ctx, "approved")
		return ship(ctx, state)
	}},
)

var payApproveAndDeliver = versioning.InOrder(payText, later, approveAndDeliver)

func ship(ctx workflow.Context, state *string) (string, error) {
	*state = outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, "a book"))
	waitFor(ctx, "delivered")
	return *state, nil
}

// UnreadSelector takes one of two signals that are both there.
var UnreadSelector = catalogue("unread-selector", "UnreadSelector",
	"A workflow that takes the first of two signals takes the other one first.",
	[]versioning.Scenario{
		{
			Name: "decided", Doc: "Approved and declined while it is charged; left open, waiting to be seen.",
			Activities: slowly,
			Plan: versioning.Observed{
				Drive:  versioning.InOrder(approve, send("declined", nil), until("decided")),
				Finish: send("seen", nil),
			},
		},
		{
			Name: "ended", Doc: "Approved and declined while it is charged, and seen.",
			Activities: slowly,
			Plan: versioning.EachStage{
				Drive: versioning.InOrder(approve, send("declined", nil), until("decided"), send("seen", nil)),
			},
		},
	},
	stage{name: "base", doc: "Charges, takes the approval or else the refusal, waits to be seen, ships what was decided.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		charged := outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, 100))
		decision := ""
		workflow.NewSelector(ctx).
			AddReceive(workflow.GetSignalChannel(ctx, "approved"), func(c workflow.ReceiveChannel, _ bool) {
				c.Receive(ctx, nil)
				decision = "approved"
			}).
			AddReceive(workflow.GetSignalChannel(ctx, "declined"), func(c workflow.ReceiveChannel, _ bool) {
				c.Receive(ctx, nil)
				decision = "declined"
			}).
			Select(ctx)
		*state = "decided"
		waitFor(ctx, "seen")
		return outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, charged+", "+decision)), nil
	}},
	stage{name: "declined-first", doc: "Takes the refusal or else the approval.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		charged := outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, 100))
		decision := ""
		workflow.NewSelector(ctx).
			AddReceive(workflow.GetSignalChannel(ctx, "declined"), func(c workflow.ReceiveChannel, _ bool) {
				c.Receive(ctx, nil)
				decision = "declined"
			}).
			AddReceive(workflow.GetSignalChannel(ctx, "approved"), func(c workflow.ReceiveChannel, _ bool) {
				c.Receive(ctx, nil)
				decision = "approved"
			}).
			Select(ctx)
		*state = "decided"
		waitFor(ctx, "seen")
		return outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, charged+", "+decision)), nil
	}},
	stage{name: "approved-only", doc: "Takes the approval only.", workflow: func(ctx workflow.Context) (string, error) {
		state := answering(ctx)
		charged := outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Charge, 100))
		waitFor(ctx, "approved")
		*state = "decided"
		waitFor(ctx, "seen")
		return outcome(ctx, workflow.ExecuteActivity(withActivities(ctx), Ship, charged+", approved")), nil
	}},
)

// slowly registers activities of which Charge takes so long that signals come
// meanwhile.
func slowly(r worker.ActivityRegistry) {
	r.RegisterActivity(Ship)
	r.RegisterActivityWithOptions(func(ctx context.Context, amount int) (string, error) {
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(500 * time.Millisecond):
			return Charge(ctx, amount)
		}
	}, activity.RegisterOptions{Name: "Charge"})
}
