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
}

func (d decoder) data() converter.DataConverter {
	if d.converter != nil {
		return d.converter
	}
	return converter.GetDefaultDataConverter()
}

func (d decoder) decode(payloads *commonpb.Payloads, to any) (ok bool) {
	defer func() { ok = recover() == nil && ok }()
	return len(payloads.GetPayloads()) == 1 && d.data().FromPayloads(payloads, to) == nil
}

// raw is a payload that the converter does not decode.
type raw struct {
	Encoding, Data string
}

// value returns what the payload holds, as JSON has it where the converter can
// show it so: the order of fields is then no difference.
func (d decoder) value(p *commonpb.Payload) (value any) {
	if p == nil {
		return nil
	}
	undecoded := raw{string(p.GetMetadata()[converter.MetadataEncoding]), string(p.GetData())}
	defer func() {
		if recover() != nil {
			value = undecoded
		}
	}()
	if undecoded.Encoding == converter.MetadataEncodingNil || undecoded.Encoding == "" && len(p.GetData()) == 0 {
		return nil
	}
	var decoded any
	if text := d.data().ToString(p); text != "" {
		reader := json.NewDecoder(bytes.NewReader([]byte(text)))
		reader.UseNumber()
		if reader.Decode(&decoded) == nil && !reader.More() {
			return decoded
		}
	}
	if d.data().FromPayload(p, &decoded) == nil {
		return decoded
	}
	return undecoded
}
