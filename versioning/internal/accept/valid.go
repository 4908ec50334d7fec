package accept

import (
	"strings"
	"time"

	"google.golang.org/protobuf/types/known/durationpb"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/fillin"
)

// A timeout is a duration with the name that the service gives it.
type timeout struct {
	name  string
	value *durationpb.Duration
}

// longestDuration is what the service cuts all durations to.
const longestDuration = 100 * 365 * 24 * time.Hour

// validDuration says what is wrong with a duration, and cuts it as the service does:
// common/primitives/timestamp/duration.go, ValidateAndCapProtoDuration.
func validDuration(d *durationpb.Duration) string {
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

// validQueue says what is wrong with a task queue, and fills in its name and kind:
// common/tqid/task_queue_validator.go and common/primitives/task_queues.go.
func validQueue(q *taskqueuepb.TaskQueue, byDefault, ofParent string) string {
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
	case len(q.GetName()) > longestID:
		return "taskQueue length exceeds limit"
	case strings.HasPrefix(q.GetName(), reserved):
		return "task queue name cannot start with reserved prefix " + reserved
	case q.GetKind() == enumspb.TASK_QUEUE_KIND_STICKY && len(q.GetNormalName()) > longestID:
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

func (t *taking) queue() string { return t.started.GetTaskQueue().GetName() }

// otherQueue reports whether the name is that of another task queue than the execution's, where an
// older kind of Worker Versioning does not allow one.
func (t *taking) otherQueue(name string) bool {
	if name == "" || name == t.queue() || t.started.GetInheritedBuildId() != "" { //nolint:staticcheck // older runs
		return false
	}
	for _, e := range t.history {
		if e.GetWorkflowTaskStartedEventAttributes().GetWorkerVersion().GetUseVersioning() { //nolint:staticcheck // older
			return false
		}
	}
	return true
}

// validRetry says what is wrong with a retry policy once the service has filled it in, and cuts its
// intervals: common/retrypolicy/retry_policy.go, EnsureDefaults and Validate.
func validRetry(p *commonpb.RetryPolicy) string {
	if p == nil {
		return ""
	}
	fillin.Retry(p)
	if p.GetMaximumAttempts() == 1 {
		return ""
	}
	if err := validDuration(p.GetInitialInterval()); err != "" {
		return "invalid InitialInterval set on retry policy: " + err
	}
	if p.GetBackoffCoefficient() < 1 {
		return "BackoffCoefficient cannot be less than 1 on retry policy."
	}
	if err := validDuration(p.GetMaximumInterval()); err != "" {
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

// validPriority is common/priorities/priority_util.go, Validate.
func validPriority(p *commonpb.Priority) string {
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

// isNil reports whether the service takes a payload for none: common/payload/payload.go, isNilPayload.
func isNil(p *commonpb.Payload) bool {
	switch string(p.GetData()) {
	case "", "null", "[]":
		return true
	}
	return false
}

// merged is MergeMapOfPayload of common/payload/payload.go.
func merged(of, with map[string]*commonpb.Payload) map[string]*commonpb.Payload {
	result := map[string]*commonpb.Payload{}
	for name, payload := range of {
		result[name] = payload
	}
	for name, payload := range with {
		if isNil(payload) {
			delete(result, name)
		} else {
			result[name] = payload
		}
	}
	return result
}

func filteredMemo(m *commonpb.Memo) *commonpb.Memo {
	if fields := merged(nil, m.GetFields()); len(fields) > 0 {
		return &commonpb.Memo{Fields: fields}
	}
	return nil
}

func filteredAttributes(a *commonpb.SearchAttributes) *commonpb.SearchAttributes {
	if fields := merged(nil, a.GetIndexedFields()); len(fields) > 0 {
		return &commonpb.SearchAttributes{IndexedFields: fields}
	}
	return nil
}
