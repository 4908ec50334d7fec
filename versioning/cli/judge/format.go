package judge

import (
	"fmt"
	"io"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/report/markdown"
	"github.com/replaymatrix/replaymatrix/versioning/report/page"
	"github.com/replaymatrix/replaymatrix/versioning/report/pipeline"
	"github.com/replaymatrix/replaymatrix/versioning/report/svg"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// A format is a way to write matrices.
type format struct {
	name  string
	write func(w io.Writer, o rendering, matrices []*matrix.Matrix) error
}

// rendering is what formats need to know beside the matrices.
type rendering struct {
	// color is whether it is for a terminal.
	color bool
	// width is the number of its columns, 0 if it is no terminal.
	width int
	// summary is whether it is the job summary of GitHub Actions.
	summary bool
	ci      report.CIOptions
	// all and grid ask for more text than answers the first questions.
	all, grid bool
	// explanations are those of the cells, nil if no output shows them.
	explanations *page.Explanations
	// begin, if not nil, writes what stands before the matrices in a terminal, and
	// opening is the same for documents.
	begin   func(w io.Writer) error
	opening *report.Opening
}

// formats are those of --format, the first one being the default.
var formats = []format{
	{"text", func(w io.Writer, o rendering, matrices []*matrix.Matrix) error {
		if len(matrices) > 1 && !o.all && !o.grid && o.begin == nil {
			return text.Overview(w, text.OverviewOptions{Color: o.color, Width: o.width, Command: o.ci.Command}, matrices...)
		}
		return text.Write(w, text.Options{
			Color: o.color, Width: o.width, Command: o.ci.Command, Explain: o.ci.Explain, All: o.all, Grid: o.grid,
			Untitled: o.begin != nil, Mend: o.ci.Mend,
		}, matrices...)
	}},
	{"json", func(w io.Writer, _ rendering, matrices []*matrix.Matrix) error { return document.Write(w, matrices...) }},
	{"markdown", func(w io.Writer, o rendering, matrices []*matrix.Matrix) error {
		return markdown.Write(w, o.markdown(), matrices...)
	}},
	{"junit", func(w io.Writer, o rendering, matrices []*matrix.Matrix) error {
		return pipeline.JUnit(w, o.ci, matrices...)
	}},
	{"github", func(w io.Writer, o rendering, matrices []*matrix.Matrix) error {
		return pipeline.GitHub(w, o.ci, matrices...)
	}},
	{"html", func(w io.Writer, o rendering, matrices []*matrix.Matrix) error {
		return page.Write(w, page.Options{
			Explanations: o.explanations, Command: o.ci.Command, Explain: o.ci.Explain, Opening: o.opening,
		}, matrices...)
	}},
	{"svg", func(w io.Writer, o rendering, matrices []*matrix.Matrix) error {
		return svg.Write(w, svg.Options{Command: o.ci.Command, Opening: o.opening}, matrices...)
	}},
	{"sarif", func(w io.Writer, o rendering, matrices []*matrix.Matrix) error {
		return pipeline.SARIF(w, o.ci, matrices...)
	}},
}

// markdown allows for what GitHub takes: less in a comment than in a job summary.
func (o rendering) markdown() markdown.Options {
	opts := markdown.Options{CIOptions: o.ci, Opening: o.opening}
	if o.summary {
		opts.Limit = markdown.SummaryLimit
	}
	return opts
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
	return format{}, shell.Usage(fmt.Errorf("unknown format %q: the formats are %s", name, shell.Joined(formatNames())))
}
