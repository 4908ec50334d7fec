package history

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// Shape is equal for recordings of executions that have done the same kinds of things in the same order: the
// activities, timers, Child Workflows and markers of one workflow type, and the signals and updates that came.
// How often each happened, what closed the execution, its IDs, values and times do not matter. Shape groups
// recordings for people. It stands for no replay: executions of one shape can have other verdicts.
func (r *Recording) Shape() string {
	parts := []string{r.WorkflowType()}
	seen := map[string]bool{}
	for _, e := range r.History.GetEvents() {
		if events.Closes(e) || !events.FromCommand(e) && events.Incoming(e) == "" {
			continue
		}
		part := e.GetEventType().String()
		name := cmp.Or(events.Name(e), events.Incoming(e), e.GetMarkerRecordedEventAttributes().GetMarkerName())
		if !isNumber(name) {
			part += " " + name
		}
		if !seen[part] {
			seen[part], parts = true, append(parts, part)
		}
	}
	h := fnv.New64a()
	h.Write([]byte(strings.Join(parts, "\n")))
	return strconv.FormatUint(h.Sum64(), 36)
}

// isNumber reports whether the SDK made the name: the IDs of timers.
func isNumber(name string) bool {
	return !slices.ContainsFunc([]rune(name), func(r rune) bool { return r < '0' || r > '9' })
}
