package prose

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
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

// Shorten removes the middle of a name that is too long. The two ends stay, because they
// distinguish the name from others.
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

// ShellWord quotes the text if a shell would not read the text as one word.
func ShellWord(s string) string {
	for _, r := range s {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/.+@_-:,", r) {
			return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
		}
	}
	return s
}

// Sentence begins the text with a capital letter.
func Sentence(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(r)) + text[size:]
}
