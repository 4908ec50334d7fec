package valid

import (
	"math"
	"slices"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
)

// RetryState says whether a run that fails is tried again: service/history/workflow/retry.go,
// getBackoffInterval, and mutable_state_impl.go, GetRetryBackoffDuration.
func RetryState(started *historypb.WorkflowExecutionStartedEventAttributes, failure *failurepb.Failure,
	now time.Time) enumspb.RetryState {
	policy := started.GetRetryPolicy()
	if policy == nil {
		return enumspb.RETRY_STATE_RETRY_POLICY_NOT_SET
	}
	if !retryable(failure, policy.GetNonRetryableErrorTypes()) {
		return enumspb.RETRY_STATE_NON_RETRYABLE_FAILURE
	}
	attempt := max(started.GetAttempt(), 1)
	if most := policy.GetMaximumAttempts(); most > 0 && attempt >= most {
		return enumspb.RETRY_STATE_MAXIMUM_ATTEMPTS_REACHED
	}
	interval := time.Duration(float64(policy.GetInitialInterval().AsDuration()) *
		math.Pow(policy.GetBackoffCoefficient(), float64(attempt-1)))
	if delay := failure.GetApplicationFailureInfo().GetNextRetryDelay(); delay != nil {
		interval = delay.AsDuration()
	}
	switch longest := policy.GetMaximumInterval().AsDuration(); {
	case longest == 0 && interval <= 0:
		return enumspb.RETRY_STATE_TIMEOUT
	case longest != 0 && (interval <= 0 || interval > longest):
		interval = longest
	}
	expires := started.GetWorkflowExecutionExpirationTime()
	if expires != nil && !expires.AsTime().IsZero() && now.Add(interval).After(expires.AsTime()) {
		return enumspb.RETRY_STATE_TIMEOUT
	}
	return enumspb.RETRY_STATE_IN_PROGRESS
}

// retryable is common/retrypolicy/retry_policy.go, IsRetryableFailure.
func retryable(failure *failurepb.Failure, never []string) bool {
	switch info := failure.GetFailureInfo().(type) {
	case *failurepb.Failure_TerminatedFailureInfo, *failurepb.Failure_CanceledFailureInfo:
		return false
	case *failurepb.Failure_TimeoutFailureInfo:
		switch kind := info.TimeoutFailureInfo.GetTimeoutType(); kind {
		case enumspb.TIMEOUT_TYPE_START_TO_CLOSE, enumspb.TIMEOUT_TYPE_HEARTBEAT:
			return !slices.Contains(never, timeoutPrefix+kind.String())
		}
		return false
	case *failurepb.Failure_ServerFailureInfo:
		return !info.ServerFailureInfo.GetNonRetryable()
	case *failurepb.Failure_ApplicationFailureInfo:
		return !info.ApplicationFailureInfo.GetNonRetryable() &&
			!slices.Contains(never, info.ApplicationFailureInfo.GetType())
	}
	return true
}
