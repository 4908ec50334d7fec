package report

import (
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// DifferenceObject is one thing that the code does otherwise than the history
// says, in a replay that the SDK accepts: see compare.Difference. Reason is that of
// the rule that allows it, and Within its tolerance. Open is whether the code leaves it open: Now is then what a
// service of today fills in.
type DifferenceObject struct {
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

func differenceObject(d compare.Difference, rule compare.Allow) DifferenceObject {
	return DifferenceObject{Path: d.Path, Level: d.Level, Event: d.Event, Source: d.Source, Recorded: d.Recorded, Now: d.Now, Open: d.Open, Reason: rule.Reason, Within: rule.Within}
}

func differenceObjects(differences []compare.Difference) (objects []DifferenceObject) {
	for _, d := range differences {
		objects = append(objects, differenceObject(d, compare.Allow{}))
	}
	return objects
}

func allowedObjects(allowed []replay.Allowed) (objects []DifferenceObject) {
	for _, a := range allowed {
		objects = append(objects, differenceObject(a.Difference, a.Rule))
	}
	return objects
}
