package compare

import (
	"iter"
	"slices"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// taskField is the field that says in which Workflow Task a command was made.
const taskField = ".workflowTaskCompletedEventId"

// InTime reports whether the difference is that the code makes the call in another Workflow Task.
func (d Difference) InTime() bool { return strings.HasSuffix(d.Path, taskField) }

// Compare returns what differs in the calls whose events are known for certain, up to the level of
// the Comparison. If the SDK has accepted the replay, MutableSideEffect markers that no call
// explains are differences too, at level Shape. same holds what history and code only write in two
// ways, which is no difference. Both results are in the order of the history. If the SDK has
// rejected the replay, the calls show what differed until then.
func (s *SideBySide) Compare(how Comparison) (differences []Difference, same []Same) {
	started := s.Events[0].GetWorkflowExecutionStartedEventAttributes()
	level := how.Level
	for _, c := range s.Calls {
		if c.alignment != aligned {
			continue
		}
		for d := range s.differences(c, started, how.StrictPayloads) {
			switch {
			case !level.Includes(d.Level):
			case d.Why == "":
				differences = append(differences, d.Difference)
			default:
				same = append(same, d)
			}
		}
	}
	if s.accepted && level.Includes(Shape) {
		for _, e := range s.Unexplained {
			if marker := e.GetMarkerRecordedEventAttributes(); marker.GetMarkerName() == "MutableSideEffect" {
				differences = append(differences, Difference{
					Path: s.PathOf(e), Level: Shape, Event: e.GetEventId(), EventType: e.GetEventType().String(),
					Recorded: "MutableSideEffect",
				})
			}
		}
	}
	slices.SortStableFunc(differences, func(a, b Difference) int { return int(a.Event - b.Event) })
	slices.SortStableFunc(same, func(a, b Same) int { return int(a.Event - b.Event) })
	return differences, same
}

// differences yields what differs in one call; Why is empty in a Difference that is one.
func (s *SideBySide) differences(c *Call, started *historypb.WorkflowExecutionStartedEventAttributes,
	strict bool) iter.Seq[Same] {
	return func(yield func(Same) bool) {
		difference := func(field string, level Level, recorded, now string) Difference {
			return Difference{
				Path: s.PathOf(c.Event) + field, Level: level, Event: c.Event.GetEventId(),
				EventType: c.Event.GetEventType().String(),
				Source:    c.Source(), Recorded: recorded, Now: now,
			}
		}
		found := func(field string, level Level, recorded, now string) bool {
			d := Same{Difference: difference(field, level, recorded, now)}
			switch c.leftOpen(field, recorded, now, started) {
			case asCoded:
				return true
			case filledInOnce:
				d.Open, d.Why = true, ServiceDefault
			case filledInOtherwise:
				d.Open = true
			case decided:
			}
			return yield(d)
		}
		if recorded, now := s.index.tasks[c.Event], s.index.completed[c.Task]; recorded != now && c.inOwnTask() &&
			!s.index.untold[c.Event] {
			if !found(taskField, Shape, number(recorded), number(now)) {
				return
			}
		}
		if c.Attributes == nil || c.EventType() != c.Event.GetEventType() {
			return
		}
		c.fillIn(started)
		c.unsetAsRecorded()
		recorded, now := events.Attributes(c.Event), c.Attributes.ProtoReflect()
		for _, f := range compared[now.Descriptor().FullName()] {
			if c.Unseen[f.descriptor.JSONName()] ||
				same(f.descriptor, recorded.Get(f.descriptor), now.Get(f.descriptor)) {
				continue
			}
			if f.descriptor.Name() == "namespace" && c.OwnNamespace && !recorded.Has(f.descriptor) {
				continue // a service can leave that of the execution out
			}
			settled := c.settle(c.decoderOf(s.converter, f.descriptor), recorded, now, f.descriptor, strict)
			for _, member := range settled.zero {
				if !yield(Same{difference("."+f.descriptor.JSONName()+member.Path, f.level, member.Recorded,
					member.Now), ZeroValue}) {
					return
				}
			}
			for path, values := range compareField(settled.Decoder, f.descriptor, recorded, settled.now) {
				if !found("."+f.descriptor.JSONName()+path, f.level, values[0], values[1]) {
					return
				}
			}
		}
	}
}

// inOwnTask reports whether the event is made in the Workflow Task of the call: those
// of a local activity and an update are made when they complete, and GetVersion
// takes what an earlier task has recorded.
func (c *Call) inOwnTask() bool {
	return c.Kind != trace.LocalActivity && c.Kind != trace.Update && c.Kind != trace.GetVersion
}

// same is the quick answer for what is equal byte by byte, which nearly all is.
func same(f protoreflect.FieldDescriptor, recorded, now protoreflect.Value) bool {
	if f.Message() == nil {
		return recorded.Equal(now)
	}
	return proto.Equal(recorded.Message().Interface(), now.Message().Interface())
}
