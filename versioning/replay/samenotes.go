package replay

import "github.com/replaymatrix/replaymatrix/versioning/compare"

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
				Kind: NoteKind(s.Why), Event: s.Event, EventType: s.EventType, Name: s.Path, Source: s.Source, Recorded: s.Recorded, Now: s.Now, Times: 1,
			})
		}
	}
	for k, n := range times {
		notes[at[k]].Times = n
	}
	return notes
}
