package prose

import (
	"fmt"
	"strings"
)

// Plural is "1 cell", "2,991 cells".
func Plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return Thousands(n) + " " + word + "s"
}

// Thousands writes 2991 as 2,991.
func Thousands(n int) string {
	digits := fmt.Sprint(n)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// Shorten takes out the middle of a name that is too long: its two ends tell it
// from others.
func Shorten(name string, length int) string {
	runes := []rune(name)
	if len(runes) <= length {
		return name
	}
	half := (length - 1) / 2
	return string(runes[:half]) + "…" + string(runes[len(runes)-(length-1-half):])
}

// FirstLine is the first line of the text that is not empty.
func FirstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

// ShellWord quotes what a shell would not take for one word.
func ShellWord(s string) string {
	for _, r := range s {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/.+@_-:,", r) {
			return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
		}
	}
	return s
}
