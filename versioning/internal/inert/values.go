package inert

import (
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/temporal"

	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// Values are what local activities and side effects gave in a recorded Workflow Task.
type Values struct {
	// SideEffects are in order.
	sideEffects []*commonpb.Payloads
	mutable     map[mutableCall]*commonpb.Payload
	local       map[string]localResult
	// called are those that a call may be about, by their IDs.
	called  map[string]bool
	decoder payload.Decoder
}

// mutableCall is a call of MutableSideEffect: its ID, and how many calls of it there were.
type mutableCall struct {
	id    string
	count int
}

type localResult struct {
	activityType string
	result       *commonpb.Payloads
	failure      *failurepb.Failure
	backoff      time.Duration
}

// ValuesOf reads the markers among the events of a Workflow Task. A marker that the decoder cannot
// read has no value.
func ValuesOf(events []*historypb.HistoryEvent, d payload.Decoder) *Values {
	v := &Values{mutable: map[mutableCall]*commonpb.Payload{}, local: map[string]localResult{}, called: map[string]bool{}, decoder: d}
	for _, e := range events {
		if e.GetEventType() == enumspb.EVENT_TYPE_MARKER_RECORDED {
			v.add(e.GetMarkerRecordedEventAttributes())
		}
	}
	return v
}

// add reads a marker by the names that the SDK gives (internal/internal_command_state_machine.go).
func (v *Values) add(marker *historypb.MarkerRecordedEventAttributes) {
	details := marker.GetDetails()
	switch marker.GetMarkerName() {
	case "SideEffect":
		v.sideEffects = append(v.sideEffects, details["data"])
	case "MutableSideEffect":
		var call mutableCall
		var data commonpb.Payloads
		if list := details["data"].GetPayloads(); len(list) == 2 &&
			v.decoder.Decode(&commonpb.Payloads{Payloads: list[:1]}, &call.id) &&
			v.decoder.Decode(&commonpb.Payloads{Payloads: list[1:]}, &data) && len(data.GetPayloads()) == 1 &&
			v.decoder.Decode(details["mutable-side-effect-call-counter"], &call.count) {
			v.mutable[call] = data.GetPayloads()[0]
		}
	case "LocalActivity":
		var data struct {
			ActivityID, ActivityType string
			Backoff                  time.Duration
		}
		if v.decoder.Decode(details["data"], &data) {
			v.local[data.ActivityID] = localResult{activityType: data.ActivityType, result: details["result"],
				failure: marker.GetFailure(), backoff: data.Backoff}
		}
	}
}

func (r *Run) nextSideEffect() (Value, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.values == nil || len(r.values.sideEffects) == 0 {
		return Value{}, false
	}
	next := r.values.sideEffects[0]
	r.values.sideEffects = r.values.sideEffects[1:]
	return Value{next.GetPayloads()}, true
}

// nextMutableSideEffect counts a call, and returns what the recorded task has for it. under is
// whether there is a recorded task.
func (r *Run) nextMutableSideEffect(id string) (value Value, recorded, under bool) {
	if r == nil {
		return Value{}, false, false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.calls == nil {
		r.calls = map[string]int{}
	}
	r.calls[id]++
	if r.values == nil {
		return Value{}, false, false
	}
	p, ok := r.values.mutable[mutableCall{id, r.calls[id]}]
	return Value{[]*commonpb.Payload{p}}, ok, true
}

// expects counts a call of a local activity, and reports whether the recorded task has one of that
// type that no call before has taken.
func (r *Run) expects(activityType string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.values == nil {
		return false
	}
	for id, local := range r.values.local {
		if local.activityType == activityType && !r.values.called[id] {
			r.values.called[id] = true
			return true
		}
	}
	return false
}

// localActivity returns what the recorded task has of a local activity. One that is tried again by
// a timer is not answered for: the SDK decides about the timer when the activity has run.
func (r *Run) localActivity(id, activityType string) (result any, err error, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.values == nil {
		return nil, nil, false
	}
	local, ok := r.values.local[id]
	if !ok || local.activityType != activityType || local.backoff > 0 {
		return nil, nil, false
	}
	if local.failure != nil {
		failures := r.values.decoder.Failures
		if failures == nil {
			failures = temporal.GetDefaultFailureConverter()
		}
		return nil, failures.FailureToError(local.failure), true
	}
	if local.result == nil {
		return nil, nil, true
	}
	return local.result, nil, true
}
