// Package source writes programs as Go source, as a person would write them. A rendered program makes
// the same commands as the interpreted one, and has lines.
package source

import (
	"fmt"
	"go/format"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

// A File is a program as a Go file of package written.
type File struct {
	Text string
	// spans are the lines of each step, those of its blocks among them.
	spans map[*program.Step]span
	steps []*program.Step
}

// A span is from a line to a line, both of which it includes.
type span struct{ from, to int }

// Of writes the program. The workflow function has that name, and is added to package written under
// it.
func Of(p *program.Program, function string) (*File, error) {
	w := &writer{spans: map[*program.Step]span{}, names: map[string]int{}, scope: workflowScope}
	w.write("package written")
	w.write("")
	w.writef("var _ = add(%q, %s)", function, function)
	w.write("")
	w.writef("func %s(ctx workflow.Context, input string) (string, error) {", function)
	w.write("\to := &order{last: input}")
	w.write("\tctx = withOptions(ctx)")
	w.indent++
	w.steps(p.Steps)
	w.indent--
	w.write("\treturn o.result(), nil")
	w.write("}")
	f := &File{spans: w.spans, steps: w.order}
	f.addImports(w.lines)
	formatted, err := format.Source([]byte(f.Text))
	if err != nil {
		return nil, fmt.Errorf("what the renderer has written is no Go: %w\n%s", err, f.Text)
	}
	if strings.Count(string(formatted), "\n") != strings.Count(f.Text, "\n") {
		return nil, fmt.Errorf("gofmt moves lines of what the renderer has written:\n%s", f.Text)
	}
	f.Text = string(formatted)
	return f, nil
}

// imported are the packages that files can need, by what they are called in code.
var imported = []struct{ name, line string }{
	{"time.", `"time"`},
	{"enumspb.", `enumspb "go.temporal.io/api/enums/v1"`},
	{"temporal.New", `"go.temporal.io/sdk/temporal"`},
	{"workflow.", `"go.temporal.io/sdk/workflow"`},
}

// addImports puts the imports behind the package clause, and moves the lines of the steps.
func (f *File) addImports(lines []string) {
	body := strings.Join(lines[1:], "\n")
	head := []string{lines[0], "", "import ("}
	for _, i := range imported {
		if !strings.Contains(body, i.name) {
			continue
		}
		if len(head) == 4 && strings.Contains(head[3], `"time"`) {
			head = append(head, "")
		}
		head = append(head, "\t"+i.line)
	}
	head = append(head, ")")
	for s, at := range f.spans {
		f.spans[s] = span{at.from + len(head) - 1, at.to + len(head) - 1}
	}
	f.Text = strings.Join(head, "\n") + "\n" + body + "\n"
}

// StepAt returns the step that the line belongs to, the innermost one, nil if it is of none.
func (f *File) StepAt(line int) (innermost *program.Step) {
	for _, s := range f.steps { // outer steps come first
		if at := f.spans[s]; at.from <= line && line <= at.to {
			innermost = s
		}
	}
	return innermost
}

// Lines returns the first and the last line of a step, those of its blocks among them.
func (f *File) Lines(s *program.Step) (from, to int) {
	at := f.spans[s]
	return at.from, at.to
}

// Last is the line that ends the workflow function.
func (f *File) Last() int { return strings.Count(f.Text, "\n") - 1 }
