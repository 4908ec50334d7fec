package against

import (
	"regexp"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/shown"
)

// Explain returns the command that shows history and code of the cell side by side. The command
// runs the replay test of the tree that has the code. Its subtest explains what fails. The command
// is empty if the cell does not fail.
func (c *Comparison) Explain(cell matrix.Cell) string {
	if !cell.Verdict.Incompatible() {
		return ""
	}
	return c.commands[cell.String()]
}

// Mending returns what helps to mend the cell. Where the test has not explained the cell, there is what the verdict
// alone tells: no code of a branch, and nothing side by side.
func (c *Comparison) Mending(cell matrix.Cell) report.Mending {
	if e, ok := c.Explained[cell.String()]; ok {
		return e.Mending
	}
	return shown.MendingOf(report.Explained{Cell: cell})
}

// commands notes the commands for the cells of the pair.
func (r *run) commands(c *Comparison, p *pair, family string) {
	for cell, by := range r.judges(p, family) {
		if by.test.Name == "" {
			continue
		}
		var needs []string
		if by.side == r.there {
			needs = append(needs, "in a checkout of "+by.side.title)
		}
		if !by.own {
			needs = append(needs, "with this recording in the folder of the test")
		}
		command := testCommand(by.test.in.path, by.test.Name, by.recording.Name+"@"+by.stage)
		if len(needs) > 0 {
			// As a comment, so that all of it can be pasted.
			command += " # " + strings.Join(needs, ", ")
		}
		c.commands[cell.String()] = command
	}
}

// testCommand runs one subtest.
func testCommand(pkg, test, cell string) string {
	names := strings.Split(test+"/"+cell, "/")
	for i, name := range names {
		names[i] = "^" + regexp.QuoteMeta(name) + "$"
	}
	return "go test " + pkg + " -run '" + strings.ReplaceAll(strings.Join(names, "/"), "'", `'\''`) + "'"
}
