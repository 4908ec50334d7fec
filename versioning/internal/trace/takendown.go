package trace

import "runtime"

// TakenDown reports whether the caller runs in a deferred function because the SDK ends
// the coroutine, which it does after the replay and beside whoever asks for its result
// (dispatcherImpl.Close in internal/internal_workflow.go). Such a function panics where
// it cancels a context, and reads values that no replay has asked for.
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
