package replaytest

import (
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
