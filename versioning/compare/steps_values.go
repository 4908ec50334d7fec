package compare

import (
	"iter"

	"google.golang.org/protobuf/proto"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// values compares what two calls of one kind carry, as SideBySide.Differences compares a call
// with an event. Recorded is then the value of the first one.
func (s *Steps) values(a, b *Call, started *historypb.WorkflowExecutionStartedEventAttributes) iter.Seq[Difference] {
	return func(yield func(Difference) bool) {
		// One of them may have been compared with an event, which fills in what the
		// service does. To do so again changes nothing.
		a.fillIn(started)
		b.fillIn(started)
		was, now := a.set().ProtoReflect(), b.set().ProtoReflect()
		for _, f := range compared[now.Descriptor().FullName()] {
			name := f.descriptor.JSONName()
			if a.Unseen[name] || b.Unseen[name] || same(f.descriptor, was.Get(f.descriptor), now.Get(f.descriptor)) {
				continue
			}
			settled := b.settle(b.decoderOf(s.converter, f.descriptor), was, now, f.descriptor, false)
			for path, values := range compareField(settled.Decoder, f.descriptor, was, settled.now) {
				if !yield(Difference{Path: b.path() + "." + name + path, Level: f.level, Recorded: values[0],
					Now: values[1]}) {
					return
				}
			}
		}
	}
}

// set returns the attributes without the search attributes that the call unsets: which
// they are only an event tells.
func (c *Call) set() proto.Message {
	upsert, ok := c.Attributes.(*historypb.UpsertWorkflowSearchAttributesEventAttributes)
	if !ok || c.unset == 0 {
		return c.Attributes
	}
	fields := map[string]*commonpb.Payload{}
	for name, payload := range upsert.GetSearchAttributes().GetIndexedFields() {
		if payload.GetData() != nil {
			fields[name] = payload
		}
	}
	return &historypb.UpsertWorkflowSearchAttributesEventAttributes{SearchAttributes: &commonpb.SearchAttributes{IndexedFields: fields}}
}

// path is what SideBySide.PathOf gives for the event of the call.
func (c *Call) path() string {
	switch c.Kind {
	case trace.Activity, trace.ChildWorkflow, trace.SignalExternal, trace.CancelExternal, trace.NexusOperation:
		return c.EventType().String() + "(" + c.Name + ")"
	}
	return c.EventType().String()
}
