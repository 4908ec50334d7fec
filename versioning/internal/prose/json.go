package prose

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"
)

// JSON writes a document as indented text with a final newline. The error message calls the
// document by the name. What a terminal would obey is written as an escape of JSON, so that the document says the same. Of a
// string that is too long for anybody the middle is left out.
func JSON(w io.Writer, name string, document any) error {
	encoder := json.NewEncoder(visible{w})
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(document); err != nil {
		return fmt.Errorf("writing the %s as JSON: %w", name, err)
	}
	return nil
}

// visible escapes in JSON what cannot be seen, and shortens what nobody reads. Such characters are in strings alone, and an encoder writes a document with
// one call, so that none is cut.
type visible struct{ io.Writer }

func (v visible) Write(document []byte) (int, error) {
	written := len(document)
	document = []byte(cutStrings(string(document)))
	hidden := func(r rune) bool { return r >= 0x7f && !unicode.IsPrint(r) && r != utf8.RuneError }
	if !bytes.ContainsFunc(document, hidden) {
		_, err := v.Writer.Write(document)
		return written, err
	}
	var b bytes.Buffer
	for _, r := range string(document) {
		switch {
		case !hidden(r):
			b.WriteRune(r)
		case r > 0xffff:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	if _, err := v.Writer.Write(b.Bytes()); err != nil {
		return 0, err
	}
	return written, nil
}
