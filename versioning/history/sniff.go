package history

import (
	"bytes"
	"fmt"
)

type form int

const (
	formJSON form = iota
	formProto
)

// magics name what is most often saved by mistake, for the error text alone.
var magics = []struct{ prefix, name string }{
	{"\x89PNG", "a PNG image"},
	{"\xff\xd8\xff", "a JPEG image"},
	{"GIF8", "a GIF image"},
	{"%PDF", "a PDF document"},
	{"PK\x03\x04", "a ZIP archive"},
	{"\x1f\x8b", "compressed twice with gzip"},
	{"\x28\xb5\x2f\xfd", "compressed with zstd, which is not read"},
	{"\x7fELF", "a program"},
	{"SQLite format 3", "a SQLite database"},
}

// sniff tells JSON from binary protobuf by the bytes, and names everything else.
func sniff(path string, data []byte) (form, error) {
	fail := func(kind Kind, format string, args ...any) (form, error) {
		return 0, &FormatError{Path: path, Kind: kind, Detail: fmt.Sprintf(format, args...)}
	}
	text := bytes.TrimLeft(data, " \t\r\n")
	if len(text) == 0 {
		if len(data) == 0 {
			return fail(KindEmpty, "the file is empty")
		}
		return fail(KindEmpty, "the file holds nothing but white space")
	}
	// The tag of the first event in a protobuf history is a line feed in JSON, so look further than
	// the first byte.
	head := data[:min(len(data), 64)]
	if data[0] == protoEventTag && hasControl(head) {
		return formProto, nil
	}
	switch text[0] {
	case '{', '[':
		return formJSON, nil
	case '<':
		return fail(KindHTML, "the file is a web page (it begins with %s)", quote(text))
	}
	for _, m := range magics {
		if bytes.HasPrefix(data, []byte(m.prefix)) {
			return fail(KindNotHistory, "the file is not a workflow history but %s", m.name)
		}
	}
	if hasControl(head) {
		return fail(KindNotHistory, "the file is binary, but not protobuf of a workflow history")
	}
	return fail(KindNotHistory, "the file is text, but not a workflow history (it begins with %s)", quote(text))
}

// hasControl reports bytes that no text has.
func hasControl(data []byte) bool {
	for _, c := range data {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			return true
		}
	}
	return false
}
