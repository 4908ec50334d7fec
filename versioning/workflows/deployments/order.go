package deployments

import (
	"strings"
	"time"

	"go.temporal.io/sdk/workflow"
)

// order is what the builds have in common: how a step is done, and how the
// workflow waits for its customer.
type order struct {
	ctx  workflow.Context
	done []string
}

// newOrder sets the query "result", which answers with the steps done so far.
func newOrder(ctx workflow.Context) (*order, error) {
	o := &order{ctx: workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})}
	return o, workflow.SetQueryHandler(ctx, "result", func() (string, error) { return o.result(), nil })
}

func (o *order) result() string { return strings.Join(o.done, ", ") }

// steps calls the activities one after the other.
func (o *order) steps(steps ...any) error {
	for _, step := range steps {
		var what string
		if err := workflow.ExecuteActivity(o.ctx, step).Get(o.ctx, &what); err != nil {
			return err
		}
		o.done = append(o.done, what)
	}
	return nil
}

// open adds an item for each signal "add" until the signal "ship" comes, with
// which the workflow completes. The
// signals "repeat" and "renew" continue the workflow as a new order, which is
// what the error then says. That of "repeat" inherits the versioning of this one;
// that of "renew" begins as AutoUpgrade, on the version that is current then.
func (o *order) open() error {
	add, ship := workflow.GetSignalChannel(o.ctx, "add"), workflow.GetSignalChannel(o.ctx, "ship")
	repeat, renew := workflow.GetSignalChannel(o.ctx, "repeat"), workflow.GetSignalChannel(o.ctx, "renew")
	var err error
	shipped := false
	wait := workflow.NewSelector(o.ctx)
	wait.AddReceive(add, func(c workflow.ReceiveChannel, _ bool) {
		c.Receive(o.ctx, nil)
		err = o.steps(AddItem)
	})
	wait.AddReceive(ship, func(c workflow.ReceiveChannel, _ bool) {
		c.Receive(o.ctx, nil)
		shipped = true
	})
	wait.AddReceive(repeat, func(c workflow.ReceiveChannel, _ bool) {
		c.Receive(o.ctx, nil)
		err = o.continueAsNew(workflow.ContinueAsNewVersioningBehaviorUnspecified)
	})
	wait.AddReceive(renew, func(c workflow.ReceiveChannel, _ bool) {
		c.Receive(o.ctx, nil)
		err = o.continueAsNew(workflow.ContinueAsNewVersioningBehaviorAutoUpgrade)
	})
	for !shipped && err == nil {
		wait.Select(o.ctx)
	}
	return err
}

func (o *order) continueAsNew(begin workflow.ContinueAsNewVersioningBehavior) error {
	return workflow.NewContinueAsNewErrorWithOptions(o.ctx,
		workflow.ContinueAsNewErrorOptions{InitialVersioningBehavior: begin},
		workflow.GetInfo(o.ctx).WorkflowType.Name)
}
