package source

import (
	"fmt"
	"strings"
	"time"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

// A writer writes lines.
type writer struct {
	lines  []string
	indent int
	spans  map[*program.Step]span
	order  []*program.Step
	// names is the number of the names that were made of each word.
	names map[string]int
	scope scope
}

// A scope says how code leaves the function that it is in.
type scope struct {
	// leave are the statements before a return, the last one first.
	leave []string
	// done returns without an error, and failed with the error that stands for ERR.
	done, failed string
}

var workflowScope = scope{done: "return o.result(), nil", failed: `return "", ERR`}

func (w *writer) writef(format string, args ...any) { w.write(fmt.Sprintf(format, args...)) }

// write writes lines.
func (w *writer) write(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		if line != "" {
			line = strings.Repeat("\t", w.indent) + line
		}
		w.lines = append(w.lines, line)
	}
}

// within writes something in a function or block of its own.
func (w *writer) within(inner func()) {
	w.indent++
	inner()
	w.indent--
}

// in writes something in another scope.
func (w *writer) in(s scope, inner func()) {
	outer := w.scope
	w.scope = s
	w.within(inner)
	w.scope = outer
}

// name makes a name that the function does not have.
func (w *writer) name(of string) string {
	w.names[of]++
	return fmt.Sprint(strings.ToLower(of[:1]), of[1:], w.names[of])
}

// finish writes the statements before a return.
func (w *writer) finish() {
	for i := len(w.scope.leave) - 1; i >= 0; i-- {
		w.write(w.scope.leave[i])
	}
}

func (w *writer) done() {
	w.finish()
	w.write(w.scope.done)
}

func (w *writer) failed(err string) {
	w.finish()
	w.write(strings.ReplaceAll(w.scope.failed, "ERR", err))
}

func (w *writer) steps(steps []program.Step) {
	for i := range steps {
		s := &steps[i]
		w.order = append(w.order, s)
		from := len(w.lines) + 1
		w.step(s)
		w.spans[s] = span{from, len(w.lines)}
	}
}

// value is the expression of the step's value.
func value(s *program.Step) string {
	if s.Value == program.Last {
		return "o.last"
	}
	return fmt.Sprintf("%q", s.Value)
}

// goType is the Go type that the step takes its value for.
func goType(s *program.Step) string {
	if s.Target == program.Decimal {
		return "int"
	}
	return "string"
}

// duration is the expression of a duration.
func duration(d time.Duration) string {
	for _, unit := range []struct {
		of   time.Duration
		name string
	}{{time.Hour, "time.Hour"}, {time.Second, "time.Second"}, {time.Millisecond, "time.Millisecond"}} {
		switch {
		case d == unit.of:
			return unit.name
		case d%unit.of == 0:
			return fmt.Sprintf("%d*%s", d/unit.of, unit.name)
		}
	}
	return fmt.Sprintf("%d*time.Nanosecond", d)
}
