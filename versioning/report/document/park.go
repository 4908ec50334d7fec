package document

import "github.com/replaymatrix/replaymatrix/versioning/replay"

// Park says at which points of the recording an execution can wait for the
// stage: Points is their number, Replayed those that were replayed.
type Park struct {
	Points   int         `json:"points"`
	Replayed []ParkPoint `json:"replayed"`
}

// ParkPoint is a park point: Task is the ID of its WorkflowTaskCompleted
// event, Event that of the last event of its commands.
type ParkPoint struct {
	Task    int64          `json:"task"`
	Event   int64          `json:"event"`
	Verdict replay.Verdict `json:"verdict"`
}

func parkObject(p replay.Park) *Park {
	if p.Total == 0 {
		return nil
	}
	object := &Park{Points: p.Total, Replayed: []ParkPoint{}}
	for _, point := range p.Points {
		object.Replayed = append(object.Replayed, ParkPoint(point))
	}
	return object
}
