package document

import (
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Difference is one thing that the code does otherwise than the history says, in a replay that the
// SDK accepts: see compare.Difference. Reason and Within are the reason and the tolerance of the
// rule that allows the difference. Open is whether the code leaves the value open. If Open is true,
// Now is the value that a service of today fills in.
type Difference struct {
	Path     string        `json:"path"`
	Level    compare.Level `json:"level"`
	Event    int64         `json:"event"`
	Source   string        `json:"source,omitempty"`
	Recorded string        `json:"recorded"`
	Now      string        `json:"now"`
	Open     bool          `json:"open,omitempty"`
	Reason   string        `json:"reason,omitempty"`
	Within   string        `json:"within,omitempty"`
}

func differenceOf(d compare.Difference, rule compare.Allow) Difference {
	return Difference{Path: d.Path, Level: d.Level, Event: d.Event, Source: d.Source, Recorded: d.Recorded, Now: d.Now,
		Open: d.Open, Reason: rule.Reason, Within: rule.Within}
}

func differenceObjects(differences []compare.Difference) (objects []Difference) {
	for _, d := range differences {
		objects = append(objects, differenceOf(d, compare.Allow{}))
	}
	return objects
}

func allowedObjects(allowed []replay.Allowed) (objects []Difference) {
	for _, a := range allowed {
		objects = append(objects, differenceOf(a.Difference, a.Rule))
	}
	return objects
}
