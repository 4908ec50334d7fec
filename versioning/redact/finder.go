package redact

import "strings"

// shortest is the length in bytes from which on a value is looked for: shorter ones are everywhere
// by chance.
const shortest = 4

// finder finds values in texts, all at once, in upper or lower case: people write an ID of "Alice"
// as "order-alice".
type finder struct {
	// byStart has the values by their first bytes.
	byStart map[string][]string
	all     map[string]bool
}

func newFinder() *finder { return &finder{byStart: map[string][]string{}, all: map[string]bool{}} }

func (f *finder) add(value string) {
	if value = lower(value); len(value) < shortest || f.all[value] {
		return
	}
	f.all[value] = true
	f.byStart[value[:shortest]] = append(f.byStart[value[:shortest]], value)
}

// in calls found for each value that occurs in the text, in lower case, until it returns false.
func (f *finder) in(s string, found func(value string) bool) {
	s = lower(s)
	for i := 0; i+shortest <= len(s); i++ {
		for _, value := range f.byStart[s[i:i+shortest]] {
			if strings.HasPrefix(s[i:], value) && !found(value) {
				return
			}
		}
	}
}

// within reports whether any value occurs in the text.
func (f *finder) within(s string) (any bool) {
	f.in(s, func(string) bool {
		any = true
		return false
	})
	return any
}

// lower lowers the letters of ASCII alone: data can be bytes.
func lower(s string) string {
	if !strings.ContainsFunc(s, isUpper) {
		return s
	}
	b := []byte(s)
	for i, c := range b {
		if isUpper(rune(c)) {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

func isUpper(r rune) bool { return 'A' <= r && r <= 'Z' }
