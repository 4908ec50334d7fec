package unchanged

import (
	"context"
	"errors"
	"strings"
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// Order is charged, waits until it is approved, is shipped, and waits until it is
// delivered.
func Order(ctx workflow.Context) (string, error) {
	return order(ctx, func() {})
}

func buggyOrder(ctx workflow.Context) (string, error) {
	return order(ctx, func() {
		var approval *struct{ by string }
		approval.by = "nobody"
	})
}

func order(ctx workflow.Context, approved func()) (string, error) {
	state, err := answering(ctx)
	if err != nil {
		return "", err
	}
	ctx = withOptions(ctx)
	if err := workflow.ExecuteActivity(ctx, Charge, 100).Get(ctx, nil); err != nil {
		return "", err
	}
	*state = "charged"
	workflow.GetSignalChannel(ctx, "approved").Receive(ctx, nil)
	approved()
	if err := workflow.ExecuteActivity(ctx, Ship).Get(ctx, nil); err != nil {
		return "", err
	}
	*state = "shipped"
	workflow.NewSelector(ctx).
		AddReceive(workflow.GetSignalChannel(ctx, "delivered"), func(c workflow.ReceiveChannel, _ bool) { c.Receive(ctx, nil) }).
		AddFuture(workflow.NewTimer(ctx, 3*time.Second), func(workflow.Future) {}).
		AddReceive(ctx.Done(), func(workflow.ReceiveChannel, bool) {}).
		Select(ctx)
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	return "delivered", nil
}

// Basket takes items until it is told to check out. What comes while it checks out
// is taken too, and it waits to be told again.
func Basket(ctx workflow.Context) (string, error) {
	state, err := answering(ctx)
	if err != nil {
		return "", err
	}
	ctx = withOptions(ctx)
	var items []string
	take := func(c workflow.ReceiveChannel, _ bool) {
		var item string
		c.Receive(ctx, &item)
		items = append(items, item)
		*state = strings.Join(items, ", ")
	}
	added := workflow.GetSignalChannel(ctx, "item")
	for {
		checkout := false
		for !checkout {
			workflow.NewSelector(ctx).
				AddReceive(added, take).
				AddReceive(workflow.GetSignalChannel(ctx, "checkout"), func(c workflow.ReceiveChannel, _ bool) {
					c.Receive(ctx, nil)
					checkout = true
				}).
				Select(ctx)
		}
		if err := workflow.ExecuteLocalActivity(ctx, Count, 500*time.Millisecond).Get(ctx, nil); err != nil {
			return "", err
		}
		if added.Len() == 0 {
			return *state, nil
		}
		for added.Len() > 0 {
			take(added, true)
		}
	}
}

// Closing counts, which takes a while, and completes.
func Closing(ctx workflow.Context) error {
	workflow.GetSignalChannel(ctx, "close").Receive(ctx, nil)
	ctx = withOptions(ctx)
	return workflow.ExecuteLocalActivity(ctx, Count, 500*time.Millisecond).Get(ctx, nil)
}

// Import counts for several times as long as a Workflow Task may take, and waits
// until somebody has looked at it.
func Import(ctx workflow.Context) error {
	ctx = withOptions(ctx)
	if err := workflow.ExecuteLocalActivity(ctx, Count, 4*taskTimeout).Get(ctx, nil); err != nil {
		return err
	}
	workflow.GetSignalChannel(ctx, "seen").Receive(ctx, nil)
	return workflow.ExecuteActivity(ctx, Ship).Get(ctx, nil)
}

// tooLarge is more than the service takes as one payload, which is 2 MB, and less
// than it takes as one message, which is 4 MB.
const tooLarge = 3 << 20

// Archive writes down what is too large for the service, in one of several ways.
func Archive(ctx workflow.Context, way string) (string, error) {
	workflow.GetSignalChannel(ctx, "archive").Receive(ctx, nil)
	document := strings.Repeat("x", tooLarge)
	ctx = withOptions(ctx)
	switch way {
	case "as activity":
		return "", workflow.ExecuteActivity(ctx, Store, document).Get(ctx, nil)
	case "as child":
		return "", workflow.ExecuteChildWorkflow(ctx, Archive, document).Get(ctx, nil)
	case "as continue-as-new":
		return "", workflow.NewContinueAsNewError(ctx, Archive, document)
	case "as failure":
		return "", errors.New(document)
	default:
		return document, nil
	}
}

// Report charges and completes. It is run by a schedule.
func Report(ctx workflow.Context) (string, error) {
	ctx = withOptions(ctx)
	var charged string
	err := workflow.ExecuteActivity(ctx, Charge, 100).Get(ctx, &charged)
	return charged, err
}

// Invoice charges and fails. It is run by a schedule, or tried again.
func Invoice(ctx workflow.Context) error {
	ctx = withOptions(ctx)
	if err := workflow.ExecuteActivity(ctx, Charge, 100).Get(ctx, nil); err != nil {
		return err
	}
	return errors.New("no address")
}

// Refund dereferences a nil pointer once it is approved.
func Refund(ctx workflow.Context) error {
	state, err := answering(ctx)
	if err != nil {
		return err
	}
	ctx = withOptions(ctx)
	if err := workflow.ExecuteActivity(ctx, Charge, -100).Get(ctx, nil); err != nil {
		return err
	}
	*state = "charged"
	workflow.GetSignalChannel(ctx, "approved").Receive(ctx, nil)
	var approval *struct{ by string }
	approval.by = "nobody"
	return nil
}

// answering answers the query "state" with what is returned.
func answering(ctx workflow.Context) (*string, error) {
	state := new(string)
	return state, workflow.SetQueryHandler(ctx, "state", func() (string, error) { return *state, nil })
}

func withOptions(ctx workflow.Context) workflow.Context {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Minute})
}

func registerActivities(r worker.ActivityRegistry) {
	r.RegisterActivity(Charge)
	r.RegisterActivity(Ship)
	r.RegisterActivity(Store)
}

// Charge is an activity.
func Charge(context.Context, int) (string, error) { return "charged", nil }

// Ship is an activity.
func Ship(context.Context) error { return nil }

// Store is an activity.
func Store(context.Context, string) error { return nil }

// Count is a local activity that takes that long.
func Count(ctx context.Context, takes time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(takes):
		return nil
	}
}
