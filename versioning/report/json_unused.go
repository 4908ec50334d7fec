package report

import (
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// UnusedObject is a stage in a Document whose code has names that no replay of the family
// uses. Unjudged is the number of recordings that it could not judge.
type UnusedObject struct {
	Stage    string        `json:"stage"`
	Names    []OfferObject `json:"names"`
	Unjudged int           `json:"unjudged,omitempty"`
}

// OfferObject is a signal, an update, a query or an activity.
type OfferObject struct {
	Kind replay.OfferKind `json:"kind"`
	Name string           `json:"name"`
}

func unusedObjects(m *matrix.Matrix) (stages []UnusedObject) {
	for _, s := range m.Unused() {
		stage := UnusedObject{Stage: s.Stage, Unjudged: s.Unjudged}
		for _, o := range s.Offers {
			stage.Names = append(stage.Names, OfferObject{o.Kind, o.Name})
		}
		stages = append(stages, stage)
	}
	return stages
}
