package history

import (
	"fmt"
	"reflect"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// attributesField is where an event of one type keeps its attributes: the Go type of the oneof, and
// its name in JSON.
type attributesField struct {
	goType reflect.Type
	name   string
}

// attributesOf maps an event type to that field. The API names both alike: EVENT_TYPE_TIMER_FIRED
// and timer_fired_event_attributes.
var attributesOf = func() map[enumspb.EventType]attributesField {
	fields := map[enumspb.EventType]attributesField{}
	values := enumspb.EventType(0).Descriptor().Values()
	for i := range values.Len() {
		name := strings.ToLower(strings.TrimPrefix(string(values.Get(i).Name()), "EVENT_TYPE_"))
		fd := eventDescriptor.Fields().ByName(protoreflect.Name(name + "_event_attributes"))
		if fd == nil {
			continue
		}
		ev := &historypb.HistoryEvent{}
		ev.ProtoReflect().Mutable(fd)
		fields[enumspb.EventType(values.Get(i).Number())] = attributesField{reflect.TypeOf(ev.Attributes),
			fd.JSONName()}
	}
	return fields
}()

// checkAttributes makes sure that the event carries the attributes of its type.
func checkAttributes(path string, ev *historypb.HistoryEvent) error {
	fail := func(kind Kind, format string, args ...any) error {
		return &FormatError{Path: path, Kind: kind, Event: ev.GetEventId(), Detail: fmt.Sprintf(format, args...)}
	}
	want, known := attributesOf[ev.GetEventType()]
	switch got := reflect.TypeOf(ev.GetAttributes()); {
	case !known && ev.GetWorkerMayIgnore():
		return nil
	case !known && ev.GetEventType() == 0:
		return fail(KindUnknownEvent, "it has no event type")
	case !known:
		return fail(KindUnknownEvent, "event type %d is unknown", ev.GetEventType())
	case got == want.goType:
		if v := reflect.ValueOf(ev.Attributes); !v.IsNil() && !v.Elem().Field(0).IsNil() {
			return nil
		}
	case got != nil:
		return fail(KindMissingAttributes, "%s with the attributes of another event type", ev.GetEventType())
	}
	return fail(KindMissingAttributes, "%s without its %s", ev.GetEventType(), want.name)
}
