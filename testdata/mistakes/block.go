package mistakes

import (
	"sync"
	"time"

	"go.temporal.io/sdk/workflow"
)

// block and blockFirst are limited to five recordings with one waiting point each, because each deadlock costs the
// detector of the SDK a second, and the engine another one to make sure. None has called workflow.Go.
func block(_ workflow.Context, kind string) error {
	switch kind {
	case "nothing":
		<-make(chan struct{})
	case "local-activity":
		waitForOthers()
	case "side-effect":
		return sendFirst()
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

// waitForOthers waits with the WaitGroup of the standard library for what nobody begins.
func waitForOthers() {
	var others sync.WaitGroup
	others.Add(1)
	// Not by workflow.Go: the SDK reads what that writes while the blocked coroutine is still there, which is a data race.
	others.Wait()
}

// sendFirst sends on a channel of Go before anybody is there to receive.
func sendFirst() error {
	amounts := make(chan int)
	// Nobody receives.
	amounts <- 100
	return nil
}
