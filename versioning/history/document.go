package history

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// document reads the JSON around the events.
type document struct {
	scanner
	b      *builder
	events eventReader
	// keys of the outermost object, to say what a file is that has no events.
	keys []string
	// seen is set by an "events" key, partial by a response that names a next page.
	seen, partial bool
}

func decodeJSON(b *builder, data []byte) error {
	d := &document{scanner: scanner{in: data}, b: b, events: eventReader{b: b}}
	err := d.read()
	// Not errors.As: a FormatError wraps the scanError that it came from.
	scan, ok := err.(*scanError)
	if !ok {
		return err
	}
	if scan.kind != KindTruncated {
		return b.fail(scan.kind, 0, scan, "%s", scan.what)
	}
	where := "before the first event"
	if len(b.events) > 0 {
		where = fmt.Sprintf("after event %d", len(b.events))
	}
	return b.fail(KindTruncated, 0, scan, "%s, %s", scan.what, where)
}

func (d *document) read() error {
	if d.peek() == '[' {
		if err := d.array(d.elementOfFile); err != nil {
			return err
		}
		d.seen = true
	} else if err := d.object(d.memberOfFile); err != nil {
		return err
	}
	if d.peek() != 0 || d.pos < len(d.in) {
		return d.broken("nothing more after the end of the history")
	}
	switch {
	case d.partial:
		return d.b.fail(KindTruncated, 0, nil,
			"the file is one page of a history, up to event %d, and more pages follow", len(d.b.events))
	case !d.seen && slices.Contains(d.keys, "items"):
		return d.b.fail(KindSeveral, 0, nil, "the file is an export of several executions, written as JSON")
	case !d.seen && slices.ContainsFunc(d.keys, func(k string) bool { return k != metadataKey }):
		return d.b.fail(KindNotHistory, 0, nil, "the file is JSON, but not a workflow history: %s",
			describeKeys("it", d.keys))
	}
	return nil
}

func (d *document) memberOfFile(key string) error {
	d.keys = note(d.keys, key)
	switch key {
	case "history":
		if d.peek() == '{' {
			// Only responses have this key, and the HTTP API shortens payloads in them.
			d.events.shorthand = true
			return d.object(d.memberOfHistory)
		}
	case metadataKey:
		raw, err := d.value()
		if err != nil {
			return err
		}
		d.b.meta, err = parseMetadata(d.b.path, raw)
		return err
	case "workflowId":
		return d.text(&d.b.workflowID)
	case "runId":
		return d.text(&d.b.runID)
	case "nextPageToken":
		var token string
		err := d.text(&token)
		d.partial = token != ""
		return err
	}
	return d.memberOfHistory(key)
}

func (d *document) memberOfHistory(key string) error {
	if key != "events" {
		return d.skip()
	}
	switch c := d.peek(); {
	case d.seen:
		return d.broken(`one "events" only`)
	case c == '[':
		d.seen = true
		return d.array(d.event)
	case c == 'n':
		d.seen = true
	}
	return d.skip()
}

// elementOfFile is one of a file that is an array: an event, or a batch as the admin tools write
// them.
func (d *document) elementOfFile(int) error {
	probe := scanner{in: d.in, pos: d.pos}
	batch := false
	if probe.peek() == '{' {
		stop := errors.New("one key is enough")
		_ = probe.object(func(key string) error {
			batch = key == "events"
			return stop
		})
	}
	if batch {
		return d.object(func(key string) error {
			if key == "events" && d.peek() == '[' {
				return d.array(d.event)
			}
			return d.skip()
		})
	}
	return d.event(0)
}

func (d *document) event(int) error {
	if d.peek() == 0 && d.pos >= len(d.in) {
		return d.stops() // between two events
	}
	d.readable = false
	raw, err := d.value()
	if scan, ok := err.(*scanError); ok && scan.kind == KindTruncated {
		return d.b.fail(KindTruncated, d.b.next(), scan, "%s, inside the event", scan.what)
	}
	if err != nil {
		return err
	}
	ev, err := d.events.read(raw, d.pos-len(raw), d.readable)
	if err != nil {
		return err
	}
	return d.b.add(ev)
}

// text reads a string; a value of another type is none.
func (d *document) text(into *string) error {
	if d.peek() != '"' {
		return d.skip()
	}
	var err error
	*into, err = d.str()
	return err
}

// skip passes over a value that no decoder will see, so it is checked here.
func (d *document) skip() error {
	raw, err := d.value()
	if err != nil {
		return err
	}
	if !json.Valid(raw) {
		d.pos -= len(raw)
		return d.broken("a JSON value")
	}
	return nil
}
