package history

import (
	"slices"
	"strings"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/temporalproto"
)

// The decoder reads in one of these ways. Strict is the common case and costs nothing extra: what
// it accepts holds no unknown field, no unknown enum value and no payload that is not one, so only
// what it rejects is looked at again.
var (
	strict   = temporalproto.CustomJSONUnmarshalOptions{}
	tolerant = temporalproto.CustomJSONUnmarshalOptions{DiscardUnknown: true}
	short    = temporalproto.CustomJSONUnmarshalOptions{
		DiscardUnknown: true,
		Metadata:       map[string]any{commonpb.EnablePayloadShorthandMetadataKey: true},
	}
)

// eventReader decodes the events of one file.
type eventReader struct {
	b *builder
	// newer is set by the first event that strict rejects and that is good all the same. Its
	// neighbours will be like it, so from there on each event is inspected first and decoded once.
	newer bool
	// shorthand says that plain values may stand for payloads: the file is a response of the HTTP
	// API.
	shorthand bool
	inspector inspector
}

// read decodes one event, which begins at byte at of the file. Readable is the scanner's hint.
func (r *eventReader) read(raw []byte, at int, readable bool) (*historypb.HistoryEvent, error) {
	n := r.b.next()
	switch {
	case len(raw) > maxEventSize:
		return nil, r.b.fail(KindTooLarge, n, nil, "the event has %d MB", len(raw)>>20)
	case string(raw) == "null":
		return nil, r.b.fail(KindNullEvent, n, nil, "null stands where the event should")
	case n == 1:
		if err := r.mustBeEvent(raw); err != nil {
			return nil, err
		}
	}
	ev := &historypb.HistoryEvent{}
	if !r.newer && !readable && strict.Unmarshal(raw, ev) == nil {
		return ev, nil
	}
	found, err := r.inspector.inspect(raw, at)
	if err != nil {
		return nil, r.b.fail(KindMalformed, n, err, "%v", err)
	}
	if err := r.judge(n, found); err != nil {
		return nil, err
	}
	as := tolerant
	if found.array || found.plain != "" {
		as = short
	}
	if err := as.Unmarshal(applied(raw, found.edits), ev); err != nil {
		return nil, r.b.fail(KindMalformed, n, err, "it cannot be read: %s", reason(err))
	}
	r.newer = true
	return ev, nil
}

// judge decides whether what was found in an event can be lived with.
func (r *eventReader) judge(n int64, found findings) error {
	r.shorthand = r.shorthand || found.array
	switch {
	case found.decoded != "":
		return r.b.fail(KindDecodedPayloads, n, nil,
			"the payload in %s is shown as a plain value: the history was exported for reading", found.decoded)
	case found.plain != "" && !r.shorthand:
		return r.b.fail(KindDecodedPayloads, n, nil,
			"the payload in %s is shown as a plain value: the history was exported for reading", found.plain)
	case found.enum == "" || found.mayIgnore:
		return nil
	case found.enum != "eventType":
		return r.b.fail(KindUnknownValue, n, nil, "%s has the unknown value %q", found.enum, found.value)
	case strings.HasPrefix(found.value, "Decision"):
		return r.b.fail(KindNotHistory, n, nil, "event type %q is one of Cadence, not of Temporal", found.value)
	}
	return r.b.fail(KindUnknownEvent, n, nil, "event type %q is unknown", found.value)
}

// mustBeEvent tells an array of something else from events, by the first element.
func (r *eventReader) mustBeEvent(raw []byte) error {
	if raw[0] != '{' {
		return r.b.fail(KindNotHistory, 0, nil, "the file is JSON, but not a workflow history: its first element is %s",
			quote(raw))
	}
	var keys []string
	s := scanner{in: raw}
	if s.object(func(key string) error {
		keys = note(keys, key)
		_, err := s.value()
		return err
	}) != nil {
		return nil // broken: the decoder says how
	}
	for _, key := range []string{"eventId", "eventType", "event_id", "event_type"} {
		if slices.Contains(keys, key) {
			return nil
		}
	}
	return r.b.fail(KindNotHistory, 0, nil, "the file is JSON, but not a workflow history: %s",
		describeKeys("its first element", keys))
}
