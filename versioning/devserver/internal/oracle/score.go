package oracle

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
)

// A Score is how right a row is.
type Score struct {
	// Place and Kind are whether they are right.
	Place, Kind bool
	Truths      []Truth
}

// Score holds a row against what is right.
func (c *Case) Score(r Row) Score {
	s := Score{Truths: c.Truths()}
	for _, t := range s.Truths {
		s.Place = s.Place || c.at(t, r)
		s.Kind = s.Kind || slices.Contains(t.Kinds, cause.Kind(r.Kind))
	}
	return s
}

func (c *Case) at(t Truth, r Row) bool {
	if !slices.Contains(t.Events, r.Place.Event) {
		return false
	}
	// A line that is said to be near claims no call there.
	if r.Place.Source == "" || t.NoLine && r.Place.Near {
		return t.NoLine
	}
	return filepath.Base(r.Place.File) == c.function("New")+".go" && slices.Contains(t.Steps, c.New.StepAt(r.Place.Line))
}

// Report shows a row beside what is right, to a person who looks for the fault.
func (c *Case) Report(r Row, s Score) string {
	var b strings.Builder
	fmt.Fprintf(&b, "-seed %d -pair %d, %q: place right: %v, kind right: %v\n", c.Seed, c.Number, c.Edits, s.Place, s.Kind)
	fmt.Fprintf(&b, "--- before\n%s--- after\n%s", c.Pair.Old, c.Pair.New)
	fmt.Fprintf(&b, "--- said: %s, event %d, %s (near: %v): %s\n    %s\n", r.Verdict, r.Place.Event, r.Place.Source, r.Place.Near, r.Cause, r.Line)
	lines := strings.Split(c.New.Text, "\n")
	if n := r.Place.Line; n > 0 && n <= len(lines) {
		fmt.Fprintf(&b, "    line: %s\n", strings.TrimSpace(lines[n-1]))
	}
	for _, t := range s.Truths {
		fmt.Fprintf(&b, "--- right: events %v, kinds %q: %s\n", t.Events, t.Kinds, t.Why)
		for _, step := range t.Steps {
			if step == nil {
				fmt.Fprintf(&b, "    the end, line %d\n", c.New.Last())
				continue
			}
			from, to := c.New.Lines(step)
			fmt.Fprintf(&b, "    lines %d to %d: %s\n", from, to, step)
		}
		if t.NoLine {
			fmt.Fprintf(&b, "    or no line\n")
		}
	}
	return b.String()
}
