package trace

import "runtime"

// TakenDown reports whether the caller runs in a deferred function because the SDK ends the
// coroutine. The SDK ends coroutines after the replay, possibly while another goroutine asks for
// the result (dispatcherImpl.Close in internal/internal_workflow.go). Such a deferred function
// panics if it cancels a context. It also reads values that no replay has asked for.
func TakenDown() bool {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for {
		frame, more := frames.Next()
		if frame.Function == "runtime.Goexit" {
			return true
		}
		if !more {
			return false
		}
	}
}
