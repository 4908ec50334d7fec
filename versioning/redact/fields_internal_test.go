package redact

import (
	"testing"

	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// TestEveryField knows every text field of an event: a new version of the API may have one that
// people write.
func TestEveryField(t *testing.T) {
	t.Parallel()
	// Key and value are those of maps; data and metadata are in payloads.
	handled := map[protoreflect.Name]bool{"key": true, "value": true, "data": true, "metadata": true}
	seen := map[protoreflect.FullName]bool{}
	found := map[protoreflect.Name]bool{}
	var walk func(protoreflect.MessageDescriptor)
	walk = func(m protoreflect.MessageDescriptor) {
		if seen[m.FullName()] {
			return
		}
		seen[m.FullName()] = true
		for i := range m.Fields().Len() {
			fd := m.Fields().Get(i)
			if kind := fd.Kind(); kind == protoreflect.StringKind || kind == protoreflect.BytesKind {
				found[fd.Name()] = true
				if _, ok := classes[fd.Name()]; !ok && !handled[fd.Name()] {
					t.Errorf("%s is new: say in fields.go whether people write it", fd.FullName())
				}
			}
			if fd.Message() != nil {
				walk(fd.Message())
			}
		}
	}
	walk((&historypb.HistoryEvent{}).ProtoReflect().Descriptor())
	for field := range classes {
		if !found[field] {
			t.Errorf("%s is in fields.go, and no event has it", field)
		}
	}
}
