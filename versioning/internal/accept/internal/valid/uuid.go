package valid

import "strings"

// UUID takes what github.com/google/uuid takes: the plain form, one in braces, one with a prefix,
// and one without hyphens.
func UUID(text string) bool {
	switch len(text) {
	case 36 + 9:
		if !strings.EqualFold(text[:9], "urn:uuid:") {
			return false
		}
		text = text[9:]
	case 36 + 2:
		if text[0] != '{' || text[37] != '}' {
			return false
		}
		text = text[1:37]
	case 36, 32:
	default:
		return false
	}
	for i := range len(text) {
		hyphen := len(text) == 36 && (i == 8 || i == 13 || i == 18 || i == 23)
		if hyphen != (text[i] == '-') || !hyphen && !isHex(text[i]) {
			return false
		}
	}
	return true
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
