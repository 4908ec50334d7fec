package cli

import (
	"fmt"
	"io"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

// A format is a way to write matrices.
type format struct {
	name string
	// write writes to a terminal if color is set.
	write func(w io.Writer, color bool, matrices []*matrix.Matrix) error
}

// formats are those of --format, the first one being the default.
var formats = []format{
	{"text", func(w io.Writer, color bool, matrices []*matrix.Matrix) error {
		return report.Text(w, report.TextOptions{Color: color}, matrices...)
	}},
	{"json", func(w io.Writer, _ bool, matrices []*matrix.Matrix) error { return report.JSON(w, matrices...) }},
	{"html", func(w io.Writer, _ bool, matrices []*matrix.Matrix) error {
		return report.HTML(w, report.HTMLOptions{}, matrices...)
	}},
}

func formatNames() (names []string) {
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// formatOf returns the format of that name.
func formatOf(name string) (format, error) {
	for _, f := range formats {
		if f.name == name {
			return f, nil
		}
	}
	return format{}, &usageError{fmt.Errorf("unknown format %q: the formats are %s", name, joined(formatNames()))}
}
