// Package valid says what a Temporal Service finds wrong with the attributes of a command, in the words
// of server v1.32.1, and completes them as the service does on the way. Functions that return a text
// return an empty one where nothing is wrong.
package valid

import (
	"strings"
	"time"

	"google.golang.org/protobuf/types/known/durationpb"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/fillin"
)

// LongestID is how many bytes a name or an ID may have: limit.maxIDLength of
// common/dynamicconfig/constants.go.
const LongestID = 1000

// longestDuration is what the service cuts all durations to.
const longestDuration = 100 * 365 * 24 * time.Hour

// Duration says what is wrong with a duration, and cuts it as the service does:
// common/primitives/timestamp/duration.go, ValidateAndCapProtoDuration.
func Duration(d *durationpb.Duration) string {
	switch {
	case d == nil:
		return ""
	case d.GetSeconds() > 0 && d.GetNanos() < 0, d.GetSeconds() < 0 && d.GetNanos() > 0:
		return "duration has seconds and nanos with different signs"
	case d.AsDuration() < 0:
		return "negative duration"
	}
	if d.AsDuration() > longestDuration {
		d.Seconds, d.Nanos = int64(longestDuration/time.Second), 0
	}
	return ""
}

// Queue says what is wrong with a task queue, and fills in its name and kind:
// common/tqid/task_queue_validator.go and common/primitives/task_queues.go.
func Queue(q *taskqueuepb.TaskQueue, byDefault, ofParent string) string {
	if q == nil {
		return "taskQueue is not set"
	}
	if q.GetKind() == enumspb.TASK_QUEUE_KIND_UNSPECIFIED {
		q.Kind = enumspb.TASK_QUEUE_KIND_NORMAL
	}
	if q.GetName() == "" {
		if byDefault == "" {
			return "missing task queue name"
		}
		q.Name = byDefault
	}
	const reserved = "/_sys/"
	switch {
	case len(q.GetName()) > LongestID:
		return "taskQueue length exceeds limit"
	case strings.HasPrefix(q.GetName(), reserved):
		return "task queue name cannot start with reserved prefix " + reserved
	case q.GetKind() == enumspb.TASK_QUEUE_KIND_STICKY && len(q.GetNormalName()) > LongestID:
		return "taskQueue length exceeds limit"
	case internalQueue(q.GetName()) && !internalQueue(ofParent):
		text := "cannot use internal per-namespace task queue:" + q.GetName()
		if ofParent != "" {
			text += " (in parent component task queue: " + ofParent + ")"
		}
		return text
	}
	return ""
}

func internalQueue(name string) bool {
	return strings.HasPrefix(name, "temporal-sys-per-ns-") || name == "temporal-sys-worker-controller-per-ns-tq"
}

// Retry says what is wrong with a retry policy once the service has filled it in, and cuts its
// intervals: common/retrypolicy/retry_policy.go, EnsureDefaults and Validate.
func Retry(p *commonpb.RetryPolicy) string {
	if p == nil {
		return ""
	}
	fillin.Retry(p)
	if p.GetMaximumAttempts() == 1 {
		return ""
	}
	if err := Duration(p.GetInitialInterval()); err != "" {
		return "invalid InitialInterval set on retry policy: " + err
	}
	if p.GetBackoffCoefficient() < 1 {
		return "BackoffCoefficient cannot be less than 1 on retry policy."
	}
	if err := Duration(p.GetMaximumInterval()); err != "" {
		return "invalid MaximumInterval set on retry policy: " + err
	}
	longest := p.GetMaximumInterval().AsDuration()
	switch {
	case longest > 0 && longest < p.GetInitialInterval().AsDuration():
		return "MaximumInterval cannot be less than InitialInterval on retry policy."
	case p.GetMaximumAttempts() < 0:
		return "MaximumAttempts cannot be negative on retry policy."
	}
	for _, name := range p.GetNonRetryableErrorTypes() {
		kind, ok := strings.CutPrefix(name, timeoutPrefix)
		if !ok {
			continue
		}
		if value, err := enumspb.TimeoutTypeFromString(kind); err != nil || value == enumspb.TIMEOUT_TYPE_UNSPECIFIED {
			return "Invalid timeout type value: " + kind + "."
		}
	}
	return ""
}

// timeoutPrefix begins the name of a timeout among errors that are not tried again.
const timeoutPrefix = "TemporalTimeout:"

// Priority is common/priorities/priority_util.go, Validate.
func Priority(p *commonpb.Priority) string {
	switch {
	case p.GetPriorityKey() < 0:
		return "priority key can't be negative"
	case len(p.GetFairnessKey()) > 64:
		return "fairness key length exceeds limit"
	case p.GetFairnessWeight() < 0:
		return "must be greater than zero"
	}
	return ""
}
