package judge

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

// outputFlags are the flags that say what is written where: what takes minutes to
// judge is judged once for all of it.
type outputFlags struct {
	formats []string
	file    string
}

// An output is a format and the file that it goes to, "" for standard output.
type output struct{ format, file string }

func (f *outputFlags) add(cmd *cobra.Command, names []string) {
	cmd.Flags().StringArrayVar(&f.formats, "format", nil, "`NAME[=FILE]`: "+shell.Joined(names)+
		"; several times for several outputs, each but one with a file (default "+names[0]+")")
	cmd.Flags().StringVarP(&f.file, "output", "o", "",
		"write to this file instead of standard output: what has no =FILE of its own")
}

// outputs returns what the flags ask for.
func (f *outputFlags) outputs(names []string) (list []output, err error) {
	formats := f.formats
	if len(formats) == 0 {
		formats = names[:1]
	}
	taken := false
	for _, value := range formats {
		name, file, hasFile := strings.Cut(value, "=")
		if !slices.Contains(names, name) {
			return nil, shell.Usage(fmt.Errorf("unknown format %q: the formats are %s", name, shell.Joined(names)))
		}
		switch {
		case hasFile && file == "":
			return nil, shell.Usage(fmt.Errorf("--format %s has no file after the equals sign: write %s=FILE, or "+
				"%s for standard output", value, name, name))
		case !hasFile && f.file != "":
			file, taken = f.file, true
		}
		list = append(list, output{name, file})
	}
	if f.file != "" && !taken {
		return nil, shell.Usage(errors.New("-o is left over: every --format has a file of its own"))
	}
	return list, together(list)
}

// together returns an error if two outputs would be mixed up in one place.
func together(list []output) error {
	seen := map[string]output{}
	for i, o := range list {
		place := o.file
		if place != "" {
			place = filepath.Clean(place)
		}
		first, ok := seen[place]
		// The annotations are lines that GitHub takes out of a log.
		apart := o.file == "" && (first.format == "text") != (o.format == "text") &&
			(first.format == "github") != (o.format == "github")
		switch {
		case !ok:
			seen[place] = o
		case slices.Contains(list[:i], o):
			return shell.Usage(fmt.Errorf("--format %s is there twice", o.format))
		case apart:
		case o.file == "":
			return shell.Usage(fmt.Errorf("--format %s and --format %s both write to standard output: give one a "+
				"file, such as --format %s=FILE",
				first.format, o.format, o.format))
		default:
			return shell.Usage(fmt.Errorf("--format %s and --format %s both write to %s: give each a file of its own",
				first.format, o.format, o.file))
		}
	}
	return nil
}

// write writes the matrices to each output.
func (c commands) write(outputs []output, common rendering, matrices []*matrix.Matrix) error {
	for _, o := range outputs {
		format, err := formatOf(o.format)
		if err != nil {
			return err
		}
		err = c.emit(o.file, func(w io.Writer) error {
			if common.begin != nil && o.format == "text" {
				if err := common.begin(w); err != nil {
					return err
				}
			}
			return format.write(w, c.rendering(o, common), matrices)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// rendering is what is common to all outputs, and what is this one's.
func (c commands) rendering(o output, common rendering) rendering {
	common.color, common.width = false, 0
	if o.file == "" {
		common.color, common.width = shell.IsTerminal(c.Stdout), shell.Width(c.Stdout)
	}
	common.summary = o.file != "" && o.file == os.Getenv("GITHUB_STEP_SUMMARY")
	return common
}

// ciOptions are those for what is to fail.
func (c commands) ciOptions(failing *finding.FailOn) report.CIOptions {
	tree := newWorkTree()
	return report.CIOptions{FailOn: failing, File: tree.file, Fallback: tree.fallback(), Command: c.Name}
}
