package trace

import (
	"path"
	"path/filepath"
	"strconv"
)

// Line is a line of source. The zero Line means that the line is not known.
type Line struct {
	// File is the path that the compiler has recorded: the path on the machine that compiled the
	// file. With -trimpath, File is the import path and the name of the file.
	File string
	// Number is the line number. The first line is 1.
	Number int
}

// String returns the last two elements of the path, and the line number. The rest of the path
// depends on the machine. String returns "" for the zero Line.
func (l Line) String() string {
	if l == (Line{}) {
		return ""
	}
	file := filepath.ToSlash(l.File)
	return path.Join(path.Base(path.Dir(file)), path.Base(file)) + ":" + strconv.Itoa(l.Number)
}
