package against

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Comparison says what the code of a revision and the code of the work tree do to each other's
// executions.
type Comparison struct {
	// Ref is the name of the revision's column. Commit is the commit ID of the revision.
	Ref, Commit string
	Families    []Family
	// Explained is what explains cells, by matrix.Cell.String: of each finding the first cells, as many as
	// Options.Explain asks for. It is empty for tests with a version of the library that cannot tell.
	Explained map[string]exchange.Explained
	// commands are what Explain returns, by cell.
	commands map[string]string
}

// Family is the comparison of one family.
type Family struct {
	// Matrix has one column for the stage of the revision, Ref, and one for the stage of the work
	// tree, Here. With Options.AllStages it has one column for each stage, REF:STAGE. The lineage
	// of a recording is the column of the code that has run it, if that can be known.
	Matrix *matrix.Matrix
	// Deploy holds what the code of the work tree does to the executions of the revision. Rollback
	// holds what the code of the revision does to the executions of the work tree.
	Deploy, Rollback []Met
	// Neither holds the recordings that replay under neither code. Deploying or rolling back
	// changes nothing for these. Matrix has them with Options.AllStages only. Mended holds the
	// recordings of the revision that the revision's own code does not replay, and that the code of
	// the work tree does replay.
	Neither, Mended []string
	// Lacks is the side that does not test the family. It is empty if both sides test it.
	Lacks string
	// Wanted is a recording that would tell what a rollback does. It is nil if there are some, or if
	// the work tree does not test the family.
	Wanted *Wanted
}

// Met is a recording with the cell of the code that its execution would meet.
type Met struct {
	Row  matrix.Row
	Cell matrix.Cell
	// own is the cell of the code that has run the execution.
	own matrix.Cell
}

// comparison makes matrices of the rows that the tests have written.
func (r *run) comparison(pairs []*pair) (*Comparison, error) {
	c := &Comparison{Ref: r.label, Commit: r.commit, commands: map[string]string{}, Explained: map[string]exchange.Explained{}}
	named := map[string]int{}
	for _, p := range pairs {
		named[p.any().Family]++
	}
	for _, p := range pairs {
		name := p.any().Family
		if named[name] > 1 { // the same family is tested twice
			name += " (" + strings.TrimPrefix(p.any().in.path+" ", commonPath(pairs)) + p.any().Name + ")"
		}
		c.Families = append(c.Families, r.family(p, name))
		r.commands(c, p, name)
	}
	return c, nil
}

// commonPath is the part of the paths that does not tell the packages apart: all of it,
// if there is one package.
func commonPath(pairs []*pair) string {
	for _, p := range pairs {
		if p.any().in.path != pairs[0].any().in.path {
			return ""
		}
	}
	return pairs[0].any().in.path + " "
}

func (r *run) family(p *pair, name string) Family {
	f := &versioning.Family{Name: name, Doc: p.any().Doc}
	var kept []string
	for _, of := range []struct {
		side *side
		test *tested
	}{{r.there, p.there}, {r.here, p.here}} {
		if of.test == nil {
			f.Stages = append(f.Stages, versioning.Stage{Name: of.side.name, Doc: "not tested"})
			continue
		}
		for _, stage := range r.stages(of.test) {
			f.Stages = append(f.Stages, versioning.Stage{Name: r.column(of.side, stage.Name), Doc: stage.Doc})
		}
		kept = append(kept, fmt.Sprintf("%s is stage %s %s", of.side.name, of.test.Deployed().Name, r.origin(of.side)))
	}
	if !r.AllStages {
		f.Doc = strings.TrimRight(f.Doc, ".") + ". The columns: " + strings.Join(kept, ", ") + "."
	}
	m := &matrix.Matrix{Family: f, Level: r.level(p)}
	for _, t := range []*tested{p.there, p.here} {
		if t != nil {
			m.Allow = append(m.Allow,
				slices.DeleteFunc(slices.Clone(t.Allow),
					func(a compare.Allow) bool { return slices.Contains(m.Allow, a) })...)
		}
	}
	result := Family{Matrix: m}
	switch {
	case p.there == nil:
		result.Lacks = r.there.name
	case p.here == nil:
		result.Lacks = r.here.name
	}
	for _, e := range p.entries {
		row, there, here := r.row(p, e, name)
		owner := owns(e, there.Verdict, here.Verdict)
		// The code that has run the execution is the reference for what the other one takes.
		switch owner {
		case ownerThere:
			here.Result = here.Against(there.Result).OnItsWay(cause.ByDeploy)
			row.Cells = replaced(row.Cells, here)
		case ownerHere:
			there.Result = there.Against(here.Result).OnItsWay(cause.ByRollback)
			row.Cells = replaced(row.Cells, there)
		}
		row.Lineage = r.lineage(p, e, owner, row.Lineage)
		switch owner {
		case ownerThere:
			result.Deploy = append(result.Deploy, Met{row, here, there})
		case ownerHere:
			result.Rollback = append(result.Rollback, Met{row, there, here})
		case ownerNeither:
			if fault(here.Verdict) == broken {
				result.Neither = append(result.Neither, row.Recording)
				if !r.AllStages {
					continue
				}
			} else {
				result.Mended = append(result.Mended, row.Recording)
			}
		}
		m.Rows = append(m.Rows, row)
	}
	if p.there != nil && p.here != nil && len(result.Rollback) == 0 {
		result.Wanted = r.wanted(p.here)
	}
	return result
}

