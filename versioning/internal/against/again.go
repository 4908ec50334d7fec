package against

import (
	"os"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
)

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
		if was == nil || len(mine) != 1 || len(sameRun(there, was)) != 1 {
			continue
		}
		now := here[mine[0]]
		switch n, m := len(was.History.GetEvents()), len(now.History.GetEvents()); {
		case n < m && begins(now, was):
			e.here, e.longer = mine[0], mine[0]
		case n > m && begins(was, now):
			e.here, e.longer = mine[0], e.there
		default:
			continue
		}
		again[mine[0]] = true
	}
	return again
}

// runs reads the recordings that can be read and that name their run.
func (t *tested) runs(recordings []*exchange.Recording) map[*exchange.Recording]*history.Recording {
	read := map[*exchange.Recording]*history.Recording{}
	sources, err := history.Dir(os.DirFS(exchange.Recorded(t.in.exchange, t.ID)), ".")
	if err != nil {
		return read
	}
	load := map[string]func() (*history.Recording, error){}
	for _, s := range sources {
		load[s.Name] = s.Load
	}
	for _, r := range recordings {
		if load[r.Name] == nil || r.File == "" {
			continue
		}
		if h, err := load[r.Name](); err == nil && h.WorkflowID != "" && h.RunID != "" {
			read[r] = h
		}
	}
	return read
}

func sameRun(all map[*exchange.Recording]*history.Recording, as *history.Recording) (same []*exchange.Recording) {
	for r, h := range all {
		if as != nil && h.WorkflowID == as.WorkflowID && h.RunID == as.RunID {
			same = append(same, r)
		}
	}
	return same
}

// begins reports whether the history begins as the other one: after a reset it does not.
func begins(long, short *history.Recording) bool {
	events := long.History.GetEvents()
	for i, e := range short.History.GetEvents() {
		if !sameEvent(events[i], e) {
			return false
		}
	}
	return true
}

func sameEvent(a, b *historypb.HistoryEvent) bool {
	return a.GetEventId() == b.GetEventId() && a.GetEventType() == b.GetEventType()
}
