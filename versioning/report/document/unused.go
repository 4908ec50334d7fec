package document

import (
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Unused is a stage in a Document whose code has names that no replay of the family uses. Unjudged
// is the number of recordings that the stage could not judge.
type Unused struct {
	Stage    string  `json:"stage"`
	Names    []Offer `json:"names"`
	Unjudged int     `json:"unjudged,omitempty"`
}

// Offer is a signal, an update, a query or an activity.
type Offer struct {
	Kind replay.OfferKind `json:"kind"`
	Name string           `json:"name"`
}

func unusedObjects(m *matrix.Matrix) (stages []Unused) {
	for _, s := range m.Unused() {
		stage := Unused{Stage: s.Stage, Unjudged: s.Unjudged}
		for _, o := range s.Offers {
			stage.Names = append(stage.Names, Offer{o.Kind, o.Name})
		}
		stages = append(stages, stage)
	}
	return stages
}
