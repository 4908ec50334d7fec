package terminal

import (
	"bytes"
	"io"
	"strings"
	"unicode"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// harmless lets nothing through that a terminal obeys, but the colours, and no line that the log of a pipeline takes for a
// command. It is the last that sees a text: a name that somebody has forgotten to escape is escaped here.
type harmless struct {
	to      io.Writer
	colored bool
	// pending is a line without its end.
	pending []byte
}

func (h *harmless) Write(text []byte) (int, error) {
	h.pending = append(h.pending, text...)
	end := bytes.LastIndexByte(h.pending, '\n') + 1
	if end == 0 {
		return len(text), nil
	}
	var b strings.Builder
	for line := range strings.Lines(string(h.pending[:end])) {
		b.WriteString(h.line(strings.TrimSuffix(line, "\n")))
		b.WriteByte('\n')
	}
	h.pending = append(h.pending[:0], h.pending[end:]...)
	if _, err := io.WriteString(h.to, b.String()); err != nil {
		return 0, err
	}
	return len(text), nil
}

// flush writes a last line that has no end.
func (h *harmless) flush() error {
	if len(h.pending) == 0 {
		return nil
	}
	_, err := io.WriteString(h.to, h.line(string(h.pending)))
	h.pending = nil
	return err
}

func (h *harmless) line(line string) string {
	seen := func(r rune) bool { return r == '\t' || unicode.IsPrint(r) }
	if strings.ContainsFunc(line, func(r rune) bool { return !seen(r) || r == unicode.ReplacementChar }) {
		var b strings.Builder
		for line != "" {
			if color := h.colorIn(line); color != "" {
				b.WriteString(color)
				line = line[len(color):]
				continue
			}
			next := strings.IndexByte(line[1:], '\x1b') + 1
			if next == 0 {
				next = len(line)
			}
			for i, part := range strings.Split(line[:next], "\t") {
				if i > 0 {
					b.WriteByte('\t')
				}
				b.WriteString(prose.Plain(part))
			}
			line = line[next:]
		}
		line = b.String()
	}
	return prose.NoCommand(line)
}

// colorIn is the colour that the text begins with, "" for none.
func (h *harmless) colorIn(text string) string {
	if h.colored {
		for _, color := range []Color{Red, Green, Yellow, Bold, reset} {
			if strings.HasPrefix(text, string(color)) {
				return string(color)
			}
		}
	}
	return ""
}
