package trace

import (
	"path"
	"path/filepath"
	"strconv"
)

// Line is a line of source. The zero Line is one that is not known.
type Line struct {
	// File is the path as the compiler has recorded it: that of the machine that has
	// compiled it, or with -trimpath the import path and the name of the file.
	File string
	// Number counts from 1.
	Number int
}

// String returns the last two elements of the path, and the line: the rest of the
// path belongs to the machine. It is empty for the zero Line.
func (l Line) String() string {
	if l == (Line{}) {
		return ""
	}
	file := filepath.ToSlash(l.File)
	return path.Join(path.Base(path.Dir(file)), path.Base(file)) + ":" + strconv.Itoa(l.Number)
}
