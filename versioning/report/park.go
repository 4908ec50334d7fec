package report

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// ParkObject says at which points of the recording an execution can wait for the
// stage: Points is their number, Replayed those that were replayed.
type ParkObject struct {
	Points   int               `json:"points"`
	Replayed []ParkPointObject `json:"replayed"`
}

// ParkPointObject is a park point: Task is the ID of its WorkflowTaskCompleted
// event, Event that of the last event of its commands.
type ParkPointObject struct {
	Task    int64          `json:"task"`
	Event   int64          `json:"event"`
	Verdict replay.Verdict `json:"verdict"`
}

func parkObject(p replay.Park) *ParkObject {
	if p.Total == 0 {
		return nil
	}
	object := &ParkObject{Points: p.Total, Replayed: []ParkPointObject{}}
	for _, point := range p.Points {
		object.Replayed = append(object.Replayed, ParkPointObject(point))
	}
	return object
}

// parkText says in a few words which executions that wait at a point of the
// recording the stage can take. It is empty where there is nothing to add: where
// none of them is safe, or none waits.
func parkText(p replay.Park) string {
	safe := 0
	for _, point := range p.Points {
		if point.Verdict == replay.Safe {
			safe++
		}
	}
	switch {
	case len(p.Points) < p.Total:
		return somePoints(p)
	case safe == 0:
		return ""
	case safe == p.Total:
		// The last point of an open execution is its end, which is not safe.
		return "safe until it is closed"
	}
	var spans []string
	for i, point := range p.Points[1:] {
		if happens(p.Points[i].Verdict) != happens(point.Verdict) {
			spans = append(spans, fmt.Sprintf("%s until event %d", happens(p.Points[i].Verdict), point.Task-1))
		}
	}
	if last := happens(p.Points[len(p.Points)-1].Verdict); len(spans) > 1 || last == happens(replay.Safe) {
		spans = append(spans, last+" after that")
	}
	return strings.Join(spans, ", ")
}

// somePoints claims nothing of the points between those that were replayed.
func somePoints(p replay.Park) string {
	var parts []string
	for i, point := range p.Points {
		first := i == 0 || happens(p.Points[i-1].Verdict) != happens(point.Verdict)
		last := i == len(p.Points)-1 || happens(p.Points[i+1].Verdict) != happens(point.Verdict)
		if point.Verdict == replay.Safe && last || point.Verdict != replay.Safe && first {
			parts = append(parts, fmt.Sprintf("%s at event %d", happens(point.Verdict), point.Event))
		}
	}
	return fmt.Sprintf("%s (%d of %d points replayed)", strings.Join(parts, ", "), len(p.Points), p.Total)
}

// happens is what an execution does that gets the verdict.
func happens(v replay.Verdict) string {
	switch {
	case v == replay.Safe:
		return "safe"
	case v == replay.Drift:
		return "drifts"
	case v.Incompatible():
		return "breaks"
	default:
		return string(v)
	}
}

func saysPark(m *matrix.Matrix) bool {
	for c := range m.Cells() {
		if c.Verdict.Incompatible() && parkText(c.Park) != "" {
			return true
		}
	}
	return false
}
