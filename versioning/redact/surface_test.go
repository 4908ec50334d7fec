package redact_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/replaymatrix/replaymatrix/versioning/redact"
)

// TestEveryEvent redacts an event of every type there is, with all of its fields set. No Workflow
// Task has completed, so that no code decides what stays.
func TestEveryEvent(t *testing.T) {
	t.Parallel()
	b := &builder{t: t}
	b.started("secret input")
	types := enumspb.EventType(0).Descriptor().Values()
	for i := range types.Len() {
		kind := enumspb.EventType(types.Get(i).Number())
		e := &historypb.HistoryEvent{EventType: kind}
		fd := e.ProtoReflect().Descriptor().Fields().ByName(protoreflect.Name(strings.ToLower(strings.TrimPrefix(string(types.Get(i).Name()), "EVENT_TYPE_")) + "_event_attributes"))
		if fd == nil || kind == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			continue
		}
		fill(e.ProtoReflect().Mutable(fd).Message(), 0)
		fill(e.ProtoReflect().Mutable(e.ProtoReflect().Descriptor().Fields().ByName("user_metadata")).Message(), 0)
		fill(e.ProtoReflect().Mutable(e.ProtoReflect().Descriptor().Fields().ByName("principal")).Message(), 0)
		b.add(e)
	}
	require.Greater(t, len(b.events), 50)
	r := b.recording()
	before := prototext.Format(r.History)
	require.Greater(t, strings.Count(before, "secret"), 300)
	got, report, _ := redacted(t, r, redact.Options{},
		stage("today", func(workflow.Context, string) error { return nil }))
	after := prototext.Format(got.History)
	for line := range strings.SplitSeq(after, "\n") {
		require.NotContains(t, line, "secret", "%v", kept(report))
	}
	require.Equal(t, strings.Count(before, "NAME"), strings.Count(after, "NAME"), "names stay")
}

// people are the text fields that people write.
var people = map[protoreflect.Name]bool{"message": true, "stack_trace": true, "reason": true, "cause": true,
	"url": true, "identity": true}

func fill(m protoreflect.Message, depth int) {
	switch v := m.Interface().(type) {
	case *commonpb.Payload:
		v.Metadata = map[string][]byte{"encoding": []byte("json/plain")}
		v.Data = fmt.Appendf(nil,
			`{"Field":"secret %d","List":[{"Deep":"secret text"}],"Text":"{\"Inner\":\"secret\"}"}`, depth)
		return
	case *commonpb.Principal:
		v.Name = "secret user"
		return
	}
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		fd := fields.Get(i)
		switch {
		case fd.IsMap():
			key := protoreflect.ValueOfString("NAME").MapKey()
			if fd.MapValue().Message() == nil {
				m.Mutable(fd).Map().Set(key, protoreflect.ValueOfString("secret token"))
				continue
			}
			value := m.Mutable(fd).Map().NewValue()
			fill(value.Message(), depth+1)
			m.Mutable(fd).Map().Set(key, value)
		case fd.IsList() && fd.Message() != nil && depth < 6:
			fill(m.Mutable(fd).List().AppendMutable().Message(), depth+1)
		case fd.IsList():
		case fd.Message() != nil && depth < 6:
			fill(m.Mutable(fd).Message(), depth+1)
		case fd.Kind() == protoreflect.StringKind && people[fd.Name()]:
			m.Set(fd, protoreflect.ValueOfString("a secret that people write"))
		case fd.Kind() == protoreflect.StringKind:
			m.Set(fd, protoreflect.ValueOfString("NAME"))
		case fd.Kind() == protoreflect.BytesKind:
			m.Set(fd, protoreflect.ValueOfBytes([]byte("secret bytes")))
		}
	}
}
