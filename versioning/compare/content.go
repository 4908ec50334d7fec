package compare

import (
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/durationpb"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// Carries returns what the call carries, as JSON, "" if that is not known: of
// calls with one Key it tells which is which.
func (t *Trace) Carries(c *Call) string {
	if c.Attributes == nil || c.unset > 0 {
		return ""
	}
	for _, f := range compared[c.Attributes.ProtoReflect().Descriptor().FullName()] {
		if f.level == Values && c.unseen[f.descriptor.JSONName()] {
			return ""
		}
	}
	return t.converter.of(c.by).carried(c.Attributes.ProtoReflect())
}

// Carried is Carries for an event of the trace's history.
func (t *Trace) Carried(e *historypb.HistoryEvent) string {
	return t.converter.carried(events.Attributes(e))
}

func (d decoder) carried(attributes protoreflect.Message) string {
	carried := map[string]any{}
	for _, f := range compared[attributes.Descriptor().FullName()] {
		if f.level != Values || !attributes.Has(f.descriptor) {
			continue
		}
		switch m := attributes.Get(f.descriptor).Message().Interface().(type) {
		case *commonpb.Payloads:
			values := make([]any, len(m.GetPayloads()))
			for i, p := range m.GetPayloads() {
				values[i] = d.value(p)
			}
			carried[f.descriptor.JSONName()] = values
		case *commonpb.Payload:
			carried[f.descriptor.JSONName()] = d.value(m)
		case *commonpb.Memo:
			carried[f.descriptor.JSONName()] = d.values(m.GetFields())
		case *commonpb.SearchAttributes:
			carried[f.descriptor.JSONName()] = d.values(m.GetIndexedFields())
		case *durationpb.Duration:
			carried[f.descriptor.JSONName()] = m.AsDuration().String()
		}
	}
	if len(carried) == 0 {
		return ""
	}
	return asJSON(carried)
}

func (d decoder) values(fields map[string]*commonpb.Payload) map[string]any {
	values := map[string]any{}
	for name, payload := range fields {
		values[name] = d.value(payload)
	}
	return values
}
