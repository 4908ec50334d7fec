package history

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// payload looks at what stands where a payload should. A payload is an object of metadata and data,
// all base64.
//
// The Web UI has had three ways to write a payload for reading: the value alone; the value as data
// under metadata whose values are plain ("json/plain"); and the value as data beside an extra
// encodingDecoded. Which keys an object has does not tell, since a user's own object may have any,
// so the values decide.
func (v *inspector) payload(listed bool) error {
	if v.peek() != '{' {
		v.suspect(listed)
		_, err := v.value()
		return err
	}
	var hasMetadata, plainData, others, readable bool
	err := v.object(func(key string) error {
		c := v.peek()
		switch key {
		case "metadata":
			if c == '{' {
				hasMetadata = true
				return v.metadata(&readable)
			}
			others = others || c != 'n'
		case "data":
			if c == '"' {
				raw, err := v.value()
				plainData = plainData || err == nil && v.base64(raw) == nil
				return err
			}
			plainData = plainData || c != 'n'
		case "externalPayloads", "external_payloads":
		default:
			others = true
		}
		_, err := v.value()
		return err
	})
	switch {
	case err != nil:
		return err
	case readable || hasMetadata && plainData:
		v.suspect(true)
	case plainData || others && !hasMetadata:
		v.suspect(listed)
	}
	return nil
}

// metadata sets readable if the values are not the base64 of anything sensible.
func (v *inspector) metadata(readable *bool) error {
	return v.object(func(key string) error {
		if v.peek() != '"' {
			*readable = true
			_, err := v.value()
			return err
		}
		raw, err := v.value()
		if err != nil {
			return err
		}
		value := v.base64(raw)
		if value == nil || key == "encodingDecoded" || key == "encoding" && !isText(value) && readableName.Match(raw) {
			*readable = true
		}
		return nil
	})
}

func (v *inspector) suspect(certain bool) {
	switch {
	case certain && v.found.decoded == "":
		v.found.decoded = strings.Join(v.place, ".")
	case !certain && v.found.plain == "":
		v.found.plain = strings.Join(v.place, ".")
	}
}

// readableName matches the names that encodings have: "json/plain", "binary/encrypted". Base64 of
// such a name never does, nor in practice does base64 of anything, which has capitals.
var readableName = regexp.MustCompile(`^"[a-z][a-z0-9.+-]*/[a-z0-9.+-]*[a-z0-9]"$`)

// isText tells the bytes of a name from the noise that a name gives when it is read as base64.
func isText(encoding []byte) bool {
	return utf8.Valid(encoding) && bytes.IndexFunc(encoding, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}

// base64 decodes a JSON string as the decoder of go.temporal.io/api does, which takes both
// alphabets, padded or not. It gives nil if that fails; the bytes are good until the next call.
func (v *inspector) base64(raw []byte) []byte {
	text := raw[1 : len(raw)-1]
	if bytes.IndexByte(text, '\\') >= 0 {
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return nil
		}
		text = []byte(s)
	}
	enc := base64.StdEncoding
	if bytes.ContainsAny(text, "-_") {
		enc = base64.URLEncoding
	}
	if len(text)%4 != 0 {
		enc = enc.WithPadding(base64.NoPadding)
	}
	v.scratch = slices.Grow(v.scratch[:0], enc.DecodedLen(len(text))+1)
	n, err := enc.Decode(v.scratch[:cap(v.scratch)], text)
	if err != nil {
		return nil
	}
	return v.scratch[:n]
}
