package trace

import (
	"bytes"
	"encoding/json"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
)

// decoder reads what a data converter has written. A converter is a user's code,
// and it may be wanting a context: what it cannot read counts as bytes.
type decoder struct {
	converter converter.DataConverter
	failures  converter.FailureConverter
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
	encoding := string(p.GetMetadata()[converter.MetadataEncoding])
	if encoding == converter.MetadataEncodingNil || encoding == "" && len(p.GetData()) == 0 {
		return nil
	}
	for _, dc := range []converter.DataConverter{d.data(), converter.GetDefaultDataConverter()} {
		if value, ok := valueFrom(dc, p); ok {
			return value
		}
	}
	return raw(encoding + "\x00" + string(p.GetData()))
}

// valueFrom asks for a value first: what a converter shows as text need not tell
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
	// What is written for a message of Protocol Buffers is read only as one.
	defer func() { ok = recover() == nil && ok }()
	return parse([]byte(dc.ToString(p)))
}

func parse(text []byte) (value any, ok bool) {
	reader := json.NewDecoder(bytes.NewReader(text))
	reader.UseNumber()
	return value, reader.Decode(&value) == nil && !reader.More()
}
