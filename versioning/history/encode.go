package history

import (
	"bytes"
	"encoding/json"

	"go.temporal.io/api/temporalproto"
)

// Encode writes a recording as canonical JSON. The same recording gives the same bytes, on every
// platform and in every process. The key "replaymatrix" comes first and leaves out what is unknown.
// Then comes "events", as the Temporal CLI writes it, indented by two spaces. Family and Name are
// not in the file, because the path of the file holds them. RecordedAt is written in UTC.
//
// The events are checked as Decode checks them. The error is a *FormatError whose Path is
// r.String(), of one of the kinds about events: KindNoEvents, KindNullEvent, KindNotStarted,
// KindEventGap, KindMissingAttributes, KindNoTask, KindNoOrigin, KindUnknownEvent or KindMalformed (a
// string that is not UTF-8).
func Encode(r *Recording) ([]byte, error) {
	b := &builder{path: r.String()}
	// protojson varies its white space from build to build on purpose, so lay the JSON out again
	// afterwards.
	var loose bytes.Buffer
	loose.WriteString(`{"` + metadataKey + `":`)
	enc := json.NewEncoder(&loose)
	enc.SetEscapeHTML(false) // "<" is legal in a workflow ID, and \u003c is not readable
	if err := enc.Encode(metadataOf(r)); err != nil {
		return nil, b.fail(KindMetadata, 0, err, "its %q object cannot be written (%v)", metadataKey, err)
	}
	loose.WriteString(`,"events":[`)
	for i, ev := range r.History.GetEvents() {
		if ev == nil {
			return nil, b.fail(KindNullEvent, b.next(), nil, "nil stands where the event should")
		}
		if err := b.add(ev); err != nil {
			return nil, err
		}
		if i > 0 {
			loose.WriteByte(',')
		}
		raw, err := temporalproto.CustomJSONMarshalOptions{}.Marshal(ev)
		if err != nil {
			return nil, b.fail(KindMalformed, ev.GetEventId(), err, "it cannot be written as JSON: %s", reason(err))
		}
		loose.Write(raw)
	}
	if err := b.order.finish(b.path); err != nil {
		return nil, err
	}
	loose.WriteString("]}")
	var out bytes.Buffer
	if err := json.Indent(&out, loose.Bytes(), "", "  "); err != nil {
		return nil, b.fail(KindMalformed, 0, err, "it cannot be written as JSON: %v", err)
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}
