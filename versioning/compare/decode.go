package compare

import (
	"bytes"
	"encoding/json"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
)

// decoder reads what a data converter has written. A converter is a user's code,
// and it may be wanting a context: what it cannot read counts as bytes.
type decoder struct {
	converter converter.DataConverter
	failures  converter.FailureConverter
	// known is what some payloads hold, so that they are not read.
	known map[*commonpb.Payload]any
}

// of returns the decoder for what the converter has encoded, nil for this one.
func (d decoder) of(dc converter.DataConverter) decoder {
	if dc != nil {
		d.converter = dc
	}
	return d
}

func (d decoder) data() converter.DataConverter {
	if d.converter != nil {
		return d.converter
	}
	return converter.GetDefaultDataConverter()
}

func (d decoder) decode(payloads *commonpb.Payloads, to any) bool {
	return len(payloads.GetPayloads()) == 1 && unpack(d.data(), payloads.GetPayloads()[0], to)
}

// unpack reports whether the converter reads the payload.
func unpack(dc converter.DataConverter, p *commonpb.Payload, to any) (ok bool) {
	defer func() { ok = recover() == nil && ok }()
	return dc.FromPayload(p, to) == nil
}

// raw is a payload that nothing decodes: its encoding and its data.
type raw string

// value returns what the payload holds, as JSON has it where the converter can
// show it so: the order of fields and white space are then no difference.
func (d decoder) value(p *commonpb.Payload) any {
	if value, ok := d.known[p]; ok {
		return value
	}
	encoding := string(p.GetMetadata()[converter.MetadataEncoding])
	if encoding == converter.MetadataEncodingNil || encoding == "" && len(p.GetData()) == 0 {
		return nil
	}
	// Search attributes are encoded by the default converter, and so are the details
	// of failures unless the failure converter says otherwise.
	undecoded := raw(encoding + "\x00" + string(p.GetData()))
	for _, dc := range []converter.DataConverter{d.data(), converter.GetDefaultDataConverter()} {
		value, ok := valueFrom(dc, p)
		if inner, isRaw := value.(raw); isRaw {
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
	ok = unpack(dc, p, &value)
	if _, isBytes := value.([]byte); isBytes {
		return value, true
	}
	// A number in the text has all of its digits.
	if ok && unpack(dc, p, &text) {
		if fromText, isJSON := parse(text); isJSON {
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
	if !unpack(dc, p, &inner) || inner.Payload() == nil {
		return nil, false
	}
	p = inner.Payload()
	encoding := string(p.GetMetadata()[converter.MetadataEncoding])
	switch encoding {
	case converter.MetadataEncodingProtoJSON:
		if value, ok := parse(p.GetData()); ok {
			return value, true
		}
	case converter.MetadataEncodingProto:
		if text, ok := messageText(p); ok {
			return parse(text)
		}
	}
	return raw(encoding + "\x00" + string(p.GetData())), true
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

func parse(text []byte) (value any, ok bool) {
	reader := json.NewDecoder(bytes.NewReader(text))
	reader.UseNumber()
	return value, reader.Decode(&value) == nil && !reader.More()
}
