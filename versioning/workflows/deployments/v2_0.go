package deployments

import "go.temporal.io/sdk/workflow"

// Order20 is build 2.0: customers pay before anything is reserved. No GetVersion
// decides it, so no order of an older build can move here.
func Order20(ctx workflow.Context) (string, error) {
	o, err := newOrder(ctx)
	if err != nil {
		return "", err
	}
	if err := o.steps(ctx, Check, Charge, Reserve); err != nil {
		return "", err
	}
	err = o.open(ctx)
	return o.result(), err
}
