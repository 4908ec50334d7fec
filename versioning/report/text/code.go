package text

import (
	"strings"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
)

// writeCode writes Go code as a block. Its lines are to be copied and stay whole; a
// comment that makes one too long goes above it.
func writeCode(b *terminal.Writer, code string) {
	b.Printf("\n")
	for line := range strings.Lines(strings.Trim(code, "\n")) {
		line = strings.TrimRight(line, " \r\n")
		text := prose.Plain(strings.TrimLeft(line, "\t"))
		if text == "" {
			b.Printf("\n")
			continue
		}
		indent := strings.Repeat("    ", 1+len(line)-len(strings.TrimLeft(line, "\t")))
		if statement, comment, found := strings.Cut(text, " // "); found &&
			utf8.RuneCountInString(indent+text) > b.Width {
			comment = strings.ReplaceAll(comment, " // ", ", ")
			b.Printf("%s// %s\n", indent, wrapComment(comment, indent+"// ", b.Width))
			text = statement
		}
		b.Printf("%s%s\n", indent, text)
	}
	b.Printf("\n")
}

func wrapComment(text, indent string, width int) string {
	width -= utf8.RuneCountInString(indent)
	return strings.Join(prose.Lines(text, width, width), "\n"+indent)
}
