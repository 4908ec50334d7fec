package compare

import (
	"slices"
	"strings"
	"time"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/fillin"
)

// What the code leaves open, the service of the day has filled in, and a service of
// another year or another operator fills in something else. The older rules are those
// of service/history/commandChecker.go in server v1.0 and of the validators before it,
// which gave a Child Workflow the timeouts of its parent and filled in no retry policy
// at all; 120 s was the longest interval of the default policy of 2020.

func durationText(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return `"` + d.String() + `"`
}

// byOperators are the fields for which an operator can set a default: dynamic
// configuration history.default{Activity,Workflow}RetryPolicy and
// history.defaultWorkflowTaskTimeout.
var byOperators = []string{
	".retryPolicy.initialInterval", ".retryPolicy.maximumInterval", ".retryPolicy.backoffCoefficient",
	".retryPolicy.maximumAttempts",
	".workflowTaskTimeout",
}

// timeouts are fields that services have filled in and that today's leaves as they are.
var timeouts = []string{
	".scheduleToCloseTimeout", ".scheduleToStartTimeout", ".workflowExecutionTimeout", ".workflowRunTimeout",
}

// leftOpen says what becomes of a difference in a field that the service fills in or cuts.
type leftOpen int

const (
	// decided is a field that the code decides.
	decided leftOpen = iota
	// asCoded is one of which the history has what the code says: an older
	// service has neither filled it in nor cut it.
	asCoded
	// filledInOnce is one that the code leaves open, with what services have filled in.
	filledInOnce
	// filledInOtherwise is one that the code leaves open, with a value that no
	// service has filled in by itself.
	filledInOtherwise
)

// leftOpen looks at a difference between the history and what a service of today writes.
func (c *Call) leftOpen(path, recorded, now string,
	started *historypb.WorkflowExecutionStartedEventAttributes) leftOpen {
	coded := ""
	if i := slices.IndexFunc(c.completions, func(f completion) bool { return f.path == path }); i >= 0 {
		coded = c.completions[i].coded
	} else if !isUnset(now) || !slices.Contains(timeouts, path) {
		return decided
	}
	switch {
	case recorded == coded || isUnset(recorded) && isUnset(coded):
		return asCoded
	case coded != "":
		return decided
	case slices.Contains(filledIn(path, started), recorded):
		return filledInOnce
	case slices.Contains(byOperators, path):
		return filledInOtherwise
	}
	return decided
}

// filledIn are the values that services have written into the field, beside that of today.
func filledIn(path string, started *historypb.WorkflowExecutionStartedEventAttributes) []string {
	execution, run := durationText(started.GetWorkflowExecutionTimeout().AsDuration()),
		durationText(started.GetWorkflowRunTimeout().AsDuration())
	switch path {
	case ".retryPolicy.maximumInterval":
		return []string{durationText(120 * time.Second)}
	case ".workflowTaskTimeout":
		return []string{durationText(fillin.DefaultTaskTimeout), durationText(started.GetWorkflowTaskTimeout().AsDuration())}
	case ".workflowExecutionTimeout":
		return []string{execution}
	case ".workflowRunTimeout", ".scheduleToCloseTimeout", ".scheduleToStartTimeout":
		return []string{execution, run}
	}
	return nil
}

// isUnset reports whether the text of a Difference stands for nothing.
func isUnset(text string) bool {
	switch text {
	case "", `"0s"`, "0":
		return true
	}
	return strings.HasSuffix(text, "_UNSPECIFIED")
}
