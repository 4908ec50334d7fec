package rehearse

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	historypb "go.temporal.io/api/history/v1"
	protocolpb "go.temporal.io/api/protocol/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// carried is a history that is recorded up to a point, and goes on with what code has done there
// and with what the recording has from elsewhere: results, signals, timers that fired. As long as
// the code makes what is recorded, it is the recording.
type carried struct {
	recorded []*historypb.HistoryEvent
	events   []*historypb.HistoryEvent
	// shifted is whether it is not the recording.
	shifted bool
	// ids has the IDs of events by those that the recording has for them, timers and children have
	// those that code gave.
	ids              map[int64]int64
	timers, children map[string]string
}

// A pair is a recorded event and the one that the code has made now.
type pair struct{ recorded, now *historypb.HistoryEvent }

// goOn adds what the service writes of the commands, and the recorded events from one index up to
// another, which nobody's code has made.
func (c *carried) goOn(answered []*historypb.HistoryEvent, pairs []pair, completed *historypb.HistoryEvent,
	from, to int) {
	if !c.shifted && c.asRecorded(pairs, len(answered), from-int(completed.GetEventId())+1) {
		c.events = c.recorded[:to]
		return
	}
	if !c.shifted {
		c.shifted, c.events = true, slices.Clip(c.events) // they are the recording's
		c.ids, c.timers, c.children = map[int64]int64{}, map[string]string{}, map[string]string{}
	}
	c.events = append(c.events, answered...)
	c.ids[completed.GetEventId()] = answered[0].GetEventId()
	for _, p := range pairs {
		c.ids[p.recorded.GetEventId()] = p.now.GetEventId()
		if timer := p.recorded.GetTimerStartedEventAttributes(); timer != nil {
			c.timers[timer.GetTimerId()] = p.now.GetTimerStartedEventAttributes().GetTimerId()
		}
		if child := p.recorded.GetStartChildWorkflowExecutionInitiatedEventAttributes(); child != nil {
			c.children[child.GetWorkflowId()] =
				p.now.GetStartChildWorkflowExecutionInitiatedEventAttributes().GetWorkflowId()
		}
	}
	for _, e := range c.recorded[from:to] {
		c.add(e)
	}
}

// asRecorded reports whether the events of the answer have the IDs of the recorded ones.
func (c *carried) asRecorded(pairs []pair, now, recorded int) bool {
	if now != recorded || len(pairs) != now-1 {
		return false
	}
	for _, p := range pairs {
		a, _ := events.CommandID(p.recorded)
		b, _ := events.CommandID(p.now)
		if p.recorded.GetEventId() != p.now.GetEventId() || a != b {
			return false
		}
	}
	return true
}

// add appends a recorded event, with the IDs that this history has.
func (c *carried) add(e *historypb.HistoryEvent) {
	id := int64(len(c.events)) + 1
	c.ids[e.GetEventId()] = id
	e = proto.CloneOf(e)
	e.EventId = id
	attributes := events.Attributes(e)
	attributes.Range(func(f protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		switch name := string(f.Name()); {
		case f.Kind() == protoreflect.Int64Kind && strings.HasSuffix(name, "event_id"):
			if now, ok := c.ids[value.Int()]; ok {
				attributes.Set(f, protoreflect.ValueOfInt64(now))
			}
		case name == "timer_id":
			if now, ok := c.timers[value.String()]; ok {
				attributes.Set(f, protoreflect.ValueOfString(now))
			}
		case name == "workflow_execution" && attributes.Descriptor().Fields().ByName("initiated_event_id") != nil:
			execution := value.Message()
			field := execution.Descriptor().Fields().ByName("workflow_id")
			if now, ok := c.children[execution.Get(field).String()]; ok {
				execution.Set(field, protoreflect.ValueOfString(now))
			}
		}
		return true
	})
	c.events = append(c.events, e)
}

// messages are those of updates, with the IDs that this history has.
func (c *carried) messages(list []*protocolpb.Message) []*protocolpb.Message {
	for _, m := range list {
		if now, ok := c.ids[m.GetEventId()]; ok {
			m.SequencingId = &protocolpb.Message_EventId{EventId: now}
		}
	}
	return list
}
