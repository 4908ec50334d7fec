// Package prose has what the writers of reports make their texts of. It makes text that can be
// shown anywhere, breaks lines at a width, writes numbers, and writes Markdown. It does not depend
// on matrices.
package prose

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plain returns the text with an escape in place of each character that is not visible. Names and
// values come from files, and a terminal obeys some characters. Spaces and letters of all scripts
// stay as they are. Of a text that is too long for anybody the middle is left out.
func Plain(text string) string {
	text = cut(text)
	if utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return text
	}
	var b strings.Builder
	for text != "" {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, text[0])
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < utf8.RuneSelf:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
		text = text[size:]
	}
	return b.String()
}

// PlainLines is like Plain, but keeps the lines of the text and the tabs at the beginning of a
// line. It removes empty lines at both ends.
func PlainLines(text string) string {
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	for i, line := range lines {
		body := strings.TrimLeft(line, "\t")
		lines[i] = line[:len(line)-len(body)] + Plain(strings.TrimRight(body, "\r"))
	}
	return strings.Join(lines, "\n")
}

// Fold breaks the text of a cell into lines of at most width characters. The second and later lines
// are indented. If the text needs more than the given number of lines, Fold removes its middle.
func Fold(text string, width, lines int) []string {
	const hanging = "  "
	for length := min(utf8.RuneCountInString(text), 2*width*lines); ; length -= width / 4 {
		folded := Lines(Shorten(text, max(length, width)), width, width-len(hanging))
		if len(folded) <= lines || length <= width {
			for i := 1; i < len(folded); i++ {
				folded[i] = hanging + folded[i]
			}
			return folded
		}
	}
}

// Wrap breaks the text so that no line is longer than width. The caller has already written indent
// columns of the first line. Wrap indents the other lines by indent.
func Wrap(text string, width, indent int) string {
	return strings.Join(Lines(text, width-indent, width-indent), "\n"+strings.Repeat(" ", indent))
}

// Lines breaks the text at spaces, and inside a word that is too long for a line. The first line is
// at most first characters long, the others at most rest.
func Lines(text string, first, rest int) (lines []string) {
	var line []rune
	width := first
	end := func() {
		lines, line, width = append(lines, string(line)), nil, rest
	}
	for word := range strings.FieldsSeq(text) {
		runes := []rune(word)
		if len(line) > 0 && len(line)+1+len(runes) > width {
			end()
		}
		for len(line) == 0 && len(runes) > width {
			at := joint(runes, width)
			line = runes[:at]
			runes = runes[at:]
			end()
		}
		if len(line) > 0 {
			line = append(line, ' ')
		}
		line = append(line, runes...)
	}
	return append(lines, string(line))
}

// joint is where a word that is too long is broken: before a capital letter or after
// a sign, if there is one in the second half of the line.
func joint(word []rune, width int) int {
	for i := width; i > width/2; i-- {
		before, after := word[i-1], word[i]
		if unicode.IsUpper(after) && unicode.IsLower(before) || unicode.IsPunct(before) && !unicode.IsPunct(after) {
			return i
		}
	}
	return width
}

// Harmless returns the text with an escape in place of each character that a terminal obeys, but for the ends of lines and
// tabs. It is for a whole document, whose writer has escaped what means something to its format.
func Harmless(text string) string {
	obeyed := func(r rune) bool {
		return r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r))
	}
	if !strings.ContainsFunc(text, obeyed) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if obeyed(r) {
			b.WriteString(Plain(string(r)))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// NoCommand returns the line so that the log of a pipeline does not take it for a command, whatever it begins with.
func NoCommand(line string) string {
	begins := strings.TrimLeft(line, " \t")
	if strings.HasPrefix(begins, "::") || strings.HasPrefix(begins, "##[") {
		return line[:len(line)-len(begins)] + `\` + begins
	}
	return line
}
