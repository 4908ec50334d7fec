package replay

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// compare takes what differs, apart from what a rule allows, and notes what is only
// written otherwise.
func (c *cell) compare(t *compare.SideBySide, result *Result) {
	differences, same := t.Compare(compare.Comparison{Level: c.opts.Level, StrictPayloads: c.opts.StrictPayloads})
	c.sort(differences, result)
	result.Notes = append(result.Notes, sameNotes(same)...)
}

// sort adds the differences, in the order of the history, apart from what a rule allows.
func (c *cell) sort(differences []compare.Difference, result *Result) {
	for _, d := range differences {
		if rule, ok := c.allowed(d); ok {
			result.Allowed = append(result.Allowed, Allowed{d, rule})
		} else {
			result.Differences = append(result.Differences, d)
		}
	}
	slices.SortStableFunc(result.Differences, func(a, b compare.Difference) int { return int(a.Event - b.Event) })
}

func (c *cell) allowed(d compare.Difference) (compare.Allow, bool) {
	for _, rule := range c.opts.Allow {
		if rule.Matches(d) {
			return rule, true
		}
	}
	return compare.Allow{}, false
}

// sameNotes are the notes of what is only written otherwise: one for each path with its
// values, at the first event, since a loop writes it again and again.
func sameNotes(same []compare.Same) (notes []Note) {
	type kind struct{ path, recorded, now string }
	at, times := map[kind]int{}, map[kind]int{}
	for _, s := range same {
		k := kind{s.Path, s.Recorded, s.Now}
		if times[k]++; times[k] == 1 {
			at[k] = len(notes)
			notes = append(notes, Note{
				Kind: NoteKind(s.Why), Event: s.Event, EventType: s.EventType, Name: s.Path, Source: s.Source,
				Recorded: s.Recorded, Now: s.Now, Times: 1,
			})
		}
	}
	for k, n := range times {
		notes[at[k]].Times = n
	}
	return notes
}
