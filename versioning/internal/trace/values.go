package trace

import (
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// value is a value of an event.
type value struct {
	event int64
	field string
	item  int
}

// places finds the event of what the SDK decodes: the pointers are those of the events,
// but for what the SDK decodes from something else first, such as the arguments of an
// update (inferMessages in internal/internal_task_handlers.go).
type places struct {
	byPointer map[any]value
	copied    []copied
}

type copied struct {
	event    int64
	field    string
	payloads *commonpb.Payloads
}

func (p places) of(d decode) (value, bool) {
	if v, ok := p.byPointer[d.from]; ok {
		return v, true
	}
	from, _ := d.from.(*commonpb.Payloads)
	for _, c := range p.copied {
		if from != nil && proto.Equal(from, c.payloads) {
			return value{event: c.event, field: c.field}, true
		}
	}
	return value{}, false
}

// placesOf notes where in the history each payload is, by its pointer. The converter reads
// what the marker of a MutableSideEffect holds.
func placesOf(history []*historypb.HistoryEvent, dc converter.DataConverter) places {
	p := places{byPointer: map[any]value{}}
	for _, e := range history {
		if args := events.Update(e).GetInput().GetArgs(); args != nil {
			p.copied = append(p.copied, copied{e.GetEventId(), "args", args})
		}
		if inner := mutableValue(e, dc); inner != nil {
			p.copied = append(p.copied, copied{e.GetEventId(), "details.data", inner})
		}
		payloadsIn(events.Attributes(e), "", func(field string, found any) {
			p.byPointer[found] = value{event: e.GetEventId(), field: field}
			if all, ok := found.(*commonpb.Payloads); ok {
				for i, one := range all.GetPayloads() {
					p.byPointer[one] = value{e.GetEventId(), field, i}
				}
			}
		})
	}
	return p
}

// mutableValue is the value in the marker of a MutableSideEffect, which holds it as a
// message of its own (recordMutableSideEffect in internal/internal_event_handlers.go).
func mutableValue(e *historypb.HistoryEvent, dc converter.DataConverter) *commonpb.Payloads {
	marker := e.GetMarkerRecordedEventAttributes()
	details := marker.GetDetails()["data"].GetPayloads()
	if marker.GetMarkerName() != "MutableSideEffect" || len(details) == 0 {
		return nil
	}
	var inner commonpb.Payloads
	if !payload.Unpack(dc, details[len(details)-1], &inner) {
		return nil
	}
	return &inner
}

// payloadsIn calls the function with each *commonpb.Payloads and each single
// *commonpb.Payload in the message, and with its place, as the JSON of a history spells
// it.
func payloadsIn(m protoreflect.Message, path string, do func(string, any)) {
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		if f.Message() == nil {
			return true
		}
		at := f.JSONName()
		if path != "" {
			at = path + "." + at
		}
		switch {
		case f.IsMap():
			if f.MapValue().Message() != nil {
				v.Map().Range(func(key protoreflect.MapKey, v protoreflect.Value) bool {
					inMessage(v.Message(), at+"."+key.String(), do)
					return true
				})
			}
		case f.IsList():
			for i := range v.List().Len() {
				inMessage(v.List().Get(i).Message(), at, do)
			}
		default:
			inMessage(v.Message(), at, do)
		}
		return true
	})
}

func inMessage(m protoreflect.Message, at string, do func(string, any)) {
	switch found := m.Interface().(type) {
	case *commonpb.Payloads:
		do(at, found)
	case *commonpb.Payload:
		do(at, found)
	default:
		payloadsIn(m, at, do)
	}
}
