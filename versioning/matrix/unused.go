package matrix

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/internal/registry"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// StageUnused has the names that the code of a stage has, and that no replay of the
// family has used, of whichever stage: signals, updates, queries, and activities.
type StageUnused struct {
	Stage string
	// Offers are sorted. Signals, updates and queries are those that replays have seen; an
	// activity is one that the stage registers.
	Offers []replay.Offer
	// Unjudged is the number of recordings that could not be judged: they may use what no
	// other uses.
	Unjudged int
}

// Unused returns the names that no replay has used, for the stages that have any, in the
// order of release. Used is a signal that a replay has taken, an update that it has
// executed, an activity that it has called, whatever its verdict. No history tells which
// queries were asked: one counts as used where a replay has answered it, and one with
// arguments never does, since no replay asks it. Nothing is told of a Partial matrix: what
// it was not shown may use everything.
func (m *Matrix) Unused() (stages []StageUnused) {
	if len(m.Partial) > 0 {
		return nil
	}
	has, unjudged := map[string][]replay.Offer{}, map[string]int{}
	used, replayed := map[replay.Offer]bool{}, map[string]bool{}
	for cell := range m.Cells() {
		if cell.Verdict == replay.Unjudged {
			unjudged[cell.Stage]++
			continue
		}
		replayed[cell.Stage] = replayed[cell.Stage] || len(cell.Offers) > 0
		for _, o := range cell.Offers {
			name := replay.Offer{Kind: o.Kind, Name: o.Name}
			used[name] = used[name] || o.Used
			has[cell.Stage] = append(has[cell.Stage], name)
		}
	}
	for _, stage := range m.Family.Stages {
		if !replayed[stage.Name] {
			continue // none of its code has run
		}
		offers := has[stage.Name]
		activities, _ := registry.OfActivities(stage.RegisterActivities) // a panic in it makes the cells Unjudged
		for _, name := range activities.Names {
			offers = append(offers, replay.Offer{Kind: replay.OfferedActivity, Name: name})
		}
		offers = slices.DeleteFunc(offers, func(o replay.Offer) bool { return used[o] })
		slices.SortFunc(offers, replay.Offer.Compare)
		if offers = slices.Compact(offers); len(offers) > 0 {
			stages = append(stages, StageUnused{Stage: stage.Name, Offers: offers, Unjudged: unjudged[stage.Name]})
		}
	}
	return stages
}
