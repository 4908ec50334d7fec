package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain returns the text with everything that is no visible character written as
// an escape: names and values come from files, and a terminal obeys some of them.
// Spaces stay, and so do letters of all scripts.
func plain(text string) string {
	visible := func(r rune) bool { return unicode.IsPrint(r) && r != utf8.RuneError }
	if !strings.ContainsFunc(text, func(r rune) bool { return !visible(r) }) {
		return text
	}
	var b strings.Builder
	for i, r := range text {
		switch {
		case visible(r):
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == utf8.RuneError:
			fmt.Fprintf(&b, `\x%02x`, text[i])
		case r < utf8.RuneSelf:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return b.String()
}

// fold breaks the text into lines of at most width characters, at spaces where
// it can. What is longer than so many lines loses its middle.
func fold(text string, width, lines int) []string {
	text = shorten(text, width*lines)
	for {
		folded := hardLines(text, width)
		if len(folded) <= lines {
			return folded
		}
		text = shorten(text, utf8.RuneCountInString(text)-width/2)
	}
}

// hardLines breaks the text at spaces, and within words that are longer than the
// width.
func hardLines(text string, width int) (lines []string) {
	line, length := "", 0
	for word := range strings.FieldsSeq(text) {
		runes := []rune(word)
		if length > 0 && length+1+len(runes) > width {
			lines, line, length = append(lines, line), "", 0
		}
		for length == 0 && len(runes) > width {
			lines = append(lines, string(runes[:width]))
			runes = runes[width:]
		}
		if length > 0 {
			line, length = line+" ", length+1
		}
		line, length = line+string(runes), length+len(runes)
	}
	return append(lines, line)
}

// wrapHard is wrap for text with words of any length.
func wrapHard(text string, width, indent int) string {
	return strings.Join(hardLines(text, width-indent), "\n"+strings.Repeat(" ", indent))
}
