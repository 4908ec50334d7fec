package compare

import (
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/durationpb"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// Carries returns the values that the call carries, as JSON. It returns "" if the call carries no
// values or if the values are not known. The values tell calls with the same Key apart.
func (s *SideBySide) Carries(c *Call) string {
	if c.Attributes == nil || c.unset > 0 {
		return ""
	}
	for _, f := range compared[c.Attributes.ProtoReflect().Descriptor().FullName()] {
		if f.level == Values && c.Unseen[f.descriptor.JSONName()] {
			return ""
		}
	}
	return carried(s.converter.Of(c.Encoded.By), c.Attributes.ProtoReflect())
}

// Carried is like Carries, for an event of the trace's history.
func (s *SideBySide) Carried(e *historypb.HistoryEvent) string {
	return carried(s.converter, events.Attributes(e))
}

func carried(d payload.Decoder, attributes protoreflect.Message) string {
	fields := map[string]any{}
	for _, f := range compared[attributes.Descriptor().FullName()] {
		if f.level != Values || !attributes.Has(f.descriptor) {
			continue
		}
		switch m := attributes.Get(f.descriptor).Message().Interface().(type) {
		case *commonpb.Payloads:
			values := make([]any, len(m.GetPayloads()))
			for i, p := range m.GetPayloads() {
				values[i] = d.Value(p)
			}
			fields[f.descriptor.JSONName()] = values
		case *commonpb.Payload:
			fields[f.descriptor.JSONName()] = d.Value(m)
		case *commonpb.Memo:
			fields[f.descriptor.JSONName()] = values(d, m.GetFields())
		case *commonpb.SearchAttributes:
			fields[f.descriptor.JSONName()] = values(d, m.GetIndexedFields())
		case *durationpb.Duration:
			fields[f.descriptor.JSONName()] = m.AsDuration().String()
		}
	}
	if len(fields) == 0 {
		return ""
	}
	return payload.JSON(fields)
}

func values(d payload.Decoder, fields map[string]*commonpb.Payload) map[string]any {
	values := map[string]any{}
	for name, payload := range fields {
		values[name] = d.Value(payload)
	}
	return values
}
