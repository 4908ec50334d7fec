package pair

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"go.temporal.io/api/serviceerror"
	updatepb "go.temporal.io/api/update/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/generate"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

// A News is what gives an execution its next Workflow Task.
type News string

// The kinds of news.
const (
	ActivityDone   News = "activity completed"
	ActivityFailed News = "activity failed"
	ChildDone      News = "child completed"
	ChildFailed    News = "child failed"
	Signal         News = "signal"
	OtherSignal    News = "signal that nobody waits for"
	Update         News = "update"
	Cancel         News = "cancellation"
	// ByService is what the service brings by itself: a timer fires, a child has started, a signal
	// has reached another execution.
	ByService News = "timer, start of a child, or delivery"
)

// AllNews are all kinds.
var AllNews = []News{ActivityDone, ActivityFailed, ChildDone, ChildFailed, Signal, OtherSignal, Update, Cancel, ByService}

// otherSignal is a signal of which no program knows.
const otherSignal = "nobody waits for it"

// An act gives news.
type act struct {
	news News
	// name and value are those of a signal or an update.
	name, value string
	do          func(ctx context.Context) error
}

// choose chooses what happens next to the execution, among what its program waits for.
func (x *execution) choose(r *rand.Rand, s state) act {
	var acts []act
	add := func(times int, a act) {
		for range times {
			acts = append(acts, a)
		}
	}
	value := generate.Pick(r, generate.Values)
	for _, id := range sorted(s.activities) {
		complete := func(result any, failure error) func(context.Context) error {
			return func(ctx context.Context) error { return x.complete(ctx, s.activities[id], result, failure) }
		}
		add(12, act{news: ActivityDone, do: complete(value, nil)})
		add(11, act{news: ActivityFailed, do: complete(nil, temporal.NewNonRetryableApplicationError("refused", "Refused", nil))})
	}
	for _, id := range sorted(s.children) {
		finish := func(how string) func(context.Context) error {
			return func(ctx context.Context) error { return x.finish(ctx, id, s.children[id], how) }
		}
		add(70, act{news: ChildDone, do: finish(value)})
		add(70, act{news: ChildFailed, do: finish(program.Refuse)})
	}
	for _, name := range x.old.Signals() {
		add(4, x.signals(Signal, name, value))
	}
	add(2, x.nothing(value))
	for _, name := range x.old.Updates() {
		add(18, act{Update, name, value, func(ctx context.Context) error { return x.update(ctx, name, value) }})
	}
	if !s.cancelRequested {
		add(4, act{news: Cancel, do: func(ctx context.Context) error {
			return x.client.CancelWorkflow(ctx, x.run.GetID(), x.run.GetRunID())
		}})
	}
	return generate.Pick(r, acts)
}

// signals sends the execution a signal.
func (x *execution) signals(news News, name, value string) act {
	return act{news, name, value, func(ctx context.Context) error {
		return x.client.SignalWorkflow(ctx, x.run.GetID(), x.run.GetRunID(), name, value)
	}}
}

// nothing brings a Workflow Task that has no news for any program.
func (x *execution) nothing(value string) act { return x.signals(OtherSignal, otherSignal, value) }

// complete completes or fails an activity. It can fail only once a Worker has taken it.
func (x *execution) complete(ctx context.Context, activityID string, result any, failure error) error {
	var p patience
	for {
		err := x.client.CompleteActivityByID(ctx, x.namespace, x.run.GetID(), x.run.GetRunID(), activityID, result, failure)
		var notYet *serviceerror.NotFound
		if !errors.As(err, &notYet) {
			return err
		}
		if err := p.wait(ctx); err != nil {
			return fmt.Errorf("nobody takes activity %s: %w", activityID, err)
		}
	}
}

// finish makes a child workflow end, and waits until its parent knows.
func (x *execution) finish(ctx context.Context, initiated int64, c child, how string) error {
	if err := x.client.SignalWorkflow(ctx, c.workflowID, c.runID, program.Finish, how); err != nil {
		return err
	}
	var p patience
	for {
		events, err := x.history(ctx)
		if err != nil {
			return err
		}
		if _, open := stateOf(events).children[initiated]; !open {
			return nil
		}
		if err := p.wait(ctx); err != nil {
			return fmt.Errorf("the child does not end: %w", err)
		}
	}
}

// update sends an update, and leaves it to a Worker that is yet to come.
func (x *execution) update(ctx context.Context, name, value string) error {
	x.updates++
	answered := make(chan struct{})
	x.answered = append(x.answered, answered)
	input, err := converter.GetDefaultDataConverter().ToPayloads(value)
	if err != nil {
		return err
	}
	x.request = &updatepb.Request{
		Meta:  &updatepb.Meta{UpdateId: fmt.Sprintf("%s-%d", name, x.updates)},
		Input: &updatepb.Input{Name: name, Args: input},
	}
	options := client.UpdateWorkflowOptions{
		UpdateID:   x.request.GetMeta().GetUpdateId(),
		WorkflowID: x.run.GetID(), RunID: x.run.GetRunID(), UpdateName: name, Args: []any{value},
		WaitForStage: client.WorkflowUpdateStageAccepted,
	}
	go func() {
		defer close(answered)
		_, _ = x.client.UpdateWorkflow(x.ctx, options) // what becomes of it is in the history
	}()
	// The service has it as soon as there is a Workflow Task for it.
	var p patience
	for {
		d, err := x.client.DescribeWorkflowExecution(ctx, x.run.GetID(), x.run.GetRunID())
		if err != nil || d.GetPendingWorkflowTask() != nil {
			return err
		}
		if err := p.wait(ctx); err != nil {
			return fmt.Errorf("no Workflow Task for the update: %w", err)
		}
	}
}

// A patience waits between looks at the service, each time longer: sixteen pairs that look all the
// time leave no time for the service.
type patience struct{ next time.Duration }

func (p *patience) wait(ctx context.Context) error {
	const first, longest = 5 * time.Millisecond, 100 * time.Millisecond
	p.next = min(max(first, 2*p.next), longest)
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(p.next):
		return nil
	}
}
