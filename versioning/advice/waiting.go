package advice

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// rolled says what a Worker of the other stage makes of the task.
func rolled(r rehearse.Roll) string {
	switch {
	case r.Stuck:
		return fmt.Sprintf("a Worker of %s that gets its next Workflow Task is stuck on it (%s)", r.Stage, r.Cause)
	case r.Ending != "":
		return fmt.Sprintf("a Worker of %s that gets its next Workflow Task closes it (%s)", r.Stage, r.Ending)
	}
	return fmt.Sprintf("a Worker of %s can still go on with it", r.Stage)
}

// waiting names what an execution waits for, what comes by itself first: "the result of Ship, timer 5 or
// signal "paid"".
func waiting(w rehearse.WaitsFor) string {
	var parts []string
	for _, list := range []struct {
		format string
		names  []string
	}{{"the result of %s", w.Results}, {"timer %s", w.Timers}, {"signal %q", w.Signals}, {"update %q", w.Updates}} {
		for _, name := range list.names {
			text := fmt.Sprintf(list.format, name)
			if name != "" && !slices.Contains(parts, text) {
				parts = append(parts, text)
			}
		}
	}
	return either(parts)
}

// either is "a", "a or b", "a, b or c".
func either(parts []string) string {
	if n := len(parts); n > 1 {
		return strings.Join(parts[:n-1], ", ") + " or " + parts[n-1]
	}
	return strings.Join(parts, "")
}
