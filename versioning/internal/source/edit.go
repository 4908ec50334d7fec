package source

import (
	"go/format"
	"strings"
)

// An Edit replaces the lines From to To of a file by Text. If To is less than From, Text comes before
// the line From. Imports are what Text needs and the file does not import.
type Edit struct {
	File, Function string
	From, To       int
	Text           string
	Imports        []string
	// Restored is whether Text is what was there, which executions that begin now run as they do now.
	Restored bool
	// Sketch is whether Text has values of one execution, which are others in the next one.
	Sketch bool
}

// longest is how many lines an edit has at most: a longer one is read by nobody, and then the function
// as it was is better kept under another name.
const longest = 60

// edit puts the text in the place of the statements.
func (f *function) edit(text string, d difference, imports []string) *Edit {
	formatted, err := format.Source([]byte(text))
	if err != nil || strings.Count(text, "\n") > longest {
		return nil
	}
	e := &Edit{File: f.path, Function: f.name(), Imports: imports}
	indent := ""
	if d.now.from < d.now.to {
		first, last := d.block.list[d.now.from], d.block.list[d.now.to-1]
		e.From, e.To = f.line(first.Pos()), f.line(last.End())
		indent = f.indent(e.From)
	} else if d.now.from < len(d.block.list) {
		e.From = f.line(d.block.list[d.now.from].Pos())
		e.To, indent = e.From-1, f.indent(e.From)
	} else {
		e.From = f.line(d.block.end)
		e.To, indent = e.From-1, f.indent(e.From)+"\t"
	}
	if !f.alone(d) {
		return nil
	}
	for line := range strings.Lines(string(formatted)) {
		if line != "\n" {
			line = indent + line
		}
		e.Text += line
	}
	return e
}

// alone reports whether the lines of the statements have nothing else on them.
func (f *function) alone(d difference) bool {
	lines := strings.SplitAfter(string(f.text), "\n")
	for _, s := range d.now.of(d.block.list) {
		start, end := f.set.Position(s.Pos()), f.set.Position(s.End())
		before := lines[start.Line-1][:start.Column-1]
		after := strings.TrimSpace(lines[end.Line-1][end.Column-1:])
		if strings.TrimSpace(before) != "" || after != "" && !strings.HasPrefix(after, "//") {
			return false
		}
	}
	return true
}

func (f *function) indent(line int) string {
	text := strings.SplitAfter(string(f.text), "\n")[line-1]
	return text[:len(text)-len(strings.TrimLeft(text, "\t "))]
}
