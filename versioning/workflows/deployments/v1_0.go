package deployments

import "go.temporal.io/sdk/workflow"

// Order10 is build 1.0: it reserves, and takes items until it is told to ship.
func Order10(ctx workflow.Context) (string, error) {
	o, err := newOrder(ctx)
	if err != nil {
		return "", err
	}
	if err := o.steps(ctx, Reserve); err != nil {
		return "", err
	}
	err = o.open(ctx)
	return o.result(), err
}
