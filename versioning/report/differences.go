package report

import (
	"cmp"
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
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

// moreDifferences are those of the cell after the first one, which its detail tells: a
// few, and how many there are besides.
func moreDifferences(c matrix.Cell) (texts []string) {
	const most = 3
	if len(c.Differences) < 2 {
		return nil
	}
	rest := c.Differences[1:]
	for _, d := range rest[:min(len(rest), most)] {
		texts = append(texts, "also "+d.String())
	}
	if n := len(rest) - most; n > 0 {
		texts = append(texts, fmt.Sprintf("and %d more", n))
	}
	return texts
}

// levelOf is that of all matrices of one report; they are judged with the same
// options.
func levelOf(matrices []*matrix.Matrix) compare.Level {
	for _, m := range matrices {
		return cmp.Or(m.Level, compare.Values)
	}
	return compare.Values
}
