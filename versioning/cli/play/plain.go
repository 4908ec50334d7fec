package play

import (
	"encoding/json"
	"strings"
)

// plain is a JSON text as people read it: a string without its quotes, unless
// nothing would be left to see.
func plain(text string) string {
	var s string
	if !strings.HasPrefix(text, `"`) || json.Unmarshal([]byte(text), &s) != nil || s == "" {
		return text
	}
	return s
}
