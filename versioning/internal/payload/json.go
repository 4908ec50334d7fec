package payload

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// JSON writes what Value returns as JSON. It returns "" for nil, which means that there is nothing.
func JSON(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case Raw:
		encoding, data, _ := strings.Cut(string(v), "\x00")
		if !utf8.ValidString(data) {
			data = base64.StdEncoding.EncodeToString([]byte(data))
		}
		return fmt.Sprintf("%q (%s)", data, encoding)
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return fmt.Sprint(value)
	}
	return strings.TrimSpace(b.String())
}

// JSONOrNull is JSON for a value that exists. Nil is then visible beside a value that does not
// exist.
func JSONOrNull(value any) string {
	if value == nil {
		return "null"
	}
	return JSON(value)
}
