package deployments

import (
	"strings"
	"time"

	"go.temporal.io/sdk/workflow"
)

// order is what the builds have in common: how a step is done, and how the
// workflow waits for its customer.
type order struct {
	done []string
}

// newOrder sets the query "result", which answers with the steps done so far.
func newOrder(ctx workflow.Context) (*order, error) {
	o := &order{}
	return o, workflow.SetQueryHandler(ctx, "result", func() (string, error) { return o.result(), nil })
}

func (o *order) result() string { return strings.Join(o.done, ", ") }

// steps calls the activities one after the other.
func (o *order) steps(ctx workflow.Context, steps ...any) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	for _, step := range steps {
		var what string
		if err := workflow.ExecuteActivity(ctx, step).Get(ctx, &what); err != nil {
			return err
		}
		o.done = append(o.done, what)
	}
	return nil
}

// open adds an item for each signal "add" until the signal "ship" comes, with
// which the workflow completes. The signals "repeat" and "renew" continue the
// workflow as a new order, which is what the error then says. That of "repeat"
// inherits the versioning of this one; that of "renew" begins as AutoUpgrade, on
// the version that is current then.
func (o *order) open(ctx workflow.Context) error {
	add, ship := workflow.GetSignalChannel(ctx, "add"), workflow.GetSignalChannel(ctx, "ship")
	repeat, renew := workflow.GetSignalChannel(ctx, "repeat"), workflow.GetSignalChannel(ctx, "renew")
	var err error
	shipped := false
	wait := workflow.NewSelector(ctx)
	wait.AddReceive(add, func(c workflow.ReceiveChannel, _ bool) {
		c.Receive(ctx, nil)
		err = o.steps(ctx, AddItem)
	})
	wait.AddReceive(ship, func(c workflow.ReceiveChannel, _ bool) {
		c.Receive(ctx, nil)
		shipped = true
	})
	wait.AddReceive(repeat, func(c workflow.ReceiveChannel, _ bool) {
		c.Receive(ctx, nil)
		err = continueAsNew(ctx, workflow.ContinueAsNewVersioningBehaviorUnspecified)
	})
	wait.AddReceive(renew, func(c workflow.ReceiveChannel, _ bool) {
		c.Receive(ctx, nil)
		err = continueAsNew(ctx, workflow.ContinueAsNewVersioningBehaviorAutoUpgrade)
	})
	for !shipped && err == nil {
		wait.Select(ctx)
	}
	return err
}

func continueAsNew(ctx workflow.Context, begin workflow.ContinueAsNewVersioningBehavior) error {
	return workflow.NewContinueAsNewErrorWithOptions(ctx,
		workflow.ContinueAsNewErrorOptions{InitialVersioningBehavior: begin},
		workflow.GetInfo(ctx).WorkflowType.Name)
}
