package replaytest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/golden"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/wholefile"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
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

// differs says in what the golden file as a whole differs from the replays, "" if in nothing. The
// findings tell of the cells, but for those that are gone.
func (r *run) differs(m *matrix.Matrix) string {
	var counts []string
	count := func(what func(was string, known bool, c matrix.Cell) bool, one, many string) {
		n := 0
		for c := range m.Cells() {
			if was, known := r.expected[c.Name()]; what(was, known, c) {
				n++
			}
		}
		switch {
		case n == 1:
			counts = append(counts, "1 cell "+one)
		case n > 1:
			counts = append(counts, prose.Plural(n, "cell")+" "+many)
		}
	}
	count(func(was string, known bool, c matrix.Cell) bool { return known && verdictOf(was) != string(c.Verdict) },
		"changed its verdict", "changed their verdicts")
	count(func(was string, known bool, c matrix.Cell) bool {
		return known && verdictOf(was) == string(c.Verdict) && was != line(c)
	}, "says something else", "say something else")
	count(func(_ string, known bool, _ matrix.Cell) bool { return !known }, "is new", "are new")
	if gone := r.gone(); len(gone) > 0 {
		shown := gone[:min(len(gone), mostExamples)]
		text := fmt.Sprintf("%s gone: %s", isAre(len(gone), "cell"), strings.Join(shown, ", "))
		if more := len(gone) - len(shown); more > 0 {
			text += fmt.Sprintf(" and %s more", prose.Thousands(more))
		}
		counts = append(counts, text)
	}
	if len(counts) == 0 {
		return ""
	}
	return fmt.Sprintf("%s differs from the replays: %s\nif the change is meant, %s", r.Golden,
		strings.Join(counts, ", "), updateHint)
}

// gone returns the cells of the golden file that there are no more, sorted.
func (r *run) gone() (names []string) {
	for name := range r.expected {
		if _, judged := r.cells[name]; !judged {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// isAre is "1 cell is" and "2 cells are".
func isAre(n int, word string) string {
	if n == 1 {
		return "1 " + word + " is"
	}
	return prose.Plural(n, word) + " are"
}
