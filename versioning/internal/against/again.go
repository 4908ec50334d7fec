package against

import "github.com/replaymatrix/replaymatrix/versioning/internal/exchange"

// pulledAgain finds the recordings, among those of the work tree that the revision does not have,
// which are those of the revision after the execution has gone on, or before. Such two are one entry:
// nothing was deleted, and nothing is new. Where several could be meant nobody guesses.
func (p *pair) pulledAgain(left []*exchange.Recording) (again map[*exchange.Recording]bool) {
	again = map[*exchange.Recording]bool{}
	var alone []*entry
	var theirs []*exchange.Recording
	for _, e := range p.entries {
		if e.here == nil && e.there.File != "" {
			alone, theirs = append(alone, e), append(theirs, e.there)
		}
	}
	if len(alone) == 0 || len(left) == 0 {
		return again
	}
	there, here := p.there.runs(theirs), p.here.runs(left)
	for _, e := range alone {
		was := there[e.there]
		mine := sameRun(here, was)
		if len(mine) != 1 || len(sameRun(there, was)) != 1 {
			continue
		}
		switch now := here[mine[0]]; {
		case now.Continues(was):
			e.here, e.longer = mine[0], mine[0]
		case was.Continues(now):
			e.here, e.longer = mine[0], e.there
		default:
			continue
		}
		again[mine[0]] = true
	}
	return again
}

// runs reads the recordings that can be read and that name their run.
func (t *tested) runs(recordings []*exchange.Recording) map[*exchange.Recording]*exchange.Run {
	var names []string
	for _, r := range recordings {
		if r.File != "" {
			names = append(names, r.Name)
		}
	}
	named, read := exchange.ReadRuns(t.in.exchange, t.ID, names), map[*exchange.Recording]*exchange.Run{}
	for _, r := range recordings {
		if run := named[r.Name]; run != nil && r.File != "" {
			read[r] = run
		}
	}
	return read
}

// sameRun returns those of the run, none if it is not known.
func sameRun(all map[*exchange.Recording]*exchange.Run, as *exchange.Run) (same []*exchange.Recording) {
	for r, run := range all {
		if as != nil && run.Same(as) {
			same = append(same, r)
		}
	}
	return same
}