// replaced returns the cells with the one of that stage.
func replaced(cells []matrix.Cell, cell matrix.Cell) []matrix.Cell {
	cells = slices.Clone(cells)
	for i := range cells {
		if cells[i].Stage == cell.Stage {
			cells[i] = cell
		}
	}
	return cells
}

func (r *run) origin(s *side) string {
	if s == r.here {
		return "on disk"
	}
	return "at " + r.commit[:min(len(r.commit), 12)]
}

func (r *run) stages(t *tested) []exchange.Stage {
	if r.AllStages {
		return t.Stages
	}
	return []exchange.Stage{t.Deployed()}
}

func (r *run) column(s *side, stage string) string {
	if r.AllStages {
		return s.name + ":" + stage
	}
	return s.name
}

// level is the lower one, if the tests compare at two.
func (r *run) level(p *pair) compare.Level {
	if r.Level != "" {
		return r.Level
	}
	lowest := p.any().Level
	for _, t := range []*tested{p.there, p.here} {
		if t != nil && !t.Level.Includes(lowest) {
			lowest = t.Level
		}
	}
	return lowest
}

// row returns the row of a recording with the cells of both sides, and those two of the
// deployed stages.
func (r *run) row(p *pair, e *entry, family string) (row matrix.Row, there, here matrix.Cell) {
	row.Recording = e.name
	var cells []matrix.Cell
	for _, of := range []struct {
		side            *side
		test            *tested
		mine, elsewhere *exchange.Recording
		deployed        *matrix.Cell
	}{{r.there, p.there, e.there, e.here, &there}, {r.here, p.here, e.here, e.there, &here}} {
		unjudged := func(stage, why string) matrix.Cell {
			return matrix.Cell{Family: family, Recording: e.name, Stage: stage,
				Result: replay.Result{Verdict: replay.Unjudged, Err: errors.New(why)}}
		}
		if of.test == nil {
			*of.deployed = unjudged(of.side.name, of.side.title+" has no replay test of this family")
			cells = append(cells, *of.deployed)
			continue
		}
		recording, own := e.judged(of.mine, of.elsewhere)
		rows := of.test.own
		if !own {
			rows = of.test.foreign
		}
		judged, ok := rows[recording.Name]
		if ok {
			row.Lineage, row.Builds, row.Scenario = judged.Lineage, judged.Builds, judged.Scenario
			row.Events, row.Closed, row.Err = judged.Events, judged.Closed, judged.Err
		} else if recording.Err != "" {
			row.Err = errors.New(recording.Err)
		}
		for _, stage := range r.stages(of.test) {
			cell := unjudged(r.column(of.side, stage.Name), cmp.Or(recording.Err, "the test gave no verdict"))
			if i := slices.IndexFunc(judged.Cells, func(c matrix.Cell) bool { return c.Stage == stage.Name }); i >= 0 {
				cell.Result, cell.Effects = judged.Cells[i].Result, judged.Cells[i].Effects
				cell.Versions = nil // coverage is for the matrix of the tree itself
			} else if ok {
				continue // a change of a catalogue never meets executions of another
			}
			cells = append(cells, cell)
			if stage.Name == of.test.Deployed().Name {
				*of.deployed = cell
			}
		}
	}
	row.Cells = cells
	return row, there, here
}
