package replay

import (
	"fmt"
	"slices"
	"strings"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// detail is the line for people: what is wrong, then what to do.
func detail(r reading, event *historypb.HistoryEvent, v versions, err error) string {
	if r.verdict == Nondeterministic && r.kind != unknownFlag && !v.run.reached {
		// What does not decode is known, and is not this: see undecodable.
		return "the workflow function was never called, although its input decodes: an interceptor or a plugin of Options ends the workflow before it, or one that your Workers have is missing"
	}
	advice := v.advice(event)
	command := printed(r.clues["command"]).describe()
	switch r.kind {
	case unknownType:
		return unregisteredDetail(r.clues["type"], strings.Split(r.clues["supported"], ", "), v.rollback)
	case belowMinimum:
		if event.GetMarkerRecordedEventAttributes() == nil && !v.unreadable {
			what := fmt.Sprintf("change ID %q: history has no marker, code accepts version %d and up: ", r.clues["change"], r.number("bound"))
			switch {
			case v.deploy:
				return what + "keep the DefaultVersion branch while such executions are open"
			case v.rollback:
				return what + olderCode
			default: // Both kinds of executions look the same.
				return what + "if it began before the call was there, keep the DefaultVersion branch; if after it was removed, do not go back to this code"
			}
		}
		return fmt.Sprintf("change ID %q: history has %s, code accepts version %d and up: keep that branch while such executions are open",
			r.clues["change"], versionName(r.number("version")), r.number("bound"))
	case aboveMaximum:
		return fmt.Sprintf("change ID %q: history has %s, code accepts up to %s: %s",
			r.clues["change"], versionName(r.number("version")), versionName(r.number("bound")), olderCode)
	case missingCommand:
		return fmt.Sprintf("history has %s, code sends nothing there: %s", events.Describe(event), advice)
	case unexplainedEvent:
		if v.run.ended && v.run.err != nil {
			return fmt.Sprintf("history has %s, but the code has ended before with the error %q", events.Describe(event), firstLine(v.run.err.Error()))
		}
		return fmt.Sprintf("history has %s, which no call of the code explains: %s", events.Describe(event), advice)
	case extraCommand:
		return fmt.Sprintf("code adds %s, history has none: %s", command, advice)
	case differentCommand:
		return fmt.Sprintf("history has %s, code sends %s: %s", events.Describe(event), command, advice)
	case unexpectedSideEffect:
		return "code calls SideEffect, history has none there: " + advice
	case unexpectedMutableSideEffect:
		return fmt.Sprintf("code calls MutableSideEffect %q, history has none there: %s", r.clues["name"], advice)
	case differentLocalActivity:
		return fmt.Sprintf("history has local activity %s, code runs %s: %s", r.clues["event"], r.clues["command"], advice)
	case differentEnding:
		return fmt.Sprintf("history ends with %s, code does not end so: %s", event.GetEventType(), advice)
	case invalidTransition:
		return fmt.Sprintf("an event of %s %s does not fit what the code did with it, such as cancel it or not: %s", r.clues["kind"], r.clues["name"], advice)
	case unknownFlag:
		return fmt.Sprintf("the history uses SDK flag %s, which this SDK does not know: build with the SDK that recorded it, or a newer one", r.clues["name"])
	case deadlock:
		return "the workflow code does not yield within a second: use workflow.Go, channels and Sleep, not Go's own"
	}
	if r.verdict == Panic {
		return "workflow code panics: " + firstLine(err.Error())
	}
	return firstLine(err.Error())
}

// unregisteredDetail sorts the names, which the SDK takes from a map.
func unregisteredDetail(workflowType string, registered []string, rollback bool) string {
	advice := "keep it registered while such executions are open"
	if rollback {
		advice = olderCode
	}
	return fmt.Sprintf("workflow type %q is not registered, only %s: %s",
		workflowType, strings.Join(slices.Sorted(slices.Values(registered)), ", "), advice)
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
