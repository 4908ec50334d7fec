package replay_test

import "go.temporal.io/sdk/workflow"

// Other tests expect these lines: change none of them without need.

func askOften(ctx workflow.Context) {
	for i := range 10 {
		workflow.GetVersion(ctx, "again", workflow.DefaultVersion, 1)
		if i%2 == 1 {
			workflow.GetVersion(ctx, "odd", workflow.DefaultVersion, 1)
		}
	}
	workflow.GetVersion(ctx, "again", workflow.DefaultVersion, 1)
}

func askInCoroutine(ctx workflow.Context) {
	workflow.Go(ctx, func(ctx workflow.Context) {
		workflow.GetVersion(ctx, "coroutine", workflow.DefaultVersion, 1)
	})
}

func askOnce(ctx workflow.Context) {
	workflow.GetVersion(ctx, "once", workflow.DefaultVersion, 1)
}
