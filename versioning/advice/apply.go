package advice

import (
	"bytes"
	"fmt"
	"go/format"
)

// Apply returns the source of File with the edit made, formatted as gofmt does. Whether it compiles,
// only the compiler tells.
func (p Patch) Apply(src []byte) ([]byte, error) {
	lines := bytes.SplitAfter(src, []byte("\n"))
	if len(lines[len(lines)-1]) == 0 {
		lines = lines[:len(lines)-1]
	}
	// A Text before the line after the last one is at the end of the file.
	if p.From < 1 || p.From > len(lines)+1 || p.To > len(lines) {
		return nil, fmt.Errorf("editing %s: it has %d lines", p.place(), len(lines))
	}
	edited := bytes.Join(lines[:p.From-1], nil)
	edited = append(edited, p.Text...)
	edited = append(edited, bytes.Join(lines[max(p.To, p.From-1):], nil)...)
	edited, err := withImports(edited, p.Imports)
	if err != nil {
		return nil, fmt.Errorf("editing %s: the result does not parse: %w", p.place(), err)
	}
	if edited, err = format.Source(edited); err != nil {
		return nil, fmt.Errorf("editing %s: the result does not parse: %w", p.place(), err)
	}
	return edited, nil
}

// place names the file and the lines.
func (p Patch) place() string { return p.File + " " + p.lines() }

// lines names the lines that Text replaces, or the one that it comes before.
func (p Patch) lines() string {
	switch {
	case p.To < p.From:
		return fmt.Sprintf("before line %d", p.From)
	case p.To == p.From:
		return fmt.Sprintf("line %d", p.From)
	default:
		return fmt.Sprintf("lines %d to %d", p.From, p.To)
	}
}
