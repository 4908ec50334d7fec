// Package pipeline writes formats that the machines of a pipeline read: JUnit, the annotations of
// GitHub Actions, and SARIF.
package pipeline

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// mostAnnotations is the number of annotations of each kind that GitHub shows of
// one step: docs.github.com, "Workflow commands", and its issue tracker.
const mostAnnotations = 10

// GitHub writes the findings as workflow commands of GitHub Actions. GitHub shows the commands as
// annotations of the pull request. An annotation is on the line of workflow code if
// report.CIOptions.File knows the file. If no line is known, it is on the workflow function of the stage, or on
// report.CIOptions.Fallback. A finding that the caller has asked to fail on is an error.
// If the caller has not asked, an incompatible or unjudged finding is a warning. Other findings are
// notices.
//
// GitHub shows ten annotations of each kind. So the most important ones come first. If there are
// more than ten, the last annotation stands for the rest. The rest is printed as a group in the
// log.
func GitHub(w io.Writer, opts report.CIOptions, matrices ...*matrix.Matrix) error {
	b := bufio.NewWriter(w)
	list := told.Findings(opts, matrices)
	for _, kind := range []struct {
		weight  weight
		command string
	}{{failure, "error"}, {warning, "warning"}, {notice, "notice"}} {
		var these []*told.Finding
		for _, f := range list {
			if findingWeight(f) == kind.weight {
				these = append(these, f)
			}
		}
		var rest []*told.Finding
		if len(these) > mostAnnotations {
			these, rest = these[:mostAnnotations-1], these[mostAnnotations-1:]
		}
		for _, f := range these {
			file, line := f.Stands()
			fmt.Fprintln(b, annotation(kind.command, file, line, countedTitle(f), message(f)))
		}
		if len(rest) > 0 {
			title := fmt.Sprintf("%d more findings of replaymatrix", len(rest))
			fmt.Fprintln(b, annotation(kind.command, opts.Fallback, 1, title,
				"GitHub shows no more than ten of a kind. The log of this step has them, under the same title."))
			fmt.Fprintf(b, "::group::%s\n", escapeData(title))
			for _, f := range rest {
				// Spaces alone would not keep a line from being taken for a command.
				fmt.Fprintf(b, "%s\n  | %s\n", logLine(placed(f, countedTitle(f))), strings.ReplaceAll(prose.PlainLines(message(f)), "\n", "\n  | "))
			}
			fmt.Fprintln(b, "::endgroup::")
		}
	}
	fmt.Fprintln(b, logLine(summaryLine(opts, matrices, list)))
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing the annotations: %w", err)
	}
	return nil
}

// countedTitle is the title with the verdict, and with the number of executions that were open or closed.
func countedTitle(f *told.Finding) string {
	title := f.Title()
	switch {
	case f.Unjudged():
		return title
	case f.Cause.Otherwise, f.Kind() == string(replay.Drift):
		title += " (" + f.Kind() + ")"
	}
	return title + ", " + f.Executions().Short()
}

// message is the detail with the cells, and how to see more, on several lines.
func message(f *told.Finding) string {
	lines := []string{f.Detail()}
	if file, _ := f.Place(); file == "" && f.Cause.Source != "" { // the annotation stands elsewhere
		lines = append(lines, "workflow code: "+prose.Plain(f.Cause.Source))
	}
	for _, e := range f.Examples {
		lines = append(lines, f.CellLine(e))
	}
	if n := f.Cells - len(f.Examples); n > 0 {
		lines = append(lines, fmt.Sprintf("and %d more cells", n))
	}
	return strings.Join(append(lines, explainHint(f.Options, f.First().Cell)...), "\n")
}

// explainHint is a line with the command that shows more of a cell, if there is one.
func explainHint(o report.CIOptions, c matrix.Cell) []string {
	if command := told.ExplainCommand(o, c); command != "" {
		return []string{"Side by side: " + command}
	}
	return nil
}

// placed has the line of code before the text, as compilers do.
func placed(f *told.Finding, text string) string {
	file, line := f.Place()
	if file == "" {
		return text
	}
	return prose.Plain(file) + ":" + strconv.Itoa(line) + ": " + text
}

func annotation(command, file string, line int, title, message string) string {
	var properties []string
	if file != "" {
		properties = append(properties, "file="+escapeProperty(file), "line="+strconv.Itoa(line))
	}
	properties = append(properties, "title="+escapeProperty(title))
	return "::" + command + " " + strings.Join(properties, ",") + "::" + escapeData(message)
}

// The escapes are those of the runner's and of @actions/core's command.ts.
var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func escapeData(text string) string     { return dataEscapes.Replace(prose.PlainLines(text)) }
func escapeProperty(text string) string { return propertyEscapes.Replace(prose.Plain(text)) }

// logLine is a line of the log that is no command.
func logLine(text string) string { return prose.NoCommand(prose.Plain(text)) }

// summaryLine says how much there was to tell, so that nothing is not silence.
func summaryLine(opts report.CIOptions, matrices []*matrix.Matrix, list []*told.Finding) string {
	cells, found, failing := 0, 0, 0
	for _, m := range matrices {
		for range m.Cells() {
			cells++
		}
	}
	for _, f := range list {
		found += f.Cells
		failing += f.Asked
	}
	text := fmt.Sprintf("%s: %s", told.Command(opts), prose.Plural(cells, "cell"))
	if found == 0 {
		return text + ", nothing to annotate"
	}
	text += fmt.Sprintf(", %s of them in %s", prose.Thousands(found), prose.Plural(len(list), "finding"))
	if opts.FailOn != nil {
		text += fmt.Sprintf("; %s to fail on", prose.Thousands(failing))
	}
	return text
}
