package sidebyside

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// MostDifferences is the largest number of differences shown below one command. It is also the
// largest number of allowed differences shown.
const MostDifferences = 8

// differences writes what differs below the line that it belongs to.
func (b *table) differences(line Line, indent int) {
	list := line.Differences
	if len(list) > MostDifferences && !b.view.All {
		list = list[:MostDifferences]
	}
	for _, d := range list {
		suffix := ""
		if _, ok := b.view.rules[d]; ok {
			suffix = " (allowed)"
		}
		for _, text := range b.valueLines(b.view.Field(d), d, b.Width-indent, suffix) {
			b.Printf("%*s%s\n", indent, "", b.loud(line, text))
		}
	}
	if more := len(line.Differences) - len(list); more > 0 {
		b.Printf("%*s… and %s more\n", indent, "", prose.Plural(more, "difference"))
	}
}

// Field is the path of the difference without the part that names the event. The line shows the
// event already.
func (v *View) Field(d compare.Difference) string {
	t := v.Cell.Explanation.Trace
	if t != nil && 0 < d.Event && d.Event <= int64(len(t.Events)) {
		if rest, found := strings.CutPrefix(d.Path, t.PathOf(t.Events[d.Event-1])); found {
			return strings.TrimPrefix(rest, ".")
		}
	}
	return d.Path
}

// valueLines says what was recorded and what is there now, on one line if it fits
// and else on three.
func (b *table) valueLines(field string, d compare.Difference, width int, suffix string) []string {
	recorded, now := Value(d.Recorded), Value(d.Now)
	if field = prose.Shorten(prose.Plain(field), width-2); field != "" {
		field += ": "
	}
	one := fmt.Sprintf("%shistory %s, code %s%s", field, recorded, now, suffix)
	if utf8.RuneCountInString(one) <= width {
		return []string{one}
	}
	const label = len("  history ")
	if !b.view.All {
		recorded, now = Window(recorded, now, width-label)
	}
	lines := prose.Lines(strings.TrimSuffix(field, " ")+suffix, width, width)
	for _, side := range []struct{ label, text string }{{"  history ", recorded}, {"  code    ", now}} {
		for i, text := range chunks(side.text, width-label) {
			if i > 0 {
				side.label = strings.Repeat(" ", label)
			}
			lines = append(lines, side.label+text)
		}
	}
	return lines
}

// Value returns the value in a form that can be shown, or "nothing" if the value is empty.
func Value(text string) string {
	if text == "" {
		return "nothing"
	}
	return prose.Plain(text)
}

// Window cuts two long values so that the place where they begin to differ is visible.
func Window(a, b string, width int) (string, string) {
	ra, rb := []rune(a), []rune(b)
	same := 0
	for same < len(ra) && same < len(rb) && ra[same] == rb[same] {
		same++
	}
	from := max(0, same-width/3)
	if max(len(ra), len(rb)) <= width {
		from = 0
	}
	cut := func(r []rune) string {
		text := string(r[min(from, len(r)):])
		if from > 0 {
			text = "…" + text
		}
		if runes := []rune(text); len(runes) > width {
			text = string(runes[:width-1]) + "…"
		}
		return text
	}
	return cut(ra), cut(rb)
}

// chunks breaks the text after so many characters; spaces may be a part of it.
func chunks(text string, width int) (lines []string) {
	runes := []rune(text)
	for len(runes) > width {
		lines = append(lines, string(runes[:width]))
		runes = runes[width:]
	}
	return append(lines, string(runes))
}
