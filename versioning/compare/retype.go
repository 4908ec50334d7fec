package compare

import (
	"google.golang.org/protobuf/reflect/protoreflect"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// retyped reports whether the call does by another function of the SDK what the event's call did: it
// gives a value that is kept in a marker, or it runs something of the same name or with the same input.
// A Nexus operation is what another service makes of it.
func (s *SideBySide) retyped(e *historypb.HistoryEvent, c *Call) bool {
	was := trace.KindOf(e)
	switch {
	case was == c.Kind:
		return false
	case keepsValue(was) && keepsValue(c.Kind):
		return true
	case !runs(was) || !runs(c.Kind) || was == trace.NexusOperation || c.Kind == trace.NexusOperation:
		return false
	}
	name := nameOf(e, s.converter)
	if was == trace.LocalActivity {
		data, _ := localActivity(e.GetMarkerRecordedEventAttributes(), s.converter)
		name = data.ActivityType
	}
	return afterLastDot(name) == afterLastDot(c.Name) || s.sameInput(e, c)
}

// sameInput reports whether both have the same input, and one that says something: many a call gets an
// empty text or a zero.
func (s *SideBySide) sameInput(e *historypb.HistoryEvent, c *Call) bool {
	if c.Attributes == nil || c.Unseen["input"] {
		return false
	}
	recorded := inputOf(s.converter, events.Attributes(e))
	now := inputOf(s.converter.Of(c.Encoded.By), c.Attributes.ProtoReflect())
	if len(recorded) == 0 || len(recorded) != len(now) {
		return false
	}
	says := false
	for i := range recorded {
		text := payload.JSON(recorded[i])
		if text != payload.JSON(now[i]) {
			return false
		}
		switch text {
		case "", "null", `""`, "0", "false", "true", "{}", "[]":
		default:
			says = true
		}
	}
	return says
}

// inputOf are the values of the input, nil where the attributes have none.
func inputOf(d payload.Decoder, attributes protoreflect.Message) (values []any) {
	field := attributes.Descriptor().Fields().ByName("input")
	if field == nil || !attributes.Has(field) {
		return nil
	}
	input, _ := attributes.Get(field).Message().Interface().(*commonpb.Payloads)
	for _, p := range input.GetPayloads() {
		values = append(values, d.Value(p))
	}
	return values
}

// keepsValue reports whether a call of the kind leaves its value in a marker.
func keepsValue(kind trace.Kind) bool {
	return kind == trace.SideEffect || kind == trace.MutableSideEffect || kind == trace.LocalActivity
}

// runs reports whether a call of the kind runs something that has a name, and gives its result.
func runs(kind trace.Kind) bool {
	switch kind {
	case trace.Activity, trace.LocalActivity, trace.ChildWorkflow, trace.NexusOperation:
		return true
	}
	return false
}
