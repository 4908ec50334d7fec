package deployments

import "go.temporal.io/sdk/workflow"

// Order11 is build 1.1: new orders are checked first. GetVersion keeps the
// orders of build 1.0 as they began, so they can move here.
func Order11(ctx workflow.Context) (string, error) {
	o, err := newOrder(ctx)
	if err != nil {
		return "", err
	}
	if workflow.GetVersion(ctx, "check", workflow.DefaultVersion, 1) >= 1 {
		if err := o.steps(ctx, Check); err != nil {
			return "", err
		}
	}
	if err := o.steps(ctx, Reserve); err != nil {
		return "", err
	}
	err = o.open(ctx)
	return o.result(), err
}
