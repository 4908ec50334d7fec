package judge

import (
	"context"
	"fmt"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// candidate is a cell among those of which the worst is asked for.
type candidate struct {
	place
	row  matrix.Row
	cell matrix.Cell
	// found is the finding that the cell is in, nil if nobody has to look at it.
	found *finding.Finding
}

// ranked are the candidates that are worth a look.
type ranked struct {
	// cells is the number of all of them, safe of those that are.
	cells, safe int
	// worst is the first one of each finding, the worst first. If there is no finding, it is the cell
	// that is next to the newest stage.
	worst []candidate
}

// rank judges the cells, and puts them in order. A family with all its recordings is judged as the
// command matrix does it, with what is kept of earlier runs.
func (c commands) rank(ctx context.Context, scopes []scope, opts matrix.Options, kept *kept) (r ranked, err error) {
	for _, s := range scopes {
		if s.names != nil {
			opts.Only = func(recording, _ string) bool { return slices.Contains(s.names, recording) }
		} else {
			opts.Only = nil
		}
		matrices, err := c.judge(ctx, []*versioning.Family{s.family}, &opts, kept)
		if err != nil {
			return r, err
		}
		for _, m := range matrices {
			r.add(m, s)
		}
	}
	slices.SortStableFunc(r.worst, candidate.compare)
	if len(r.worst) > 0 && r.worst[0].found == nil {
		r.worst = r.worst[:1]
	} else {
		r.worst = slices.DeleteFunc(r.worst, func(c candidate) bool { return c.found == nil })
	}
	return r, nil
}

// add keeps the first cell of each finding, and one that is in none.
func (r *ranked) add(m *matrix.Matrix, s scope) {
	summary, first := finding.Of(m, finding.Options{}), map[*finding.Finding]candidate{}
	for _, row := range m.Rows {
		for _, cell := range row.Cells {
			r.cells++
			c := candidate{place{s.family, s.sources, row.Recording, cell.Stage}, row, cell, summary.At(row, cell)}
			if finding.AnswerTo(row, cell) == finding.Safe {
				r.safe++
			}
			c.row.Cells = nil
			if known, ok := first[c.found]; !ok || c.compare(known) < 0 {
				first[c.found] = c
			}
		}
	}
	for _, found := range append(summary.Findings(), nil) {
		if c, ok := first[found]; ok {
			r.worst = append(r.worst, c)
		}
	}
}

// compare orders cells by what a reader has to look at first: what is worse, what still runs, and
// what the next deploy does.
func (c candidate) compare(other candidate) int {
	return slices.Compare(c.order(), other.order())
}

func (c candidate) order() []int {
	closed := 0
	if c.row.Closed {
		closed = 1
	}
	if c.found == nil {
		nothing := 0
		if finding.AnswerTo(c.row, c.cell) != finding.Safe {
			nothing = 1
		}
		return []int{0, nothing, c.releases(), c.way(), closed}
	}
	return []int{-c.badness(), closed, c.way(), c.releases()}
}

// badness is the severity. What could not be judged is worse than a note, as it may be anything.
func (c candidate) badness() int {
	if c.found.Unjudged() {
		return 2*int(finding.Note) + 1
	}
	return 2 * int(c.found.Severity)
}

// way is how executions such as this one get to the stage: deploys come first.
func (c candidate) way() int {
	from, to := -1, c.stageAt(c.stage)
	if n := len(c.row.Lineage); n > 0 {
		from = c.stageAt(c.row.Lineage[n-1])
	}
	switch {
	case from < to:
		return int(finding.ByDeploy)
	case from == to:
		return int(finding.ByOwn)
	default:
		return int(finding.ByRollback)
	}
}

// releases is the number of releases after the stage. Those of a catalogue are all as new.
func (c candidate) releases() int {
	if c.family.Catalogue {
		return 0
	}
	return len(c.family.Stages) - 1 - c.stageAt(c.stage)
}

func (c candidate) stageAt(name string) int {
	return slices.IndexFunc(c.family.Stages, func(s versioning.Stage) bool { return s.Name == name })
}

// severities are what a person calls them.
var severities = map[finding.Severity]string{
	finding.Lost: "lost", finding.Stuck: "stuck", finding.Changed: "changed", finding.Note: "worth a look",
}

// why says what the place of the cell in the order comes from.
func (c candidate) why() string {
	state, way := "open", "by the deploy of "+c.stage
	if c.row.Closed {
		state = "closed"
	}
	switch finding.Way(c.way()) {
	case finding.ByOwn:
		way = "by its own stage " + c.stage
	case finding.ByRollback:
		way = "by a roll back to " + c.stage
	}
	return fmt.Sprintf("%s, %s, %s", c.severity(), state, way)
}

func (c candidate) severity() string {
	switch {
	case c.found == nil:
		return "nothing to look at"
	case c.found.Unjudged():
		return "could not be judged"
	default:
		return severities[c.found.Severity]
	}
}
