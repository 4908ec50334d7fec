package redact

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
)

type fieldName = protoreflect.Name

// codec opens payloads with the data converter of the workers, and closes them.
type codec struct{ converter converter.DataConverter }

// open returns what the payload holds without codecs, which is the payload itself where it has none
// or where the converter does not open it.
func (c codec) open(p *commonpb.Payload) (inner *commonpb.Payload, coded bool) {
	defer func() {
		if recover() != nil {
			inner, coded = p, false
		}
	}()
	var value converter.RawValue
	if c.converter == nil || c.converter.FromPayload(p, &value) != nil || value.Payload() == nil ||
		proto.Equal(value.Payload(), p) {
		return p, false
	}
	return proto.CloneOf(value.Payload()), true
}

// close encodes what open has given. false is a converter that does not.
func (c codec) close(inner *commonpb.Payload) (p *commonpb.Payload, ok bool) {
	defer func() {
		if recover() != nil {
			p, ok = nil, false
		}
	}()
	p, err := c.converter.ToPayload(converter.NewRawValue(inner))
	return p, err == nil
}

// indexed rewrites a payload in a list. The type is that of its message, "" if its metadata says
// so.
func (w *walker) indexed(i int, p *commonpb.Payload, messageType protoreflect.FullName) {
	w.in(fmt.Sprintf("[%d]", i), func() { w.typed(p, messageType) })
}

func (w *walker) payload(p *commonpb.Payload) { w.typed(p, "") }

// typed rewrites what the payload holds. What cannot be closed again is replaced as a whole,
// closed.
func (w *walker) typed(p *commonpb.Payload, messageType protoreflect.FullName) {
	inner, coded := w.codec.open(p)
	if !coded {
		w.plain(p, messageType)
		return
	}
	before := proto.CloneOf(inner)
	w.plain(inner, messageType)
	if proto.Equal(before, inner) {
		return
	}
	closed, ok := w.codec.close(inner)
	if !ok {
		p.Data = []byte(scramble(string(p.GetData())))
		return
	}
	p.Metadata, p.Data = closed.GetMetadata(), closed.GetData()
}

// plain rewrites a payload without codec, by its encoding.
func (w *walker) plain(p *commonpb.Payload, messageType protoreflect.FullName) {
	w.metadata(p, true)
	if messageType == "" {
		messageType = protoreflect.FullName(p.GetMetadata()[converter.MetadataMessageType])
	}
	encoding := string(p.GetMetadata()[converter.MetadataEncoding])
	switch {
	case len(p.GetData()) == 0:
	case encoding == converter.MetadataEncodingProtoJSON && w.protobuf(p, messageType, protojson.Unmarshal, jsonOf):
	case strings.HasPrefix(encoding, "json/") && json.Valid(p.GetData()):
		p.Data = w.json(p.GetData())
	case encoding == converter.MetadataEncodingBinary, strings.HasPrefix(encoding, "json/"):
		p.Data = []byte(w.leaf(raw, string(p.GetData())))
	case encoding == converter.MetadataEncodingProto &&
		w.protobuf(p, messageType, proto.Unmarshal, proto.MarshalOptions{Deterministic: true}.Marshal):
	default:
		p.Data = []byte(w.leaf(opaque, string(p.GetData())))
	}
}

// protobuf rewrites a message of a type that the program knows, and says whether it does.
func (w *walker) protobuf(p *commonpb.Payload, name protoreflect.FullName, unmarshal func([]byte, proto.Message) error,
	marshal func(proto.Message) ([]byte, error)) bool {
	messageType, err := protoregistry.GlobalTypes.FindMessageByName(name)
	if err != nil {
		return false
	}
	message := messageType.New()
	if unmarshal(p.GetData(), message.Interface()) != nil || holdsUnknown(message) {
		return false
	}
	before := proto.CloneOf(message.Interface())
	w.user(message)
	if proto.Equal(before, message.Interface()) {
		return true // as it was written
	}
	data, err := marshal(message.Interface())
	if err != nil {
		data = []byte(scramble(string(p.GetData()))) // a string that is not UTF-8, for example
	}
	p.Data = data
	return true
}

// jsonOf writes a message as protojson does, without the white space that it varies.
func jsonOf(m proto.Message) ([]byte, error) {
	loose, err := protojson.Marshal(m)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = json.Compact(&b, loose)
	return b.Bytes(), err
}

// sdkMetadata are the keys of what the SDK and the service write beside data.
var sdkMetadata = map[string]bool{converter.MetadataEncoding: true, converter.MetadataMessageType: true, "type": true}

// metadata rewrites what a codec has written beside the data, such as the name of a file that holds
// it, if that is asked for.
func (w *walker) metadata(p *commonpb.Payload, rewrite bool) {
	for _, key := range sortedKeys(p.GetMetadata()) {
		value := string(p.GetMetadata()[key])
		if !rewrite || sdkMetadata[key] || value == "" {
			w.leaf(name, key+"="+value)
			continue
		}
		w.leaf(name, key)
		w.in(".metadata."+key, func() { p.Metadata[key] = []byte(w.leaf(raw, value)) })
	}
}

// kept shows a payload of the SDK's own.
func (w *walker) kept(p *commonpb.Payload) {
	inner, _ := w.codec.open(p)
	w.metadata(inner, false)
	w.leaf(name, string(inner.GetData()))
}

// json rewrites the strings and numbers of a valid JSON text, and keeps its order.
func (w *walker) json(data []byte) []byte {
	r := &jsonRewriter{walker: w, in: json.NewDecoder(bytes.NewReader(data))}
	r.in.UseNumber()
	r.value(r.token())
	return r.out.Bytes()
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
