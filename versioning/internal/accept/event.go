package accept

import (
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/timestamppb"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// kind is the type of an event, with the field that its attributes are in.
type kind struct {
	eventType enumspb.EventType
	field     protoreflect.FieldDescriptor
}

// kinds are those of all events, by the name of their attributes.
var kinds = func() map[protoreflect.FullName]kind {
	all := map[protoreflect.FullName]kind{}
	fields := new(historypb.HistoryEvent).ProtoReflect().Descriptor().Oneofs().ByName("attributes").Fields()
	for i := range fields.Len() {
		name := strings.ToUpper(strings.TrimSuffix(string(fields.Get(i).Name()), "_event_attributes"))
		all[fields.Get(i).Message().FullName()] = kind{
			enumspb.EventType(enumspb.EventType_value["EVENT_TYPE_"+name]), fields.Get(i),
		}
	}
	return all
}()

// event makes an event of its attributes: service/history/historybuilder/event_factory.go.
func (t *taking) event(attributes proto.Message) *historypb.HistoryEvent {
	k := kinds[attributes.ProtoReflect().Descriptor().FullName()]
	e := &historypb.HistoryEvent{EventTime: timestamppb.New(t.c.At), EventType: k.eventType}
	e.ProtoReflect().Set(k.field, protoreflect.ValueOfMessage(attributes.ProtoReflect()))
	return e
}
