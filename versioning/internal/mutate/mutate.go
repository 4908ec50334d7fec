// Package mutate makes histories that no service has written, for fuzz tests: of events of real recordings, with some
// dropped, repeated, of another type, in another order, or without what each event of its type has.
package mutate

import (
	"math"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// step is the number of bytes that one change takes.
const step = 5

// Most is the number of changes that are made at most: what many of them give is refused at once.
const Most = 8

// Events returns copies of the events with the changes that the bytes say, the same for the same bytes. The events are not
// renumbered unless a change says so, and some can be nil.
func Events(recorded []*historypb.HistoryEvent, how []byte) []*historypb.HistoryEvent {
	events := make([]*historypb.HistoryEvent, len(recorded))
	for i, e := range recorded {
		events[i] = proto.CloneOf(e)
	}
	for n := 0; n < Most && len(how) >= step && len(events) > 0; n++ {
		events = change(events, how[0], int(how[1])%len(events), int(how[2])%len(events), how[3], how[4])
		how = how[step:]
	}
	return events
}

func change(events []*historypb.HistoryEvent, kind byte, i, j int, field, value byte) []*historypb.HistoryEvent {
	switch kind % 12 {
	case 0:
		return append(events[:i:i], events[i+1:]...)
	case 1:
		return append(events[:i+1:i+1], append([]*historypb.HistoryEvent{proto.CloneOf(events[i])}, events[i+1:]...)...)
	case 2:
		events[i], events[j] = events[j], events[i]
	case 3:
		if events[i] != nil {
			events[i].EventType = enumspb.EventType(int32(value) % 64)
		}
	case 4:
		if events[i] != nil && events[j] != nil {
			events[i].Attributes = proto.CloneOf(events[j]).Attributes
		}
	case 5:
		if events[i] != nil {
			events[i].Attributes = nil
		}
	case 6:
		events[i] = nil
	case 7:
		return events[:i+1]
	case 8:
		for at, e := range events {
			if e != nil {
				e.EventId = int64(at + 1)
			}
		}
	default:
		if events[i] != nil {
			in(events[i].ProtoReflect(), field, value, 0)
		}
	}
	return events
}

// in changes one field of the message, or of one in it.
func in(m protoreflect.Message, field, value byte, depth int) {
	fields := m.Descriptor().Fields()
	if fields.Len() == 0 {
		return
	}
	fd := fields.Get((int(field) + 7*depth) % fields.Len())
	if set := setFields(m); len(set) > 0 && value%4 != 0 {
		fd = set[(int(field)+7*depth)%len(set)]
	}
	switch {
	case value%16 == 1:
		m.Clear(fd)
	case fd.IsMap():
		m.Clear(fd)
	case fd.IsList():
		if list := m.Mutable(fd).List(); list.Len() > 0 && fd.Message() != nil {
			in(list.Get(int(value)%list.Len()).Message(), field, value, depth+1)
		} else if list.Len() > 0 {
			list.Truncate(0)
		} else {
			list.Append(list.NewElement())
		}
	case fd.Message() != nil && depth < 6:
		in(m.Mutable(fd).Message(), field, value/2, depth+1)
	case fd.Message() == nil:
		m.Set(fd, scalar(fd, value))
	}
}

func setFields(m protoreflect.Message) (set []protoreflect.FieldDescriptor) {
	fields := m.Descriptor().Fields()
	for i := range fields.Len() { // in the order of the descriptor: that of Range is another one each time
		if m.Has(fields.Get(i)) {
			set = append(set, fields.Get(i))
		}
	}
	return set
}

var (
	numbers = []int64{0, 1, -1, 2, 3, 999, math.MaxInt64, math.MinInt64, math.MaxInt32}
	texts   = []string{"", "x", "\x1b[31m::error::\r\n::stop-commands::x1", "\u202egnp.exe\x00", strings.Repeat("long-", 400),
		"__stub__", "../../x", "##[error]", `<script>`, "Version", "LocalActivity", "MutableSideEffect", "json/plain"}
)

func scalar(fd protoreflect.FieldDescriptor, value byte) protoreflect.Value {
	n := numbers[int(value)%len(numbers)]
	switch fd.Kind() {
	case protoreflect.BoolKind:
		return protoreflect.ValueOfBool(value%2 == 0)
	case protoreflect.EnumKind:
		return protoreflect.ValueOfEnum(protoreflect.EnumNumber(int32(value) % 70))
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		return protoreflect.ValueOfInt32(int32(n))
	case protoreflect.Int64Kind, protoreflect.Sint64Kind, protoreflect.Sfixed64Kind:
		return protoreflect.ValueOfInt64(n)
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		return protoreflect.ValueOfUint32(uint32(n))
	case protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		return protoreflect.ValueOfUint64(uint64(n))
	case protoreflect.FloatKind:
		return protoreflect.ValueOfFloat32(float32(n))
	case protoreflect.DoubleKind:
		return protoreflect.ValueOfFloat64(math.NaN())
	case protoreflect.BytesKind:
		return protoreflect.ValueOfBytes([]byte(texts[int(value)%len(texts)]))
	default:
		return protoreflect.ValueOfString(texts[int(value)%len(texts)])
	}
}
