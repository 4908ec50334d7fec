package history

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/dynamicpb"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// findings is what an event holds that a decoder would drop or misread. The first of each kind is
// kept, by its place.
type findings struct {
	decoded   string // a payload that is a plain value, where no tool writes one that can be read back
	plain     string // a payload that is a plain value, where the HTTP API writes them so
	array     bool   // payloads in the short form of the HTTP API: ["Temporal"] for {"payloads":[…]}
	enum      string // an enum value that is unknown, by its place; value is its name
	value     string
	mayIgnore bool // the service marked the event worker_may_ignore
	// edits put the names of today in the place of former ones.
	edits []edit
}

// edit replaces a part of the JSON of an event.
type edit struct {
	from, to int
	text     string
}

// applied returns the JSON with the edits, which are in the order of their places.
func applied(raw []byte, edits []edit) []byte {
	var out []byte
	at := 0
	for _, e := range edits {
		out = append(append(out, raw[at:e.from]...), e.text...)
		at = e.to
	}
	return append(out, raw[at:]...)
}

// inspector walks the JSON of an event along the message descriptors: the descriptors say where
// payloads and enums are, so a user's own data, whatever it looks like, is never taken for them.
type inspector struct {
	scanner
	found findings
	place []string
	known map[string]bool // enum values, as FULL.NAME=VALUE
	// scratch holds what base64 decodes to, over and over.
	scratch []byte
}

var (
	eventDescriptor = (&historypb.HistoryEvent{}).ProtoReflect().Descriptor()
	payloadName     = (&commonpb.Payload{}).ProtoReflect().Descriptor().FullName()
	payloadsName    = (&commonpb.Payloads{}).ProtoReflect().Descriptor().FullName()
)

// inspect reads the event raw, which begins at byte at of the file. The error is for broken JSON.
func (v *inspector) inspect(raw []byte, at int) (findings, error) {
	v.scanner = scanner{in: raw}
	v.found = findings{}
	v.place = v.place[:0]
	if err := v.message(eventDescriptor); err != nil {
		if s, ok := err.(*scanError); ok {
			// The event's own bytes are complete, so what "stops" in them is a bracket of the wrong
			// kind.
			return findings{}, fmt.Errorf("the JSON is broken at byte %d", at+s.at)
		}
		return findings{}, err
	}
	return v.found, nil
}

func (v *inspector) message(md protoreflect.MessageDescriptor) error {
	return v.object(func(key string) error {
		if len(v.place) == 0 && (key == "workerMayIgnore" || key == "worker_may_ignore") {
			v.found.mayIgnore = v.peek() == 't'
		}
		fd := md.Fields().ByJSONName(key)
		if fd == nil {
			fd = md.Fields().ByTextName(key)
		}
		if fd == nil {
			fd = v.renamed(md, key)
		}
		if fd == nil || v.peek() == 'n' {
			_, err := v.value()
			return err
		}
		v.place = append(v.place, fd.JSONName())
		defer func() { v.place = v.place[:len(v.place)-1] }()
		return v.field(fd)
	})
}

// renamed returns the field that had the key as its name, and notes the edit; nil if there is none.
// The scanner is at the value.
func (v *inspector) renamed(md protoreflect.MessageDescriptor, key string) protoreflect.FieldDescriptor {
	now, ok := formerKeys[key]
	if !ok {
		now, ok = formerKeys[events.JSONName(key)]
	}
	fd := md.Fields().ByJSONName(now)
	quoted := []byte(strconv.Quote(key))
	at := bytes.LastIndex(v.in[:v.pos], quoted)
	if !ok || fd == nil || at < 0 {
		return nil
	}
	v.found.edits = append(v.found.edits, edit{at, at + len(quoted), strconv.Quote(now)})
	return fd
}

func (v *inspector) field(fd protoreflect.FieldDescriptor) error {
	switch c := v.peek(); {
	case fd.IsMap() && c == '{':
		return v.object(func(key string) error {
			v.place = append(v.place, key)
			defer func() { v.place = v.place[:len(v.place)-1] }()
			return v.one(fd.MapValue(), false)
		})
	case fd.IsList() && c == '[':
		return v.array(func(i int) error {
			v.place = append(v.place, strconv.Itoa(i))
			defer func() { v.place = v.place[:len(v.place)-1] }()
			return v.one(fd, true)
		})
	case fd.IsMap() || fd.IsList():
		_, err := v.value() // of the wrong type, as the decoder will say
		return err
	}
	return v.one(fd, false)
}

func (v *inspector) one(fd protoreflect.FieldDescriptor, listed bool) error {
	md, c := fd.Message(), v.peek()
	switch {
	case md != nil && md.FullName() == payloadName:
		// A search attribute always has a type in its metadata, so no tool shortens it.
		return v.payload(listed || slices.Contains(v.place, "indexedFields"))
	case md != nil && md.FullName() == payloadsName && c == '[':
		v.found.array = true
	case md != nil && c == '{' && !strings.HasPrefix(string(md.FullName()), "google.protobuf."):
		return v.message(md)
	case fd.Enum() != nil && c == '"':
		return v.enum(fd)
	}
	_, err := v.value()
	return err
}

// enum asks the decoder itself about old names, because it alone knows every spelling that it
// accepts.
func (v *inspector) enum(fd protoreflect.FieldDescriptor) error {
	from := v.pos
	value, err := v.str()
	if err != nil || v.found.enum != "" || fd.Enum().Values().ByName(protoreflect.Name(value)) != nil {
		return err
	}
	key := string(fd.Enum().FullName()) + "=" + value
	known, asked := v.known[key]
	if !asked {
		quoted, _ := json.Marshal(value)
		if fd.IsList() {
			quoted = slices.Concat([]byte{'['}, quoted, []byte{']'})
		}
		probe := fmt.Appendf(nil, "{%q:%s}", fd.JSONName(), quoted)
		known = strict.Unmarshal(probe, dynamicpb.NewMessage(fd.ContainingMessage())) == nil
		if v.known == nil {
			v.known = map[string]bool{}
		}
		v.known[key] = known
	}
	if known {
		return nil
	}
	if now := currentName(fd.Enum(), value); now != "" {
		v.found.edits = append(v.found.edits, edit{from, v.pos, strconv.Quote(now)})
	} else if !isUnread(v.place) {
		v.found.enum, v.found.value = strings.Join(v.place, "."), value
	}
	return nil
}
