package redact

import (
	"maps"
	"strings"

	commonpb "go.temporal.io/api/common/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	updatepb "go.temporal.io/api/update/v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// derived are the fields that code makes of values and that nothing in the history refers to. IDs
// are not among them.
var derived = map[string]bool{
	"input": true, "memo": true, "searchAttributes": true, "result": true, "outcome": true, "failure": true,
	"details":      true,
	"upsertedMemo": true, "startToFireTimeout": true,
}

// write puts what the code says into the fields in which it differs from the history now and did
// not differ in the recording, and reports whether there were any.
func write(h *historypb.History, result replay.Result, before []compare.Difference) (written bool) {
	if result.Explanation == nil || result.Explanation.Trace == nil {
		return false
	}
	t := result.Explanation.Trace
	expected := map[fieldOf][]string{}
	for _, d := range before {
		f, rest := fieldIn(t, h, d)
		expected[f] = append(expected[f], rest)
	}
	calls := map[int64]*compare.Call{}
	for _, c := range t.Calls {
		if c.Event != nil && c.Attributes != nil {
			calls[c.Event.GetEventId()] = c
		}
	}
	done := map[fieldOf]bool{}
	for _, d := range result.Differences {
		f, _ := fieldIn(t, h, d)
		c := calls[d.Event]
		if done[f] || c == nil || !derived[f.field] {
			continue
		}
		done[f] = true
		event := events.Attributes(h.GetEvents()[d.Event-1])
		now := c.Attributes.ProtoReflect()
		if event.Descriptor() != now.Descriptor() {
			continue
		}
		written = put(event, now, event.Descriptor().Fields().ByJSONName(f.field), expected[f]) || written
	}
	return written
}

// fieldOf is a field of an event's attributes.
type fieldOf struct {
	event int64
	field string
}

// fieldIn returns the field that a difference is about, and the path within it.
func fieldIn(t *compare.SideBySide, h *historypb.History, d compare.Difference) (f fieldOf, rest string) {
	path := strings.TrimPrefix(strings.TrimPrefix(d.Path, t.PathOf(h.GetEvents()[d.Event-1])), ".")
	if i := strings.IndexAny(path, ".["); i >= 0 {
		path, rest = path[:i], path[i:]
	}
	return fieldOf{d.Event, path}, rest
}

// put writes a field, but for the payloads in which the code differed from the recording.
func put(event, now protoreflect.Message, fd protoreflect.FieldDescriptor, expected []string) bool {
	if !now.Has(fd) { // the message of a field that is not set is one that cannot be set
		if len(expected) > 0 || !event.Has(fd) {
			return false
		}
		event.Clear(fd)
		return true
	}
	value := proto.CloneOf(now.Get(fd).Message().Interface())
	recorded := event.Get(fd).Message().Interface()
	if proto.Equal(recorded, value) {
		return false
	}
	differed := func(step string) bool {
		for _, path := range expected {
			if path == step || strings.HasPrefix(path, step) && strings.ContainsAny(path[len(step):len(step)+1], ".[") {
				return true
			}
		}
		return false
	}
	switch value := value.(type) {
	case *commonpb.Payloads:
		old, _ := recorded.(*commonpb.Payloads)
		if len(old.GetPayloads()) != len(value.GetPayloads()) && len(expected) > 0 {
			return false
		}
		for i, p := range value.GetPayloads() {
			if i < len(old.GetPayloads()) {
				value.Payloads[i] = put1(old.GetPayloads()[i], p, differed("["+itoa(i)+"]"))
			}
		}
	case *commonpb.SearchAttributes:
		old, _ := recorded.(*commonpb.SearchAttributes)
		value.IndexedFields = putAll(old.GetIndexedFields(), value.GetIndexedFields(), differed)
	case *commonpb.Memo:
		old, _ := recorded.(*commonpb.Memo)
		value.Fields = putAll(old.GetFields(), value.GetFields(), differed)
	default:
		if len(expected) > 0 {
			return false
		}
		withoutStacks(value)
	}
	if proto.Equal(recorded, value) {
		return false
	}
	event.Set(fd, protoreflect.ValueOfMessage(value.ProtoReflect()))
	return true
}

// putAll is now with what differed from the recording as old has it: a key that one side alone has stays where it was.
func putAll(old, now map[string]*commonpb.Payload, differed func(string) bool) map[string]*commonpb.Payload {
	all := maps.Clone(now)
	for key := range now {
		switch was := old[key]; {
		case was != nil:
			all[key] = put1(was, now[key], differed("."+key))
		case differed("." + key):
			delete(all, key)
		}
	}
	for key, was := range old {
		if now[key] == nil && differed("."+key) {
			if all == nil {
				all = map[string]*commonpb.Payload{}
			}
			all[key] = was
		}
	}
	return all
}

// put1 keeps the metadata that the service has added, such as the type of a search attribute.
func put1(old, now *commonpb.Payload, differed bool) *commonpb.Payload {
	if differed {
		return old
	}
	metadata := maps.Clone(old.GetMetadata())
	if metadata == nil {
		return now
	}
	maps.Copy(metadata, now.GetMetadata())
	return &commonpb.Payload{Metadata: metadata, Data: now.GetData(), ExternalPayloads: now.GetExternalPayloads()}
}

func withoutStacks(m proto.Message) {
	switch m := m.(type) {
	case *failurepb.Failure:
		for f := m; f != nil; f = f.GetCause() {
			f.StackTrace = ""
		}
	case *updatepb.Outcome:
		withoutStacks(m.GetFailure())
	}
}
