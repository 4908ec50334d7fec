package against

import (
	"regexp"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
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

// commands notes the commands for the cells of the pair.
func (r *run) commands(c *Comparison, p *pair, family string) {
	for _, e := range p.entries {
		for _, of := range []struct {
			side            *side
			test            *tested
			mine, elsewhere *exchange.Recording
		}{{r.there, p.there, e.there, e.here}, {r.here, p.here, e.here, e.there}} {
			if of.test == nil || of.test.Name == "" {
				continue
			}
			recording, own := e.judged(of.mine, of.elsewhere)
			var needs []string
			if of.side == r.there {
				needs = append(needs, "in a checkout of "+of.side.title)
			}
			if !own {
				needs = append(needs, "with this recording in the folder of the test")
			}
			for _, stage := range r.stages(of.test) {
				command := testCommand(of.test.in.path, of.test.Name, recording.Name+"@"+stage.Name)
				if len(needs) > 0 {
					// As a comment, so that all of it can be pasted.
					command += " # " + strings.Join(needs, ", ")
				}
				cell := matrix.Cell{Family: family, Recording: e.name, Stage: r.column(of.side, stage.Name)}
				c.commands[cell.String()] = command
			}
		}
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
