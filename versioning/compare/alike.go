package compare

// PartsAlike reports whether the other replay has the parting too, whatever else it has: its code
// makes the same call on the same line, and does not make what the event records.
func (s *SideBySide) PartsAlike(p *Parting, other *SideBySide) bool {
	called, explained := p.Call == nil, false
	reached := false
	for _, c := range other.Calls {
		reached = reached || c.Task >= p.Task.Started
		if c.Task != p.Task.Started || !hasPlace(c.Kind) || !c.Made {
			continue
		}
		if p.Call != nil && c.Line() == p.Call.Line() && other.itemOfCall(c).is(s.itemOfCall(p.Call)) {
			called = true
		}
		explained = explained || p.Event != nil && c.Key() == s.Key(p.Event) &&
			other.itemOfCall(c).is(s.itemOf(p.Event))
	}
	return reached && called && !explained
}
