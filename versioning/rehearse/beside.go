package rehearse

import (
	"cmp"
	"strings"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	protocolpb "go.temporal.io/api/protocol/v1"
	updatepb "go.temporal.io/api/update/v1"
	"go.temporal.io/sdk/converter"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// beside puts what the code makes beside what is recorded, and says in the effect where they part.
func (v *visit) beside(recorded, made []*historypb.HistoryEvent) (pairs []pair, same bool) {
	was, now := v.plain(recorded), v.plain(made)
	for i := range max(len(was), len(now)) {
		if i >= len(was) || i >= len(now) || !alike(was[i], now[i]) {
			v.parts(was, now, i)
			return nil, false
		}
		if d := v.differences(was[i], now[i]); len(d) > 0 {
			v.effect.Kind = Otherwise
			v.effect.Recorded, v.effect.Now = d[0].Path+": "+d[0].Recorded, d[0].Path+": "+d[0].Now
			v.ending(now)
			v.effect.Code = v.parted(now, i)
			return nil, false
		}
		pairs = append(pairs, pair{was[i], now[i]})
	}
	return pairs, true
}

// parts says what kind of effect it is where the commands are others.
func (v *visit) parts(was, now []*historypb.HistoryEvent, i int) {
	v.effect.WaitsFor = v.waitsFor()
	if v.effect.Kind = Otherwise; i < len(was) {
		v.effect.Recorded = events.Describe(was[i])
	}
	if i < len(now) {
		v.effect.Now = events.Describe(now[i])
	}
	v.effect.Rejects = v.rejects()
	switch before, after := closing(was), closing(now); {
	case len(now) == 0 && v.effect.Rejects != "":
		// Whoever sends the update is told that it is rejected.
	case len(now) == 0 && v.effect.WaitsFor.Nothing():
		v.effect.Kind = Hangs
	case before.GetEventType() != after.GetEventType():
		v.effect.Kind = Closes
	}
	v.ending(now)
	v.effect.Code = v.parted(now, i)
}

// rejects names the update that the code rejects in the task, "" if it rejects none.
func (v *visit) rejects() string {
	for _, m := range v.last.answer.Completed.GetMessages() {
		var rejection updatepb.Rejection
		if m.GetBody().MessageIs(&rejection) && m.GetBody().UnmarshalTo(&rejection) == nil {
			return cmp.Or(v.requested(m, &rejection), "without a name")
		}
	}
	return ""
}

// requested is the name of the update that a message is about: the SDK need not send the request back.
func (v *visit) requested(m *protocolpb.Message, r *updatepb.Rejection) string {
	for _, sent := range v.last.messages {
		var request updatepb.Request
		if sent.GetProtocolInstanceId() == m.GetProtocolInstanceId() && sent.GetBody().UnmarshalTo(&request) == nil {
			return request.GetInput().GetName()
		}
	}
	return r.GetRejectedRequest().GetInput().GetName()
}

// closing is the event that closes the execution, nil if there is none.
func closing(list []*historypb.HistoryEvent) *historypb.HistoryEvent {
	if len(list) > 0 && events.ClosesAsCodeDoes(list[len(list)-1]) {
		return list[len(list)-1]
	}
	return nil
}

// ending says how the events close the execution.
func (v *visit) ending(now []*historypb.HistoryEvent) {
	e := closing(now)
	if e == nil {
		return
	}
	v.effect.WaitsFor = WaitsFor{}
	d := v.decoderOf()
	var result []*commonpb.Payload
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:
		result = e.GetWorkflowExecutionCompletedEventAttributes().GetResult().GetPayloads()
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
		result = e.GetWorkflowExecutionContinuedAsNewEventAttributes().GetInput().GetPayloads()
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED:
		failure := e.GetWorkflowExecutionFailedEventAttributes().GetFailure()
		v.effect.Message = firstLine(failure.GetMessage())
	}
	v.effect.Ending = strings.TrimPrefix(e.GetEventType().String(), "WorkflowExecution")
	if len(result) > 0 {
		v.effect.Result = payload.JSON(d.Value(result[0]))
	}
}

// plain leaves out what GetVersion makes: it is there for a change, and the SDK does not compare it.
func (v *visit) plain(list []*historypb.HistoryEvent) (plain []*historypb.HistoryEvent) {
	for i, e := range list {
		if e.GetMarkerRecordedEventAttributes().GetMarkerName() == "Version" || i > 0 && events.IsChangeVersion(list[i-1], e) {
			continue
		}
		plain = append(plain, e)
	}
	return plain
}

// alike reports whether both events come from the same call, as far as a name tells.
func alike(a, b *historypb.HistoryEvent) bool {
	return a.GetEventType() == b.GetEventType() && events.Name(a) == events.Name(b) &&
		events.Target(a) == events.Target(b) &&
		a.GetMarkerRecordedEventAttributes().GetMarkerName() == b.GetMarkerRecordedEventAttributes().GetMarkerName()
}

func (v *visit) differences(was, now *historypb.HistoryEvent) []compare.Difference {
	var except []string
	if a, field := events.CommandID(was); a != "" && was.GetEventId() != now.GetEventId() {
		// IDs that nobody gives are predicted event IDs, which shift.
		if b, _ := events.CommandID(now); isDefault(a, was.GetEventId()) && isDefault(b, now.GetEventId()) {
			except = append(except, field)
		}
	}
	level := cmp.Or(v.config.Level, compare.Values)
	found := compare.Events(was, now, v.carried.recorded[0], v.decoderOf(),
		compare.Comparison{Level: level, StrictPayloads: v.config.StrictPayloads}, except...)
	return v.wanted(found)
}

// wanted leaves out what a rule allows.
func (v *visit) wanted(found []compare.Difference) (left []compare.Difference) {
	for _, d := range found {
		allowed := false
		for _, rule := range v.config.Allow {
			allowed = allowed || rule.Matches(d)
		}
		if !allowed {
			left = append(left, d)
		}
	}
	return left
}

// isDefault reports whether the ID is what the SDK predicts for the event.
func isDefault(id string, event int64) bool {
	return strings.TrimLeft(id[strings.LastIndexByte(id, '_')+1:], "0123456789") == "" && event > 0
}

func (x *rehearsal) decoderOf() payload.Decoder {
	d := x.decoder
	d.Converter = converter.WithDataConverterSerializationContext(d.Converter,
		converter.WorkflowSerializationContext{Namespace: x.namespace, WorkflowID: x.execution.ID})
	return d
}
