package redact

import (
	"fmt"
	"slices"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// class says how a leaf is replaced.
type class int

const (
	text class = iota
	// number is a number in JSON.
	number
	// raw are bytes, and text that is not within JSON.
	raw
	// opaque is a payload that nothing decodes.
	opaque
	// identity names a client or a worker.
	identity
	// name is what is not replaced, and is looked at only to find values in it.
	name
)

// A leaf is one value that can be replaced.
type leaf struct {
	class class
	value string
	// event is the ID of the event, and path names the leaf as reports do.
	event int64
	path  string
	// output is whether a command of workflow code has made it.
	output bool
}

// walker goes through all leaves of a history, always in the same order, and puts in their place
// what visit returns. Names are visited too; what visit returns for them does not count.
type walker struct {
	codec codec
	// names are the beginnings of the paths, one for each event.
	names []string
	visit func(leaf) string

	at leaf
}

// history rewrites the events.
func (w *walker) history(h *historypb.History) {
	for i, e := range h.GetEvents() {
		w.at = leaf{event: e.GetEventId(), path: w.names[i], output: sends(e)}
		m := e.ProtoReflect()
		fields := m.Descriptor().Fields()
		for i := range fields.Len() {
			switch fd := fields.Get(i); {
			case !m.Has(fd) || fd.Message() == nil:
			case fd.ContainingOneof() != nil:
				w.message(m.Get(fd).Message()) // the attributes
			default:
				w.field(m, fd)
			}
		}
	}
}

// in goes a step deeper.
func (w *walker) in(step string, inside func()) {
	before := w.at
	w.at.path += step
	inside()
	w.at = before
}

func (w *walker) leaf(c class, value string) string {
	l := w.at
	l.class, l.value = c, value
	return w.visit(l)
}

func (w *walker) message(m protoreflect.Message) {
	switch v := m.Interface().(type) {
	case *commonpb.Payload:
		w.payload(v)
		return
	case *failurepb.Failure:
		w.failure(v)
	case *historypb.MarkerRecordedEventAttributes:
		w.marker(v)
		return
	case *commonpb.SearchAttributes:
		w.searchAttributes(v)
		return
	case *commonpb.Principal:
		v.Name = w.leaf(identity, v.GetName())
	case *taskqueuepb.TaskQueue:
		if v.GetKind() == enumspb.TASK_QUEUE_KIND_STICKY {
			v.Name = "sticky" // it has the name of the worker's host
		}
	}
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		if fd := fields.Get(i); m.Has(fd) {
			w.field(m, fd)
		}
	}
}

// between are fields that only hold others, which reports leave out of their paths.
var between = map[protoreflect.Name]bool{"payloads": true, "fields": true, "indexed_fields": true}

func (w *walker) field(m protoreflect.Message, fd protoreflect.FieldDescriptor) {
	step := "." + fd.JSONName()
	if between[fd.Name()] {
		step = ""
	}
	w.in(step, func() {
		switch {
		case fd.IsMap():
			w.entries(m.Get(fd).Map(), fd)
		case fd.IsList():
			list := m.Get(fd).List()
			for i := range list.Len() {
				w.in(fmt.Sprintf("[%d]", i), func() {
					if fd.Message() != nil {
						w.message(list.Get(i).Message())
					} else {
						list.Set(i, w.scalar(fd, list.Get(i)))
					}
				})
			}
		case fd.Message() != nil:
			w.message(m.Get(fd).Message())
		default:
			if now := w.scalar(fd, m.Get(fd)); !now.Equal(m.Get(fd)) {
				m.Set(fd, now)
			}
		}
	})
}

func (w *walker) entries(m protoreflect.Map, fd protoreflect.FieldDescriptor) {
	keys := []string{}
	m.Range(func(k protoreflect.MapKey, _ protoreflect.Value) bool {
		keys = append(keys, k.String())
		return true
	})
	slices.Sort(keys)
	for _, key := range keys {
		k := protoreflect.ValueOfString(key).MapKey()
		w.in("."+key, func() {
			w.leaf(name, key)
			if fd.MapValue().Message() != nil {
				w.message(m.Get(k).Message())
			} else {
				m.Set(k, w.scalar(fd, m.Get(k)))
			}
		})
	}
}

// scalar rewrites what a string or bytes field holds.
func (w *walker) scalar(fd protoreflect.FieldDescriptor, value protoreflect.Value) protoreflect.Value {
	switch kind := fd.Kind(); {
	case fd.IsMap():
		return protoreflect.ValueOfString(w.leaf(text, value.String()))
	case kind == protoreflect.StringKind:
		c := classes[fd.Name()]
		if c == text && sdkTexts[value.String()] {
			c = name
		}
		now := w.leaf(c, value.String())
		if c != name {
			return protoreflect.ValueOfString(now)
		}
	case kind == protoreflect.BytesKind:
		return protoreflect.ValueOfBytes([]byte(w.leaf(raw, string(value.Bytes()))))
	}
	return value
}

// sends reports whether workflow code has made what the event holds.
func sends(e *historypb.HistoryEvent) bool {
	return events.FromCall(e) && e.GetMarkerRecordedEventAttributes() == nil
}
