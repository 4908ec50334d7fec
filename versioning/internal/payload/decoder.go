// Package payload reads what a Data Converter has written, for comparison and for people.
//
// A Data Converter is a user's code. It may panic, and it may want a context. A payload that cannot
// be read counts as bytes.
package payload

import (
	"bytes"
	"encoding/json"
	"strings"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
)

// A Decoder reads payloads. The zero Decoder reads what the SDK's default converter writes.
type Decoder struct {
	// Converter and Failures are the converters of the Workers.
	Converter converter.DataConverter
	Failures  converter.FailureConverter
	// known is what some payloads hold, so that they are not read.
	known map[*commonpb.Payload]any
}

// Of returns a decoder for payloads that dc has encoded. If dc is nil, it returns this decoder.
func (d Decoder) Of(dc converter.DataConverter) Decoder {
	if dc != nil {
		d.Converter = dc
	}
	return d
}

// Know makes Value return this value for the payload. The payload is then not read.
func (d *Decoder) Know(p *commonpb.Payload, value any) {
	if d.known == nil {
		d.known = map[*commonpb.Payload]any{}
	}
	d.known[p] = value
}

func (d Decoder) data() converter.DataConverter {
	if d.Converter != nil {
		return d.Converter
	}
	return converter.GetDefaultDataConverter()
}

// Decode reads the only payload into the value. It reports whether the converter could read the
// payload.
func (d Decoder) Decode(payloads *commonpb.Payloads, to any) bool {
	return len(payloads.GetPayloads()) == 1 && Unpack(d.data(), payloads.GetPayloads()[0], to)
}

// Unpack reports whether the converter reads the payload.
func Unpack(dc converter.DataConverter, p *commonpb.Payload, to any) (ok bool) {
	defer func() { ok = recover() == nil && ok }()
	return dc.FromPayload(p, to) == nil
}

// Raw is a payload that nothing decodes: its encoding and its data.
type Raw string

// Encoding is the encoding of the payload.
func (r Raw) Encoding() string {
	encoding, _, _ := strings.Cut(string(r), "\x00")
	return encoding
}

// Standard reports whether the SDK's default converter knows the encoding. A codec has written any
// other.
func Standard(encoding string) bool {
	switch encoding {
	case converter.MetadataEncodingNil, converter.MetadataEncodingBinary, converter.MetadataEncodingJSON,
		converter.MetadataEncodingProto, converter.MetadataEncodingProtoJSON:
		return true
	}
	return false
}

// Value returns what the payload holds. If the converter can show it as JSON, the value is that
// JSON: the order of fields and white space then make no difference.
func (d Decoder) Value(p *commonpb.Payload) any {
	if value, ok := d.known[p]; ok {
		return value
	}
	encoding := string(p.GetMetadata()[converter.MetadataEncoding])
	if encoding == converter.MetadataEncodingNil || encoding == "" && len(p.GetData()) == 0 {
		return nil
	}
	// Search attributes are encoded by the default converter, and so are the details
	// of failures unless the failure converter says otherwise.
	undecoded := Raw(encoding + "\x00" + string(p.GetData()))
	for _, dc := range []converter.DataConverter{d.data(), converter.GetDefaultDataConverter()} {
		value, ok := valueFrom(dc, p)
		if inner, isRaw := value.(Raw); isRaw {
			undecoded = inner
		} else if ok {
			return value
		}
	}
	return undecoded
}

// valueFrom does not ask for the text that the converter shows: that need not tell
// one value from another.
func valueFrom(dc converter.DataConverter, p *commonpb.Payload) (value any, ok bool) {
	var text json.RawMessage
	ok = Unpack(dc, p, &value)
	if _, isBytes := value.([]byte); isBytes {
		return value, true
	}
	// A number in the text has all of its digits.
	if ok && Unpack(dc, p, &text) {
		if fromText, isJSON := Parse(text); isJSON {
			return fromText, true
		}
	}
	if ok {
		return value, true
	}
	return withoutType(dc, p)
}

// withoutType reads what is read only with a type, as far as the payload itself
// tells: what converter.RawValue gives has no codec any more.
func withoutType(dc converter.DataConverter, p *commonpb.Payload) (value any, ok bool) {
	var inner converter.RawValue
	if !Unpack(dc, p, &inner) || inner.Payload() == nil {
		return nil, false
	}
	p = inner.Payload()
	encoding := string(p.GetMetadata()[converter.MetadataEncoding])
	switch encoding {
	case converter.MetadataEncodingProtoJSON:
		if value, ok := Parse(p.GetData()); ok {
			return value, true
		}
	case converter.MetadataEncodingProto:
		if text, ok := messageText(p); ok {
			return Parse(text)
		}
	}
	return Raw(encoding + "\x00" + string(p.GetData())), true
}

// messageText writes a message of a type that the program knows as JSON.
func messageText(p *commonpb.Payload) (text []byte, ok bool) {
	name := protoreflect.FullName(p.GetMetadata()[converter.MetadataMessageType])
	messageType, err := protoregistry.GlobalTypes.FindMessageByName(name)
	if err != nil {
		return nil, false
	}
	message := messageType.New().Interface()
	if proto.Unmarshal(p.GetData(), message) != nil || len(message.ProtoReflect().GetUnknown()) > 0 {
		return nil, false
	}
	text, err = protojson.Marshal(message)
	return text, err == nil
}

// Parse reads JSON, numbers with all of their digits.
func Parse(text []byte) (value any, ok bool) {
	reader := json.NewDecoder(bytes.NewReader(text))
	reader.UseNumber()
	return value, reader.Decode(&value) == nil && !reader.More()
}
