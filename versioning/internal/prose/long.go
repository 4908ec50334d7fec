package prose

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A text of more than longest bytes, such as a name of a megabyte, is of no use to whoever reads it. keptHead and keptTail are
// what is left of it, with its length between them.
const (
	longest            = 4000
	keptHead, keptTail = 3000, 500
)

// cut leaves out the middle of a text that nobody reads to its end.
func cut(text string) string {
	if len(text) <= longest {
		return text
	}
	head, tail := text[:keptHead], text[len(text)-keptTail:]
	for head != "" && !utf8.RuneStart(text[len(head)]) {
		head = head[:len(head)-1]
	}
	for tail != "" && !utf8.RuneStart(tail[0]) {
		tail = tail[1:]
	}
	return head + leftOut(len(text)) + tail
}

func leftOut(bytes int) string { return fmt.Sprintf("… (%s bytes in all) …", Thousands(bytes)) }

// cutStrings does the same to each string of a JSON document. No escape is cut.
func cutStrings(document string) string {
	var b strings.Builder
	done := 0
	for i := 0; i < len(document); i++ {
		if document[i] != '"' {
			continue
		}
		from := i + 1
		head, end := from, from
		for end < len(document) && document[end] != '"' {
			if end-from <= keptHead {
				head = end
			}
			end += escapeLen(document[end:])
		}
		if end-from > longest {
			b.WriteString(document[done:head] + leftOut(end-from))
			done = beginOf(document, head, end-keptTail)
		}
		i = end
	}
	if done == 0 {
		return document
	}
	return b.String() + document[done:]
}

// beginOf is the first place from at on where a character begins, seen from a place where one does.
func beginOf(document string, from, at int) int {
	for from < at {
		from += escapeLen(document[from:])
	}
	return from
}

// escapeLen is the number of bytes of the character that a JSON string begins with.
func escapeLen(rest string) int {
	switch {
	case len(rest) >= 12 && strings.EqualFold(rest[:3], `\ud`) && rest[6] == '\\' && rest[7] == 'u' && strings.ContainsRune("89abAB", rune(rest[3])):
		return 12 // two halves
	case len(rest) >= 6 && strings.HasPrefix(rest, `\u`):
		return 6
	case len(rest) >= 2 && rest[0] == '\\':
		return 2
	}
	_, size := utf8.DecodeRuneInString(rest)
	return size
}
