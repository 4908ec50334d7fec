package replaytest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A reason is why cells fail. Cells with equal reasons are told of once.
type reason struct {
	kind kind
	// key is the key of Want, or what could not be judged cells have in common.
	key string
	// was is the verdict in the golden file, and is that of the cells.
	was, is replay.Verdict
	in      *finding.Finding
}

// A kind of reasons.
type kind int

const (
	// unwanted is not what Want says.
	unwanted kind = iota
	// bad is a bad verdict, without a golden file.
	bad
	// added is not in the golden file.
	added
	// changed is another verdict than in the golden file, and reworded the same one with something else.
	changed
	reworded
	// noted is a note of a kind that FailOn names.
	noted
)

// reasons returns why the cell fails.
func (r *run) reasons(c matrix.Cell) (list []reason) {
	why := reason{is: c.Verdict, in: r.found[c.Name()]}
	if why.in != nil && why.in.Unjudged() {
		// A file is named in what is wrong with it.
		why.key, why.in = strings.ReplaceAll(finding.Sentence(c), c.Recording, "*"), nil
	}
	was, ok := r.expected[c.Name()]
	_, named := r.wanted[c.Name()]
	add := func(k kind) { why.kind = k; list = append(list, why) }
	switch {
	case !r.isWanted(c):
		why.key += r.wanted[c.Name()].key
		add(unwanted)
	case r.Golden == "":
		if !named && r.isBad(c) {
			add(bad)
		}
	case r.Update:
	case !ok:
		add(added)
	case verdictOf(was) != string(c.Verdict):
		why.was = replay.Verdict(verdictOf(was))
		add(changed)
	case was != line(c):
		add(reworded)
	}
	if len(r.namedNotes(c)) > 0 {
		list = append(list, reason{kind: noted, in: r.found[c.Name()]})
	}
	return list
}

// isBad reports whether the cell is in a finding of its verdict: no note, and no answer.
func (r *run) isBad(c matrix.Cell) bool {
	f := r.found[c.Name()]
	return f != nil && (f.Unjudged() || f.Severity > finding.Note)
}

// A group is the cells that fail for one reason.
type group struct {
	reason
	// number is its place among the groups that are told of, from 1. It is 0 if the group is not told of.
	number int
	// cells, recordings and open are how many there are of each.
	cells, recordings, open int
	// first is the example for all, and examples are the names of a few cells, first it. Open executions
	// come first: they meet the code.
	first    matrix.Cell
	examples []string
	// last is the recording that was counted last, and opened is how many examples are open.
	last   string
	opened int
}

// isExplained reports whether there is more to tell of a cell than what is wrong: nothing breaks that
// did not break before, if only the words are others.
func (g *group) isExplained() bool {
	return g.kind != reworded && g.kind != noted && g.first.Verdict.Incompatible()
}

// add counts the cell.
func (g *group) add(row matrix.Row, c matrix.Cell) {
	open := !row.Closed && row.Err == nil
	g.cells++
	if g.recordings == 0 || g.last != row.Recording {
		g.recordings++
		g.last = row.Recording
		if open {
			g.open++
		}
	}
	at := len(g.examples)
	if open {
		at = g.opened
	}
	if at == mostExamples {
		return
	}
	if at == 0 {
		g.first = c
	}
	if open {
		g.opened++
	}
	g.examples = slices.Insert(g.examples, at, c.Name())
	g.examples = g.examples[:min(len(g.examples), mostExamples)]
}

const (
	// mostExamples is the number of cells of a group that are named, and whose subtests fail, if
	// there are many.
	mostExamples = 3
	// mostFailing is the number of subtests that all fail. Where more do, some fail for each reason.
	mostFailing = 10
	// manyFailing is then the number of subtests that fail, if there are fewer reasons than that.
	manyFailing = 5
	// mostTold is the number of groups that are told of.
	mostTold = 20
)

// group groups the cells that fail, the worst first, and chooses whose subtests fail.
func (r *run) group(m *matrix.Matrix) {
	at := map[reason]*group{}
	var failing []string
	for _, row := range m.Rows {
		for _, c := range row.Cells {
			for _, why := range r.reasons(c) {
				g := at[why]
				if g == nil {
					g = &group{reason: why}
					at[why] = g
					r.groups = append(r.groups, g)
				}
				g.add(row, c)
				r.fails[c.Name()] = append(r.fails[c.Name()], g)
			}
			if len(r.fails[c.Name()]) > 0 {
				failing = append(failing, c.Name())
			}
		}
	}
	slices.SortStableFunc(r.groups, func(a, b *group) int { return cmp.Or(worse(a.in, b.in), b.open-a.open) })
	if len(failing) <= mostFailing {
		for _, name := range failing {
			r.shown[name] = true
		}
	}
	share := min(max(manyFailing/max(len(r.groups), 1), 1), mostExamples)
	for i, g := range r.groups[:min(len(r.groups), mostTold)] {
		g.number = i + 1
		for _, name := range g.examples[:min(len(g.examples), share)] {
			r.shown[name] = true
		}
	}
}

// worse orders findings by what a reader has to look at first, and what is in no finding last.
func worse(a, b *finding.Finding) int {
	switch {
	case a == b:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	default:
		return finding.Compare(a, b)
	}
}
