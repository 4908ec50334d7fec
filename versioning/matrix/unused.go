package matrix

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/internal/registry"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// StageUnused has the names in the code of a stage that no replay of the family has used, whatever
// the stage of the replay. The names are those of signals, updates, queries and activities.
type StageUnused struct {
	Stage string
	// Offers are the names, sorted. Signals, updates and queries are the ones that replays have
	// seen. Activities are the ones that the stage registers.
	Offers []replay.Offer
	// Unjudged is the number of recordings that could not be judged. They may use names that no
	// other recording uses.
	Unjudged int
}

// Unused returns, for each stage, the names of its code that no replay has used. The stages
// are in the order of release, and stages without such names are left out. A signal is used if
// a replay has taken it, an update if a replay has executed it, an activity if a replay has
// called it, whatever the verdict. No history tells which queries were asked. So a query is
// used if a replay has answered it, and a query with arguments is never used, since no replay
// asks it. Unused returns nothing for a Partial matrix: the recordings that were left out may
// use every name.
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
