package replaytest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/golden"
	"github.com/replaymatrix/replaymatrix/versioning/internal/wholefile"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

const updateHint = "run the test with its update flag, then read the diff"

// readGolden returns the line of each cell, without the padding, by its name.
func readGolden(path string) (map[string]string, error) {
	data, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return nil, fmt.Errorf("the golden file %s does not exist yet: %s", path, updateHint)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the golden file: %w", err)
	}
	lines := map[string]string{}
	for number, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSuffix(line, "\r") // some checkouts put it there
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		// A recording's name may hold spaces; two end it.
		name, verdict, ok := strings.Cut(line, "  ")
		if !ok || !strings.Contains(name, "@") {
			return nil, fmt.Errorf("%s:%d: want RECORDING@STAGE VERDICT, got %q: %s", path, number+1, line, updateHint)
		}
		if _, twice := lines[name]; twice {
			return nil, fmt.Errorf("%s:%d: %s is there twice: %s", path, number+1, name, updateHint)
		}
		lines[name] = strings.TrimLeft(verdict, " ")
	}
	return lines, nil
}

// writeGolden replaces the file in one step.
func writeGolden(path string, m *matrix.Matrix) error {
	var b bytes.Buffer
	if err := golden.Write(&b, m); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("writing the golden file: %w", err)
	}
	if err := wholefile.Replace(path, 0o644, b.Bytes()); err != nil {
		return fmt.Errorf("writing the golden file %s: %w", path, err)
	}
	return nil
}

// line is the cell's line in a golden file, without name and padding.
func line(c matrix.Cell) string {
	return strings.TrimPrefix(golden.Line(c, 0), c.Name()+"  ")
}

// verdictOf is the verdict in such a line.
func verdictOf(line string) string {
	if end := strings.IndexAny(line, ":, "); end >= 0 {
		return line[:end]
	}
	return line
}

// check is the body of one cell's subtest.
func (r *run) check(t T, name string) {
	t.Helper()
	cell, judged := r.cells[name]
	switch want, ok := r.expected[name]; {
	case !judged:
		// The calling test has failed already, with the reason.
		t.Errorf("%s was not judged", name)
	case !r.isWanted(cell):
		t.Errorf("%s%s%s", r.unwanted(cell), r.where(cell), r.explanation(t, cell))
	case r.Golden == "":
		if _, named := r.wanted[name]; !named && r.isBad(cell) {
			t.Errorf("%s%s%s", text.Line(cell), r.where(cell), r.explanation(t, cell))
		}
	case r.Update:
	case !ok:
		t.Errorf("got %s\n%s does not have this cell: %s%s", line(cell), r.Golden, updateHint, r.explanation(t, cell))
	case verdictOf(want) != string(cell.Verdict):
		t.Errorf("the verdict changed from %s to %s\n got %s\nwant %s%s%s%s", verdictOf(want), cell.Verdict, line(cell),
			want, says(cell), r.where(cell), r.explanation(t, cell))
	case want != line(cell):
		t.Errorf("the verdict is the same, what it says is not\n got %s\nwant %s\n%s", line(cell), want, updateHint)
	}
	r.checkNotes(t, cell)
}

// isBad reports whether the cell is in a finding of its verdict: no note, and no answer.
func (r *run) isBad(c matrix.Cell) bool {
	f := r.found[c.Name()]
	return f != nil && (f.Unjudged() || f.Severity > finding.Note)
}

// says is the line on what is wrong and what to do, with the line break before it.
func says(c matrix.Cell) string {
	if line := advice.Line(c.Result); line != "" && c.Verdict.Incompatible() {
		return "\n" + line
	}
	return ""
}

// where is the line below a cell's verdict, with the line break before it, if
// there is anything to add.
func (r *run) where(c matrix.Cell) string {
	switch {
	case c.Place.Source != "":
		return "\nin the workflow code at " + c.Place.Source
	case c.SDKErr != nil && c.Verdict.Incompatible():
		first, _, _ := strings.Cut(c.SDKErr.Error(), "\n")
		return "\nthe SDK says: " + first
	case c.Err == nil && r.Golden != "" && r.isWanted(c):
		return "\n" + updateHint
	default:
		return ""
	}
}

// compareAll checks the golden file as a whole and names the cells whose
// verdict changed, before the subtests tell the rest.
func (r *run) compareAll(t T, m *matrix.Matrix) {
	t.Helper()
	got := map[string]string{}
	var changed []string
	for c := range m.Cells() {
		got[c.Name()] = line(c)
		if want, ok := r.expected[c.Name()]; ok && verdictOf(want) != string(c.Verdict) {
			changed = append(changed, fmt.Sprintf("%s: %s, was %s", c.Name(), c.Verdict, verdictOf(want)))
		}
	}
	diff := cmp.Diff(r.expected, got)
	if diff == "" {
		return
	}
	message := "no cell changed its verdict"
	if len(changed) > 0 {
		slices.Sort(changed)
		message = "cells that changed their verdict:\n  " + strings.Join(changed, "\n  ")
	}
	t.Errorf("%s differs from the replays; %s\n(-want +got):\n%s\nif the change is meant, %s", r.Golden, message, diff,
		updateHint)
}
