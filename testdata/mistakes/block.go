package mistakes

import (
	"sync"
	"time"

	"go.temporal.io/sdk/workflow"
)

// block and blockFirst are limited to five recordings with one waiting point each, because each deadlock costs the
// detector of the SDK a second, and the engine another one to make sure.
func block(ctx workflow.Context, kind string) error {
	switch kind {
	case "nothing":
		<-make(chan struct{})
	case "local-activity":
		waitForOthers(ctx)
	case "side-effect":
		return sendFirst(ctx)
	case "mutable-side-effect":
		time.Sleep(time.Minute) // rather than workflow.Sleep
	}
	return nil
}

// blockFirst waits for settings that nobody sends.
func blockFirst(kind string) {
	settings := make(chan string)
	if kind == "memo" {
		select {
		case <-settings:
		case <-time.After(time.Minute):
		}
	}
}

// waitForOthers waits for a coroutine with the WaitGroup of the standard library.
func waitForOthers(ctx workflow.Context) {
	var others sync.WaitGroup
	others.Add(1)
	workflow.Go(ctx, func(workflow.Context) { others.Done() })
	others.Wait()
}

// sendFirst sends on a channel of Go to a coroutine that has not begun.
func sendFirst(ctx workflow.Context) error {
	amounts := make(chan int)
	workflow.Go(ctx, func(workflow.Context) { <-amounts })
	amounts <- 100
	return nil
}
