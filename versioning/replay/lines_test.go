package replay_test

import (
	"errors"

	"go.temporal.io/sdk/workflow"
)

// Other tests expect these lines: change none of them without need.

func panicOne(workflow.Context) {
	panic("no such order")
}

func panicInCoroutine(ctx workflow.Context) {
	workflow.Go(ctx, func(workflow.Context) {
		panic(errors.New("first line\nsecond line"))
	})
}

func panicLikeSDK(workflow.Context) {
	panic("it said: [TMPRL1100] nondeterministic workflow: missing replay command for x")
}

func tooOld(ctx workflow.Context) {
	workflow.GetVersion(ctx, "my-patch", workflow.DefaultVersion, 0)
}

func block(workflow.Context) {
	<-make(chan struct{})
}
