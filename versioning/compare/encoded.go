package compare

import (
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// Encoded returns the encoding of a value of the event that the data converter does not read, in the
// field that the path of a Difference is about. It is "" if the data converter reads all of them. Nil
// stands for the SDK's default converter.
func Encoded(e *historypb.HistoryEvent, path string, dc converter.DataConverter) (encoding string) {
	d := payload.Decoder{}.Of(dc)
	attributes := events.Attributes(e)
	for _, f := range compared[attributes.Descriptor().FullName()] {
		name := "." + f.descriptor.JSONName()
		if f.level != Values || !attributes.Has(f.descriptor) || f.descriptor.Message() == nil ||
			!strings.Contains(path, name) {
			continue
		}
		for _, p := range payloadsOf(attributes.Get(f.descriptor).Message()) {
			if raw, ok := d.Value(p).(payload.Raw); ok && !payload.Standard(raw.Encoding()) {
				return raw.Encoding()
			}
		}
	}
	return ""
}

// payloadsOf are the payloads of a field.
func payloadsOf(field protoreflect.Message) (list []*commonpb.Payload) {
	switch m := field.Interface().(type) {
	case *commonpb.Payloads:
		return m.GetPayloads()
	case *commonpb.Payload:
		return []*commonpb.Payload{m}
	case *commonpb.Memo:
		for _, p := range m.GetFields() {
			list = append(list, p)
		}
	}
	return list
}
