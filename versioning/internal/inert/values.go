package inert

import (
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// Values are what local activities and side effects gave in a recorded Workflow Task.
type Values struct {
	// SideEffects are in order.
	sideEffects []*commonpb.Payloads
	mutable     map[mutableCall]*commonpb.Payload
	local       map[string]*localResult
	decoder     payload.Decoder
}

// mutableCall is a call of MutableSideEffect: its ID, and how many calls of it there were.
type mutableCall struct {
	id    string
	count int
}

// localResult is what the marker of a local activity has.
type localResult struct {
	activityType string
	// position is its place among the markers of the task.
	position int
	// data is what the SDK notes of it: its ID, when it ended, when it is tried again.
	data    *commonpb.Payloads
	result  *commonpb.Payloads
	failure *failurepb.Failure
	// ended is whether the workflow has got the result.
	ended bool
}

// answer is what the local activity returns. The SDK does not encode it.
func (l *localResult) answer() (any, error) {
	switch {
	case l.failure != nil:
		return nil, &recordedFailure{l.failure}
	case l.result != nil:
		return proto.CloneOf(l.result), nil
	}
	return nil, nil
}

// ValuesOf reads the markers among the events of a Workflow Task. A marker that the decoder cannot
// read has no value.
func ValuesOf(events []*historypb.HistoryEvent, d payload.Decoder) *Values {
	v := &Values{mutable: map[mutableCall]*commonpb.Payload{}, local: map[string]*localResult{}, decoder: d}
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
		var data struct{ ActivityID, ActivityType string }
		if v.decoder.Decode(details["data"], &data) {
			v.local[data.ActivityID] = &localResult{activityType: data.ActivityType, position: len(v.local),
				data: details["data"], result: details["result"], failure: marker.GetFailure()}
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

// localActivity returns what the recorded task has of a local activity.
func (r *Run) localActivity(id, activityType string) (*localResult, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped || r.values == nil {
		return nil, false
	}
	local := r.values.local[id]
	return local, local != nil && local.activityType == activityType
}
